"""A baseline hides the known findings, wherever they have moved to, and nothing else."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from click.testing import CliRunner
from evident import EVIDENCE

from instanceview.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, list[dict[str, Any]]]


class Ran(NamedTuple):
    """The result of a run: exit code, new findings by file and pointer, number of known ones, and stderr."""

    code: int
    new: list[str]
    known: int
    told: str


def check(*options: str) -> Ran:
    """Check everything in the working directory against its baseline."""
    arguments = ["check", ".", "--baseline", "known.baseline", "--format", "json", *options]
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    report = json.loads(result.stdout) if result.stdout else {"findings": [], "summary": {}}
    assert {each["baseline"] for each in report["findings"]} <= {"new"}
    new = [f"{each['origin']['file']}{each['pointer']}" for each in report["findings"]]
    return Ran(result.exit_code, new, report["summary"].get("known", 0), result.stderr)


def machine(number: int) -> dict[str, Any]:
    """Return a document with five findings; every third has no name, some are equal."""
    document = {
        "platformFaultDomain": f"{number // 2}",
        "vmAgent": {"vmAgentVersion": number // 4, "statuses": [{"code": "ProvisioningState", "level": "info"}]},
        "internal": {"a": 1, "b": [number // 5, {"c": 2, "d": 3}]},
    }
    names: list[dict[str, Any]] = [{"computerName": f"app-{number}"}, {"disks": [{"name": f"app-{number}-os"}]}, {}]
    return {**document, **names[number % 3], **EVIDENCE}


FILES: Files = {
    "one.json": [machine(0)],
    "two.json": [machine(2)],
    "array.json": [machine(number) for number in range(3, 11)],
    "lines.ndjson": [machine(number) for number in range(11, 19)],
    "below/one.yaml": [machine(19)],
    "below/two.yaml": [machine(20)],
}


def reordered(value: Any, shuffle: Callable[[list[Any]], None]) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a JSON value with the members of its objects in another order; items of arrays keep theirs."""
    if isinstance(value, dict):
        names = list(value)
        shuffle(names)
        return {name: reordered(value[name], shuffle) for name in names}
    return [reordered(item, shuffle) for item in value] if isinstance(value, list) else value


def write(folder: Path, files: Files, indent: int | None = None) -> None:
    for name, documents in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if name.endswith(".ndjson"):
            path.write_text("".join(f"{json.dumps(document)}\n" for document in documents))
        else:
            path.write_text(json.dumps(documents if len(documents) > 1 else documents[0], indent=indent))


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, the working directory, with 100 findings that its baseline knows."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, FILES)
    ran = check("--write-baseline", "--fail-on", "note")
    assert ran == (0, [], 100, "100 findings written to known.baseline\n")
    return tmp_path


def test_what_is_known_is_hidden_and_counted(fleet: Path) -> None:
    assert check("--fail-on", "note") == (0, [], 100, "")
    known = json.loads((fleet / "known.baseline").read_text())["findings"]
    assert sum(each.get("count", 1) for each in known) == 100


@pytest.mark.parametrize("seed", range(5))
def test_100_findings_moved_about_are_all_known(seed: int, fleet: Path) -> None:
    shuffle = random.Random(seed).shuffle  # noqa: S311 (no secret)
    moved = {name: reordered(documents, shuffle) for name, documents in FILES.items()}
    for documents in moved.values():
        shuffle(documents)
    assert moved != FILES
    write(fleet, moved, indent=seed or None)
    assert check("--fail-on", "note") == (0, [], 100, "")


# A change in the third document of array.json, and the place of the one new finding.
CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "text": (lambda one: one.update(platformFaultDomain="x"), "/platformFaultDomain"),
    "number": (lambda one: one["vmAgent"].update(vmAgentVersion=99), "/vmAgent/vmAgentVersion"),
    "deep in an object": (lambda one: one["internal"]["b"][1].update(d=4), "/internal"),
    "in a list": (lambda one: one["vmAgent"]["statuses"][0].update(level="INFO"), "/vmAgent/statuses/0/level"),
}


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("change", CHANGES)
def test_one_value_changed_is_one_new_finding(change: str, number: int, fleet: Path) -> None:
    files = json.loads(json.dumps(FILES))
    spoil, pointer = CHANGES[change]
    spoil(files["array.json"][number])
    write(fleet, reordered(files, list.reverse), indent=2)
    ran = check("--fail-on", "note")
    assert (ran.code, ran.new, ran.known) == (1, [f"array.json{pointer}"], 99)
    assert ran.told == "1 finding of the baseline is no longer found; --prune-baseline removes it from known.baseline\n"


RENAMES = {"array.json": 0, "lines.ndjson": 1, "one.json": 0}


@pytest.mark.parametrize("file", RENAMES)
def test_a_renamed_document_is_known_by_what_is_in_it(file: str, fleet: Path) -> None:
    files = json.loads(json.dumps(FILES))
    files[file][RENAMES[file]]["computerName"] = "another"
    write(fleet, files)
    assert check("--fail-on", "note") == (0, [], 100, "")


def test_a_renamed_document_with_a_changed_value_is_one_new_finding(fleet: Path) -> None:
    files = json.loads(json.dumps(FILES))
    files["array.json"][0].update(computerName="another", platformFaultDomain="x")
    write(fleet, files)
    assert check().new == ["array.json/platformFaultDomain"]


def fault(name: str, *, faulty: bool) -> dict[str, Any]:
    return {"computerName": name, "platformFaultDomain": "1" if faulty else 1, **EVIDENCE}


def test_a_fault_that_goes_from_one_document_to_another_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.json": [fault("app-0", faulty=True), fault("app-1", faulty=False)]})
    check("--write-baseline")
    write(tmp_path, {"a.json": [fault("app-0", faulty=False), fault("app-1", faulty=True)]})
    ran = check()
    assert (ran.new, ran.known) == (["a.json/platformFaultDomain"], 0)
    assert ran.told.startswith("1 finding of the baseline is no longer found;")


def test_a_document_that_the_baseline_names_is_not_a_renamed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.json": [fault("app-0", faulty=True), {"computerName": "app-1", "vmAgent": 1, **EVIDENCE}]})
    check("--write-baseline")
    write(tmp_path, {"a.json": [{**fault("app-1", faulty=True), "vmAgent": 1}]})
    ran = check()
    assert (ran.new, ran.known) == (["a.json/platformFaultDomain"], 1)


def test_the_same_fault_again_is_new_in_the_document_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.ndjson": [fault("app-0", faulty=True)]})
    check("--write-baseline")
    write(tmp_path, {"a.ndjson": [fault("app-1", faulty=True), fault("app-0", faulty=True)]})
    result = CliRunner().invoke(cli, ["check", ".", "--baseline", "known.baseline"])
    assert result.stdout.startswith("a.ndjson:1:50: error wrong-type")
    counts = "2 documents: 0 conformant, 1 with known findings; 1 new (1 error, 0 warnings, 0 notes), 1 known"
    assert counts in result.stdout.splitlines()
    assert result.exit_code == 1


def test_equal_findings_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    faulty = {"platformFaultDomain": "1", **EVIDENCE}
    write(tmp_path, {"a.ndjson": [faulty, faulty]})
    check("--write-baseline")
    assert '"count": 2' in (tmp_path / "known.baseline").read_text()
    write(tmp_path, {"a.ndjson": [faulty, EVIDENCE, faulty, faulty]})
    ran = check()
    assert (ran.new, ran.known) == (["a.ndjson/platformFaultDomain"], 2)
    write(tmp_path, {"a.ndjson": [faulty]})
    ran = check()
    assert (ran.code, ran.known) == (0, 1)
    assert ran.told.startswith("1 finding of the baseline is no longer found;")
