"""`schemas/report.json` describes the JSON report: every report fits it, and a spoiled report does not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import reports
from click.testing import CliRunner
from evident import evident
from jsonschema import Draft7Validator

from instanceview import Report, Severity, check, check_path, check_text
from instanceview.cli.main import cli
from instanceview.model.skipped import SKIPPED
from instanceview.reporting.json_report import VERSION, as_json
from instanceview.rules import RULES
from instanceview.tables.catalog import api_versions, schemas_folder
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = tuple[Callable[[Path], Report], set[str], int, int]

SCHEMA = json.loads((schemas_folder() / "report.json").read_text("utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)
OPTIONAL = {"value", "hint", "entry", "line", "column", "end", "worst", "$.documents"}
OPTIONAL |= {*SKIPPED, *(rule.name for rule in RULES)}

THREE_SEVERITIES = (
    '{"statuses": [{"level": "info", "time": null, "code": "PowerState/running"}],\n "internalData": {"a": 1}}'
)
HOSTILE = r"""
{"a~b/c": "x", "\u0000\n\u202e": [], "\ud800": 1, "statuses": [
  {"code": "Power State\n/\u001b[31mrunning", "level": "\ud800", "time": "sig=abc&x", "message": {"k": [1, 2]}},
  {"code": 1e308, "level": true, "time": 123456789012345678901234567890, "message": -0.5, "displayStatus": []}],
 "platformFaultDomain": "LONG", "disks": [null, 1, {"encryptionSettings": [{"diskEncryptionKey": {}}]}]}
""".replace("LONG", "very long " * 1000)


def folder_with_everything(tmp_path: Path) -> Report:
    """Check a folder with documents, unrelated and broken files, and a hostile name."""
    for name, text in {
        "a.json": evident("{}"),
        "b \n\u202e ~.json": THREE_SEVERITIES,
        "c.json": '{"name": "some-package"}',
        "d.json": '{"statuses": [',
        "e.ndjson": evident('{"platformFaultDomain": "1"}') + '\n\nnot JSON\n{"error": {"code": "NotFound"}}\n',
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    return check_path(tmp_path)


# A name, a report, the rules of its findings, and the numbers of skipped and unreadable inputs.
RUNS: dict[str, Run] = {
    "clean": (lambda _: check({}), set(), 0, 0),
    "of a Python value, without lines": (lambda _: check({"platformFaultDomain": "1"}), {"wrong-type"}, 0, 0),
    "every severity": (
        lambda _: check_text(THREE_SEVERITIES),
        {"value-not-allowed", "undocumented-element", "null-element"},
        0,
        0,
    ),
    "array": (lambda _: check_text('[{}, {"vmAgent": 1}, 1, {"error": {"code": "Gone"}}]'), {"wrong-type"}, 2, 0),
    "ndjson": (lambda _: check_text('{}\n{"vmAgent": 1}\n{"vmAgent":\n[]\n'), {"wrong-type"}, 1, 1),
    "page-only element": (
        lambda _: check_text('{"platformUpgradeDomain": "5", "disk": []}'),
        {"misspelt-element"},
        0,
        0,
    ),
    "version and kind given": (
        lambda _: check({"vmAgent": {}, "disk": []}, api_version="2015-06-15", kind="vm"),
        {"misspelt-element"},
        0,
        0,
    ),
    "key that stands twice": (lambda _: check_text('{"vmAgent": {}, "vmAgent": {}}'), {"duplicate-key"}, 0, 0),
    "hostile values": (lambda _: check_text(HOSTILE), {"wrong-type", "missing-element", "malformed-status-code"}, 0, 0),
    "folder": (folder_with_everything, {"wrong-type", "value-not-allowed"}, 3, 1),
    "missing file": (lambda path: check_path(path / "missing.json"), set(), 0, 1),
    "not text": (lambda _: check_text(b"\xff{}"), set(), 0, 1),
    "empty": (lambda _: check_text(""), set(), 0, 1),
}


def faults(report: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(report)]


def parsed(report: Report) -> Any:  # noqa: ANN401 (any JSON value)
    return json.loads(json.dumps(as_json(report, documents=True), allow_nan=False))


def test_schema_is_valid_and_speaks_of_what_the_program_has() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "https://instanceview.example/schemas/report.json"
    assert SCHEMA["properties"]["version"] == {**SCHEMA["properties"]["version"], "const": VERSION}
    finding = {
        name: SCHEMA["definitions"][name] if "$ref" in each and name in SCHEMA["definitions"] else each
        for name, each in SCHEMA["definitions"]["finding"]["properties"].items()
    }
    assert finding["kind"]["enum"] == list(KINDS)
    assert set(finding["severity"]["enum"]) == {severity.value for severity in Severity}
    names: dict[str, str] = {
        **dict.fromkeys((rule.name for rule in RULES), "rule"),
        **dict.fromkeys(api_versions(), "apiVersion"),
    }
    assert [name for name, key in names.items() if not Draft7Validator(finding[key]).is_valid(name)] == []
    bases = [list(rule.basis) for rule in RULES]
    assert [basis for basis in bases if not Draft7Validator(finding["basis"]).is_valid(basis)] == []


@pytest.mark.parametrize("name", RUNS)
def test_report_fits_the_schema(name: str, tmp_path: Path) -> None:
    run, rules, skipped, unreadable = RUNS[name]
    report = parsed(run(tmp_path))
    assert faults(report) == []
    told = {finding["rule"] for finding in report["findings"]}
    assert rules <= told
    assert rules or not told
    assert [len(report["skipped"]), len(report["unreadable"])] == [skipped, unreadable]
    summary = report["summary"]
    assert [summary["skipped"], summary["unreadable"]] == [skipped, unreadable]
    severities = [finding["severity"] for finding in report["findings"]]
    assert summary["findings"] == {severity: severities.count(severity) for severity in ("error", "warning", "note")}
    assert summary["conformant"] + summary["nonconformant"] == summary["documents"] <= summary["recorded"]
    assert sum(each["documents"] for each in summary["checkedAs"]) == summary["documents"]
    assert sum(summary["skippedBy"].values()) == summary["skipped"]


def test_report_of_the_command_line_fits_the_schema(tmp_path: Path) -> None:
    folder_with_everything(tmp_path)
    report = json.loads(CliRunner().invoke(cli, ["check", "--format", "json", "--documents", str(tmp_path)]).stdout)
    assert faults(report) == []
    assert {**report, "documents": []} == parsed(check_path(tmp_path))
    assert [(each["origin"]["line"], each.get("worst")) for each in report["documents"]] == [
        (1, None),
        (1, "error"),
        (1, "error"),
    ]
    assert faults(json.loads(CliRunner().invoke(cli, ["check", "--format", "json", str(tmp_path)]).stdout)) == []


def spoiled(value: Any, whole: Any, path: str = "$") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (any JSON value)
    """Yield copies of a report, each with one member left out, one added, or one value of another type."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from spoiled(item, whole, f"{path}[{index}]")
    if not isinstance(value, dict):
        return
    for name, item in list(value.items()):
        for spoiler in ({}, {name: {"X": 1}}, {name: item, f"{name}X": item}):
            rest = {key: kept for key, kept in value.items() if key != name}
            value.clear()
            value.update({**rest, **spoiler})
            if spoiler or not {name, f"{path}.{name}"} & OPTIONAL:
                yield f"{path}.{name} as {json.dumps(spoiler)}", deepcopy(whole)
            value.clear()
            value.update({**rest, name: item})
        yield from spoiled(item, whole, f"{path}.{name}")


def test_spoiled_report_does_not_fit(tmp_path: Path) -> None:
    folder_with_everything(tmp_path)
    report = parsed(reports.checked(str(tmp_path)))
    copies = list(spoiled(report, report))
    assert len(copies) > 200
    assert [what for what, copy in copies if VALIDATOR.is_valid(copy)] == []
    assert faults(report) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("version",), 1),
        (("version",), "2"),
        (("summary", "checkedAs", 0, "kind"), "VM"),
        (("summary", "checkedAs", 0, "documents"), -1),
        (("summary", "skippedBy"), {"No View": 1}),
        (("documents", 0, "worst"), "fatal"),
        (("documents", 0, "apiVersion"), "newest"),
        (("summary", "documents"), -1),
        (("summary", "documents"), 1.5),
        (("findings", 0, "rule"), "Wrong Type"),
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "message"), "two\nlines"),
        (("findings", 0, "message"), ""),
        (("findings", 0, "basis"), []),
        (("findings", 0, "basis"), ["hearsay"]),
        (("findings", 0, "kind"), "VM"),
        (("findings", 0, "apiVersion"), "newest"),
        (("findings", 0, "pointer"), "statuses/0"),
        (("findings", 0, "pointer"), "/a~b"),
        (("findings", 0, "value"), ["a"]),
        (("findings", 0, "value"), "x" * 81),
        (("findings", 0, "origin", "line"), 0),
        (("findings", 0, "origin"), {"file": "a.json", "line": 1}),
        (("findings", 0, "origin"), {"line": 1, "column": 1}),
        (("unreadable", 0, "reason"), ""),
    ],
    ids=str,
)
def test_report_with_a_wrong_value_does_not_fit(
    place: tuple[str | int, ...], value: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.ndjson").write_text('{"platformFaultDomain": "two"}\n{')
    report = holder = parsed(reports.checked("a.ndjson"))
    for step in place[:-1]:
        holder = holder[step]
    assert place[-1] in holder
    holder[place[-1]] = value
    assert len(faults(report)) >= 1
    assert all(fault.startswith(f"$.{place[0]}") for fault in faults(report))
