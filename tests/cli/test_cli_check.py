"""`instanceview check`: its output and exit codes, by the transcripts in tests/data/check."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from evident import evident
from program import environment, run
from transcripts import FOLDER, files, shown, transcript

import instanceview
from instanceview.cli.commands.check import check
from instanceview.cli.main import cli
from instanceview.reading.formats import SUFFIXES, TEXT_SUFFIXES
from instanceview.tables.catalog import api_versions

if TYPE_CHECKING:
    from pathlib import Path

NEWEST = api_versions()[-1]
PAGE = "2016-04-30-preview"


COMMANDS = {f"{path.stem}: {each.words}": each for path in files() for each in transcript(path)}


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="instanceview", catch_exceptions=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_shows_and_exits_as_its_transcript_says(name: str) -> None:
    assert shown(COMMANDS[name].words) == COMMANDS[name].shown


def test_there_are_transcripts() -> None:
    assert len(COMMANDS) > 30
    assert {command.shown[-1] for command in COMMANDS.values()} == {"exit 0", "exit 1", "exit 2"}


TABLES = {
    "nothing known": ('"vmAgent": {}', [], ("vmss-vm", NEWEST, "default")),
    "placement group": ('"placementGroupId": "x", "patchStatus": {}', [], ("vmss-vm", NEWEST, "default")),
    "patches": ('"patchStatus": {}', [], ("vm", NEWEST, "default")),
    "summary": ('"virtualMachine": {"statusesSummary": []}', [], ("vmss", NEWEST, "default")),
    "no summary": ('"virtualMachine": {}, "vmAgent": {}', [], ("vmss-vm", NEWEST, "default")),
    "element of the page alone": ('"platformUpgradeDomain": 0', [], ("vmss-vm", PAGE, "page-only element")),
    "element of the page, version given": (
        '"platformUpgradeDomain": 0',
        ["--api-version", "2017-03-30"],
        ("vmss-vm", "2017-03-30", "option"),
    ),
    "element of the page, kind given": ('"platformUpgradeDomain": 0', ["--kind", "vm"], ("vm", NEWEST, "default")),
    "version given": ('"vmAgent": {}', ["--api-version", "2015-06-15"], ("vmss-vm", "2015-06-15", "option")),
    "kind given against the shape": ('"patchStatus": {}', ["--kind", "vmss"], ("vmss", NEWEST, "default")),
}


@pytest.mark.parametrize("case", TABLES)
def test_the_tables_are_those_of_the_options_or_of_the_document(case: str, tmp_path: Path) -> None:
    members, options, expected = TABLES[case]
    (tmp_path / "case.json").write_text(evident(f'{{{members}, "colour": "blue"}}'))
    findings = json.loads(invoke("check", str(tmp_path), "--format", "json", *options).stdout)["findings"]
    assert "colour" in [finding["element"] for finding in findings]
    assert {(each["kind"], each["apiVersion"], each["apiVersionFrom"]) for each in findings} == {expected}


def json_report(*arguments: str) -> dict[str, Any]:
    ran = run("check", *arguments, "--format", "json", cwd=FOLDER)
    assert ran.err == ""
    report: dict[str, Any] = json.loads(ran.out)
    return report


def test_json_is_all_that_standard_output_holds() -> None:
    report = json_report("array.json", "folder", "missing.json")
    counts = {"documents": 9, "recorded": 9, "conformant": 2, "nonconformant": 7, "skipped": 2, "unreadable": 1}
    checked = {"kind": "vmss-vm", "apiVersion": api_versions()[-1], "apiVersionFrom": "default", "documents": 9}
    findings = {"error": 7, "warning": 0, "note": 0}
    expected = {**counts, "checkedAs": [checked], "skippedBy": {"no-view": 2}, "findings": findings}
    assert report["summary"] == expected
    places = [(each["origin"]["file"], each["origin"].get("entry")) for each in report["findings"]]
    assert places[:3] == [("array.json", "/1"), ("array.json", "/2"), ("folder/a.jsonl", None)]
    assert [each["origin"] for each in report["skipped"]] == [
        {"file": "array.json", "entry": "/3", "line": 7, "column": 3},
        {"file": "folder/package.json"},
    ]
    assert [each["origin"]["file"] for each in report["unreadable"]] == ["missing.json"]


def test_a_folder_is_looked_through_for_documents_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("", ".hidden", "below/.git", "below/deeper"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for suffix in (*SUFFIXES, *TEXT_SUFFIXES, ".json.bak"):  # what begins as JSON is read, whatever its name is
            (tmp_path / folder / f"named{suffix}").write_text(evident("{}"))
        for suffix in (".html", ".py", ""):
            (tmp_path / folder / f"named{suffix}").write_text(f"view = {evident('{}')}")
    monkeypatch.chdir(tmp_path)
    documents = 2 * (len(SUFFIXES | TEXT_SUFFIXES) + 1)
    others = 2 * 3 + 1  # and the hidden folder, which nobody looks into
    assert {".json", ".ndjson", ".jsonl"} <= SUFFIXES
    first, _, skipped = invoke("check", ".").stdout.splitlines()
    assert first == f"{documents} documents: {documents} conformant; 0 errors, 0 warnings, 0 notes"
    assert skipped == f"skipped: {others - 1} files without an instance view, 1 hidden; --verbose lists them"


def test_a_pattern_names_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    files = [finding["origin"]["file"] for finding in json_report("folder/below/**")["findings"]]
    assert files == ["folder/below/a.ndjson", "folder/below/c.JSON", "folder/below/named.txt"]


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_an_engine_is_the_library_that_checks_more_than_a_few(engine: str, tmp_path: Path) -> None:
    code = "import sys; from click.testing import CliRunner; from instanceview.cli.main import cli; "
    code += "CliRunner().invoke(cli, sys.argv[1:]); print(*{'jsonschema', 'jsonschema_rs'} & set(sys.modules))"
    for number in range(101):
        (tmp_path / f"{number}.json").write_text('{"platformFaultDomain": "two"}')
    program = [sys.executable, "-c", code, "check", "--engine", engine, "*.json"]
    ran = subprocess.run(
        program, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=True
    )
    # The scan of texts is in jsonschema-rs with either engine.
    assert set(ran.stdout.split()) == {"jsonschema_rs", *(["jsonschema"] if engine == "reference" else [])}


def test_help_names_the_commands_and_every_option() -> None:
    assert run("--help", cwd=FOLDER) == run("-h", cwd=FOLDER)
    assert "\n  check  " in invoke("--help").stdout
    text = invoke("check", "-h").stdout
    options = {option for parameter in check.params for option in parameter.opts if option[0] == "-"}
    assert [option for option in options if option not in text] == []
    assert "Exits with 0 if all conform, 1 with findings at or above --fail-on, and 2 if" in text


def test_version_is_that_of_the_package() -> None:
    assert run("--version", cwd=FOLDER) == (0, f"instanceview {instanceview.__version__}\n", "")
