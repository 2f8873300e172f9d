"""Outputs that are inputs, which are refused; a report of an earlier run in the same folder is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from program import environment

from instanceview.cli.main import cli
from instanceview.reporting import FORMATS
from instanceview.reporting.states import FORMATS as STATES

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = '{"statuses":[{"code":"PowerState/running","level":"Info"}]}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to run in: a file, links to it and a list with its name, a broken file, a folder with a document."""
    (tmp_path / "captures").mkdir()
    (tmp_path / "in.json").write_text(DOCUMENT)
    (tmp_path / "captures/web.json").write_text(DOCUMENT)
    (tmp_path / "captures/broken.json").write_text(DOCUMENT[:-1])
    (tmp_path / "link.json").symlink_to("in.json")
    os.link(tmp_path / "in.json", tmp_path / "hard.json")
    (tmp_path / "linked").symlink_to("captures")
    (tmp_path / "list.txt").write_text("in.json\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


REFUSED = [
    ("check in.json --output", "json=in.json", "--output"),
    ("check in.json --output", "json=captures/../in.json", "--output"),
    ("check in.json --output", "json=link.json", "--output"),
    ("check link.json --output", "json=in.json", "--output"),
    ("check hard.json --output", "json=in.json", "--output"),
    ("check [i]n.json --output", "json=in.json", "--output"),
    ("check --files-from list.txt --output", "json=in.json", "--output"),
    ("check --files-from list.txt --output", "text=list.txt", "--output"),
    ("check captures --output", "json=captures/web.json", "--output"),
    ("check captures --output", "json=captures/broken.json", "--output"),
    ("check linked --output", "json=captures/web.json", "--output"),
    ("check captures --output", "json=linked/web.json", "--output"),
    ("check . --output", "json=captures/web.json", "--output"),
    ("state in.json --output", "csv=in.json", "--output"),
    ("state captures --output", "captures/web.json", "--output"),
    ("report in.json --json", "in.json", "--json"),
    ("report captures --markdown", "captures/web.json", "--markdown"),
    ("report captures --html", "captures/web.json", "--html"),
    ("report --markdown in.json --compare old.json", "in.json", "--markdown"),
]


@pytest.mark.parametrize(("words", "output", "option"), REFUSED)
def test_an_output_that_is_an_input_is_refused(words: str, output: str, option: str, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    ran = CliRunner().invoke(cli, [*words.split(), output], catch_exceptions=False)
    name = output.partition("=")[2] or output
    line = f'Error: Invalid value for {option}: "{name}" is also an input; name another file'
    assert (ran.exit_code, ran.stderr.splitlines()[-1], ran.stdout) == (2, line, "")
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_the_file_behind_standard_input_is_an_input(folder: Path) -> None:
    program = [sys.executable, "-m", "instanceview", "check", "-", "--output", "json=in.json"]
    with (folder / "in.json").open("rb") as file:
        ran = subprocess.run(program, stdin=file, capture_output=True, env=environment(), timeout=60, check=False)
    assert (ran.returncode, b'"in.json" is also an input' in ran.stderr) == (2, True)
    assert (folder / "in.json").read_text() == DOCUMENT


AGAIN = [
    *(f"check captures --output {form}=captures/out.{form}" for form in FORMATS),
    *(f"state captures --output {form}=captures/out.{form}" for form in STATES),
    *(f"report captures --{form} captures/out.{form}" for form in ("html", "json", "markdown")),
    "check captures --exclude web.json --output json=captures/web.json",
    "check captures/web.json --output json=captures/new.json",
]


@pytest.mark.parametrize("words", AGAIN)
def test_a_report_of_an_earlier_run_can_be_written_again(words: str, folder: Path) -> None:
    (folder / "captures/broken.json").unlink()
    (folder / "captures/other.json").write_text(DOCUMENT)
    file = folder / words.rpartition(" ")[2].rpartition("=")[2]
    for _ in range(2):
        assert CliRunner().invoke(cli, words.split(), catch_exceptions=False).exit_code == 0
        assert file.read_text() not in {"", DOCUMENT}


SHOWN = {
    "check in.json --output json=-": {"version", "summary", "rules", "documents"},
    "check in.json --format json --output -": {"version", "summary", "rules", "documents"},
    "report in.json --json -": {"version", "overview", "kinds", "statusCodes"},
}


@pytest.mark.parametrize("words", SHOWN)
def test_a_hyphen_is_standard_output(words: str, folder: Path) -> None:
    before = {*folder.rglob("*")}
    ran = CliRunner().invoke(cli, words.split(), catch_exceptions=False)
    assert ran.exit_code == 0
    assert json.loads(ran.stdout).keys() & SHOWN[words]
    assert {*folder.rglob("*")} == before


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("check in.json --format text --output sarif=-", "only one of text and sarif can go to standard output"),
        ("check in.json --output json=- --output json=a.json", "a format has two files"),
        ("report in.json --json - --markdown -", "--json: has the file of --markdown"),
    ],
)
def test_two_reports_on_standard_output_are_refused(words: str, reason: str) -> None:
    ran = CliRunner().invoke(cli, words.split(), catch_exceptions=False)
    assert (ran.exit_code, reason in ran.stderr, ran.stdout) == (2, True, "")
