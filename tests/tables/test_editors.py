"""The catalog gives every schema to its files, and the language service of VS Code can use every schema."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from checkout import DATA, ROOT
from command_cases import invoke
from documentation import block_after, blocks, environment, page, workplace
from needs import NODE_PACKAGES
from neovim import configure

from instanceview import api_versions, check_path, schema, vocabulary
from instanceview.cli.commands.codes import is_known, take_apart
from instanceview.derive import for_editors
from instanceview.reporting.json_report import VERSION
from instanceview.tables.catalog import kinds_at, schemas_folder, versions_of
from instanceview.tables.descent import below, line_of
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KINDS, MACHINES
from instanceview.tables.vocabulary import categories_by_element

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = schemas_folder()
CATALOG = json.loads((FOLDER / "catalog.json").read_text("utf-8"))
SERVICE = DATA / "editors" / "service.js"
SAMPLES = ROOT / "samples"
GUIDE = page("editors")


class Case(NamedTuple):
    """A question to the language service: a file, a member with a wrong value, its diagnostic, and another member."""

    file: str
    member: str
    value: str
    diagnostic: str
    other: str


NOT_ACCEPTED = "Value is not accepted. Valid values:"
LEVELS = f'{NOT_ACCEPTED} "Info", "Warning", "Error", null.'
OWN = {
    "config.json": Case(
        ".instanceview.toml", "fail-on", '"x"', f'{NOT_ACCEPTED} "error", "warning", "note".', "per-file"
    ),
    "report.json": Case("ci.instanceview-report.json", "version", "0", f"Value must be {VERSION}.", "findings"),
    "state.json": Case("web.instanceview-state.json", "apiVersion", "1", "", "kind"),
    "coverage.json": Case("ci.instanceview-coverage.json", "version", "2", "Value must be 1.", "overview"),
    "baseline.json": Case(".instanceview-baseline.json", "version", "2", "Value must be 1.", "findings"),
    "manifest.json": Case("a.instanceview-manifest.json", "version", "2", "Value must be 1.", "documents"),
    "vocabulary.json": Case("a.instanceview-vocabulary.json", "version", "2", "Value must be 1.", "codes"),
    "elements.json": Case("schemas/elements/A.yaml", "model", "1", 'Incorrect type. Expected "string".', "members"),
    "status-codes.json": Case(
        "schemas/status-codes.yaml", "patterns", "1", 'Incorrect type. Expected "object".', "places"
    ),
}
_WRONG = '[{"level": "info"}]'
VIEWS = {
    f"{version}/{kind}.json": Case(f"a.{kind}.{version}.instanceview.json", "statuses", _WRONG, LEVELS, "extensions")
    for version in api_versions()
    for kind in MACHINES
    if kind in kinds_at(version)
}
CASES = OWN | VIEWS
BY_FOLDER = Case(
    "samples/2022-11-01/vmss-vm-a.json", "vmAgent", "1", "Incorrect type. Expected one of object, null.", ""
)
"""A file by the form of its name alone: `vmss-*` would match it too, whose schema has no such member."""


def test_catalog_is_derived_byte_for_byte() -> None:
    assert (FOLDER / "catalog.json").read_text("utf-8") == for_editors()["catalog.json"]


def test_catalog_has_every_schema_once_and_nothing_else() -> None:
    listed = [entry["url"].removeprefix("./") for entry in CATALOG["schemas"]]
    schemas = {
        path.relative_to(FOLDER).as_posix()
        for path in FOLDER.rglob("*.json")
        if "$schema" in json.loads(path.read_text("utf-8"))
    }
    views = {f"{version}/{kind}.json" for kind in KINDS for version in versions_of(kind)}
    assert set(listed) == schemas == OWN.keys() | views
    assert len(listed) == len(schemas)
    assert all(set(entry) == {"name", "fileMatch", "url"} for entry in CATALOG["schemas"])


def matching(file: str) -> list[str]:
    """Return the schemas whose patterns match a file, as editors do: a later `!` takes back."""
    found = []
    for entry in CATALOG["schemas"]:
        verdicts = [
            not pattern.startswith("!")
            for pattern in entry["fileMatch"]
            if fnmatch(f"/{file}", "*/" + pattern.removeprefix("!").removeprefix("**/"))
        ]
        found += [entry["url"].removeprefix("./")] if verdicts and verdicts[-1] else []
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_file_has_its_schema_alone(name: str) -> None:
    assert matching(CASES[name].file) == [name]


def test_a_name_without_api_version_means_the_newest() -> None:
    for kind in KINDS:
        assert matching(f"captures/a.{kind}.instanceview.json") == [f"{versions_of(kind)[-1]}/{kind}.json"]
        assert matching(f"captures/a.{kind}.instanceview.yaml") == [f"{versions_of(kind)[-1]}/{kind}.json"]


def test_samples_have_the_schema_of_their_folder_and_kind() -> None:
    samples = [path for name in ("conformant", "page") for path in (SAMPLES / name).glob("*/v*.json")]
    assert samples
    for path in samples:
        kind = max((kind for kind in KINDS if path.name.startswith(f"{kind}-")), key=len)
        assert matching(path.relative_to(ROOT).as_posix()) == [f"{path.parent.name}/{kind}.json"]


def test_settings_of_vs_code_in_the_guide_are_entries_of_the_catalog() -> None:
    settings = json.loads(block_after("VS Code", GUIDE))
    patterns = {entry["url"]: entry["fileMatch"] for entry in CATALOG["schemas"]}
    shown = [(each["url"], name) for each in settings["json.schemas"] for name in each["fileMatch"]]
    shown += settings["yaml.schemas"].items()
    assert len(shown) > 3
    assert [(url, name) for url, name in shown if name not in patterns[url.replace("/schemas/", "/")]] == []
    ((pattern, url),) = settings["evenBetterToml.schema.associations"].items()
    assert (bool(re.search(pattern, "/project/.instanceview.toml")), url) == (True, "./schemas/config.json")


def test_configuration_of_neovim_in_the_guide_has_the_whole_catalog() -> None:
    configured, enabled = configure(block_after("Neovim", GUIDE))
    configured_schemas = configured["jsonls"]["settings"]["json"]["schemas"]
    expected = [(entry["fileMatch"], (FOLDER / entry["url"]).as_uri()) for entry in CATALOG["schemas"]]
    assert [(entry["fileMatch"], entry["url"]) for entry in configured_schemas] == expected
    assert all(Path(url.removeprefix("file://")).is_file() for _, url in expected)
    assert enabled == ["jsonls"]


def ask(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the answers of the language service, from one process."""
    modules = os.environ.get("IV_TEST_NODE_MODULES")
    node = shutil.which("node")
    if node is None or modules is None or not (Path(modules) / "vscode-json-languageservice").is_dir():
        pytest.skip(NODE_PACKAGES)
    ran = subprocess.run(
        [node, SERVICE, modules, FOLDER / "catalog.json"],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    answers: list[dict[str, Any]] = json.loads(ran.stdout)
    return answers


@pytest.fixture(scope="session")
def answers() -> dict[str, dict[str, Any]]:
    """Return the answers to all cases."""
    said = ask([question(case) for case in [*CASES.values(), BY_FOLDER]])
    return dict(zip([*CASES, BY_FOLDER.file], said, strict=True))


def question(case: Case) -> dict[str, Any]:
    text = f'{{\n "{case.member}": {case.value},\n ""\n}}'
    hover, complete = text.index(case.member) + 1, text.index('""') + 1
    return {"file": case.file, "text": text, "hover": hover, "complete": complete}


def content(name: str) -> dict[str, Any]:
    version, _, kind = name.rpartition("/")
    if version:
        return schema(kind.removesuffix(".json"), version)
    own: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return own


# A file of states is an array or an object, so that its members are not those of the schema itself.
@pytest.mark.parametrize("name", [name for name in CASES if "properties" in content(name)])
def test_the_language_service_has_a_diagnostic_a_hover_and_completions(
    name: str, answers: dict[str, dict[str, Any]]
) -> None:
    said, members = answers[name], content(name)["properties"]
    assert CASES[name].diagnostic in said["diagnostics"]
    # Markdown escapes some of the characters.
    assert members[CASES[name].member]["description"] in said["hover"].replace("\\", "")
    assert CASES[name].other in said["completions"]
    assert set(said["completions"]) == set(members) - {CASES[name].member}


def test_the_language_service_has_one_schema_for_a_file(answers: dict[str, dict[str, Any]]) -> None:
    said = [message for message in answers[BY_FOLDER.file]["diagnostics"] if "expected" not in message]
    assert said == [BY_FOLDER.diagnostic]


class Value(NamedTuple):
    """A member whose value is completed: its kind, its path, and its values with their meanings, None for codes."""

    kind: str
    path: str
    meanings: dict[str, str | None]


def values() -> Iterator[Value]:
    """Yield each member of the newest api-version with listed values or codes."""
    for kind in MACHINES:
        newest = versions_of(kind)[-1]
        for element in below(tree(kind)):
            listed = element.member.values_at(newest)
            meanings = element.member.meanings or {}
            if element.documented_at(newest) and listed:
                yield Value(kind, element.path, {value: meanings[value] for value in listed})
            elif element.documented_at(newest) and element.member.format.endswith("-code"):
                yield Value(kind, element.path, dict.fromkeys(codes_at(kind, element.path)))


def codes_at(kind: str, path: str) -> list[str]:
    """Return some codes that a place is known for: the usual one, as the vocabulary has it."""
    place = categories_by_element(kind)[path.rpartition(".")[0]]
    heads = {"ErrorCode": "", "ComponentStatus": "ComponentStatus/StdOut/"}
    states = [
        (state.captures, f"{heads.get(each.name, f'{each.name}/')}{state.name}")
        for each in place.values()
        for state in each.states.values()
    ]
    return [max(states)[1]]


VALUES = list(values())


def at_value(value: Value) -> dict[str, Any]:
    """Return the question for the value of a member: the smallest document that has it, the cursor at its value."""
    text, line = '"|"', line_of(value.kind, value.path)[1:]
    for element in reversed(line):
        name = element.path.rpartition(".")[2]
        held = f"[{text}]" if element.member.type == "array" else text
        text = f'{{"{name}": {held}}}'
    at = text.index("|")
    file = f"a.{value.kind}.instanceview.json"
    return {"file": file, "text": text.replace("|", ""), "hover": at - 4, "complete": at}


@pytest.fixture(scope="session")
def completed() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the answers for the value of each member with listed values or codes."""
    said = ask([at_value(value) for value in VALUES])
    return {(value.kind, value.path): answer for value, answer in zip(VALUES, said, strict=True)}


@pytest.mark.parametrize("value", VALUES, ids=[f"{value.kind}-{value.path}" for value in VALUES])
def test_a_value_completes_with_its_meaning_and_a_code_with_real_ones(
    value: Value, completed: dict[tuple[str, str], dict[str, Any]]
) -> None:
    said = completed[value.kind, value.path]
    offered = dict(zip(said["completions"], said["meanings"], strict=True))
    for name, meaning in value.meanings.items():
        assert f'"{name}"' in offered
        assert offered[f'"{name}"'] == meaning
    is_code = None in value.meanings.values()
    if not is_code:
        assert [name.strip('"') for name in offered if name != "null"] == list(value.meanings)
    # All that is offered for a code is one; the first is what most captures hold.
    codes = [name.strip('"') for name in offered if name != "null"] if is_code else []
    assert all(is_known(take_apart(code), vocabulary()) for code in codes)
    assert not is_code or codes[0] in value.meanings


def test_the_levels_are_offered_as_promised(completed: dict[tuple[str, str], dict[str, Any]]) -> None:
    said = completed["vmss-vm", "statuses.level"]
    assert said["completions"][:3] == ['"Info"', '"Warning"', '"Error"']
    assert all(said["meanings"][:3])
    code = schema("vmss-vm", versions_of("vmss-vm")[-1])["properties"]["statuses"]["items"]["properties"]["code"]
    offered = [f'"{example}"' for example in code["examples"]]
    assert completed["vmss-vm", "statuses.code"]["completions"] == [*offered, "null"]
    assert '"PowerState/stopping"' in offered  # known from the documentation alone


def test_the_document_of_the_guide_has_the_schema_that_it_names(tmp_path: Path) -> None:
    (command,) = [block for block in blocks(GUIDE, "sh") if " > vmss-vm.schema.json" in block]
    _, *arguments = command.split(" > ")[0].split()
    text, code = invoke(*arguments)
    (tmp_path / "vmss-vm.schema.json").write_text(text, "utf-8")
    view = block_after("$schema", GUIDE).replace('"PowerState/running"', '""').replace("Info", "info")
    question = {"folder": tmp_path.as_uri(), "file": "any.json", "text": view}
    (said,) = ask([{**question, "hover": view.index("statuses") + 1, "complete": view.index('""') + 1}])
    assert code == 0
    # The shape of the empty code, and the level.
    assert [
        each for each in said["diagnostics"] if not each.startswith(("String does not match", "Matches a schema"))
    ] == [LEVELS]
    assert '"PowerState/running"' in said["completions"]
    assert "Provisioning state" in said["hover"]


@pytest.mark.parametrize(("marker", "suffix"), [("$schema", "json"), ("modeline", "yaml")])
def test_the_documents_of_the_guide_conform(marker: str, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"view.{suffix}"
    file.write_text(block_after(marker, GUIDE), "utf-8")
    report = check_path(file)
    assert (report.documents, report.findings, report.unreadable) == (1, (), ())
    assert "$schema" in file.read_text("utf-8")


def test_the_settings_of_the_guide_name_the_installed_schema(tmp_path: Path) -> None:
    program = ["bash", "-euc", block_after("workspace", GUIDE)]
    ran = subprocess.run(
        program,
        cwd=workplace(tmp_path),
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    ((entry,),) = json.loads((tmp_path / ".vscode" / "settings.json").read_text("utf-8")).values()
    assert Path(entry["url"].removeprefix("file://")) == FOLDER / versions_of("vm")[-1] / "vm.json"
