"""`--format` and `--output` several times: the place of each report, and the summary of a run in CI."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from program import run

from instanceview.cli.main import cli
from instanceview.reporting import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

BEGINNINGS = {
    "text": "a.json:1:12: error wrong-type",
    "concise": "a.json:1:12: error wrong-type",
    "json": '{\n "version"',
    "sarif": '{\n "$schema"',
    "junit": "<?xml",
    "github": "::error file=a.json",
    "azure-pipelines": "##vso[task.logissue type=error;",
    "gitlab": "[\n {",
    "markdown": "## instanceview",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to run in, with a document that has one error."""
    (tmp_path / "a.json").write_text('{"vmAgent":1}')
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return tmp_path


def written(folder: Path, arguments: str, **env: str) -> dict[str, str]:
    """Run a check; return the format of each file that it wrote, that of standard output by the name `stdout`."""
    result = CliRunner().invoke(cli, ["check", "a.json", *arguments.split()], env=env, catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (1, "")
    texts = {path.name: path.read_text() for path in folder.iterdir() if path.name != "a.json"}
    texts |= {"stdout": result.stdout} if result.stdout else {}
    return {name: told(text) for name, text in texts.items()}


def told(text: str) -> str:
    forms = [form for form, beginning in BEGINNINGS.items() if text.startswith(beginning)]
    return "text" if forms == ["text", "concise"] and "vmAgent · object" in text else forms[-1]


PLACES = {
    "": {"stdout": "text"},
    "--output report": {"report": "text"},
    "--format json --output report": {"report": "json"},
    "--format json --output json=report": {"report": "json"},
    "--output sarif=report": {"stdout": "text", "report": "sarif"},
    "--output sarif=report --output ./text": {"text": "text", "report": "sarif"},
    "--format github --output sarif=a=b.sarif": {"stdout": "github", "a=b.sarif": "sarif"},
    "--format concise --format junit --output junit=j.xml --format sarif --output sarif=s": {
        "stdout": "concise",
        "j.xml": "junit",
        "s": "sarif",
    },
    "--format json --format json": {"stdout": "json"},
    "--output ./sarif=x": {"sarif=x": "text"},
    "--output r.sarif": {"stdout": "text", "r.sarif": "sarif"},
    "--output r.sarif.json": {"stdout": "text", "r.sarif.json": "sarif"},
    "--output R.XML --output r.md": {"stdout": "text", "R.XML": "junit", "r.md": "markdown"},
    "--output r.json --output r.txt": {"r.json": "json", "r.txt": "text"},
    "--format json --output r.txt": {"r.txt": "json"},
    "--format sarif --output r.json": {"r.json": "sarif"},
    "--format gitlab --output r.json": {"r.json": "gitlab"},
    "--format text --output r.md": {"r.md": "text"},
    "--format concise --output r.sarif": {"stdout": "concise", "r.sarif": "sarif"},
    "--format json --format sarif --output r.sarif": {"stdout": "json", "r.sarif": "sarif"},
    "--output text=r.json": {"r.json": "text"},
    "--output text=t --output gitlab=g --output markdown=m": {"t": "text", "g": "gitlab", "m": "markdown"},
}


@pytest.mark.parametrize("arguments", PLACES)
def test_each_report_goes_to_its_place(arguments: str, folder: Path) -> None:
    assert written(folder, arguments) == PLACES[arguments]


CONFLICTS = {
    "--output json=a1 --output json=b1": "a format has two files; use one file per format",
    "--format json --format junit --output report": '"report" could be for json or junit; write FORMAT=FILE',
    "--output report --output other": '"other" has no format; write FORMAT=FILE',
    "--output json=report --output sarif=report": "two formats have the same file; use one file per format",
    "--output json=- --output json=report": "a format has two files; use one file per format",
    "--format json --format junit": "only one of json and junit can go to standard output; write --output FORMAT=FILE",
}


@pytest.mark.parametrize("arguments", CONFLICTS)
def test_two_reports_for_one_place_are_refused_with_the_next_step(arguments: str, folder: Path) -> None:
    ran = run("check", "a.json", *arguments.split(), cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].partition("--")[2].partition(": ")[2] == CONFLICTS[arguments]
    assert [path.name for path in folder.iterdir()] == ["a.json"]


def test_missing_folders_are_made_for_every_file_that_is_written(folder: Path) -> None:
    options = "--output new/below/a.sarif --output text=other/a.txt --baseline known/base.json --write-baseline"
    ran = run("check", "a.json", *options.split(), cwd=folder)
    assert (ran.code, ran.out) == (0, "")
    names = ["known/base.json", "new/below/a.sarif", "other/a.txt"]
    assert [name for name in names if not (folder / name).is_file()] == []


def test_folders_that_cannot_be_made_are_one_line(folder: Path) -> None:
    for option in ("--output=a.json/below/r.sarif", "--write-baseline --baseline=a.json/below/b.json"):
        ran = run("check", "a.json", *option.split(), cwd=folder)
        reason = f'cannot write "{option.rpartition("=")[2]}": not a directory; choose another file'
        assert (ran.code, ran.err.splitlines()[-1].partition(": ")[2].partition(": ")[2]) == (2, reason)


def test_a_configuration_can_name_a_file_as_a_format_is_named(folder: Path) -> None:
    (folder / ".instanceview.toml").write_text('output = ["./json"]\n')
    ran = run("check", "a.json", cwd=folder)
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert (folder / "json").read_text().startswith(BEGINNINGS["text"])
    (folder / ".instanceview.toml").write_text('output = ["json"]\n')
    ran = run("check", "a.json", cwd=folder)
    assert (ran.code, ran.err.splitlines()[-1].partition("; ")[2]) == (
        2,
        "write json=FILE, or ./json for a file of that name",
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_is_the_same_on_standard_output_and_in_a_file(form: str, folder: Path) -> None:
    ran = run("check", "a.json", "--format", form, cwd=folder)
    again = run("check", "a.json", "--output", f"{form}=report", cwd=folder)
    assert (ran.code, again.code, ran.err, again.err) == (1, 1, "", "")
    assert ran.out == (folder / "report").read_text()
    assert ran.out.startswith(BEGINNINGS[form])


def test_junit_shows_conformant_documents_too(folder: Path) -> None:
    (folder / "b.json").write_text("[{}, {}]")
    for arguments in (["--format", "junit"], ["--output", "junit=/dev/stdout", "--output", "text=t"]):
        assert run("check", "a.json", "b.json", *arguments, cwd=folder).out.count("<testcase ") == 3


@pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "CI"])
def test_nothing_changes_by_itself_in_ci(variable: str, folder: Path) -> None:
    summary = {"GITHUB_STEP_SUMMARY": str(folder / "summary")}
    assert written(folder, "", **{variable: "true"}, **summary) == {"stdout": "text"}


def test_the_summary_of_a_step_is_appended_to(folder: Path) -> None:
    (folder / "summary").write_text("before\n")
    for _ in range(2):
        run("check", "a.json", "--format", "github", cwd=folder, GITHUB_STEP_SUMMARY="summary")
    run("check", "a.json", "--output", "markdown=m", cwd=folder)
    assert (folder / "summary").read_text() == "before\n" + 2 * (folder / "m").read_text()


def test_a_summary_that_cannot_be_written_is_an_error(folder: Path) -> None:
    ran = run("check", "a.json", "--format", "github", cwd=folder, GITHUB_STEP_SUMMARY="no-such-folder/summary")
    message = 'cannot write "no-such-folder/summary": no such file or directory; set it to a file that can be written'
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == f"Error: Invalid value for GITHUB_STEP_SUMMARY: {message}"


def test_colours_are_for_the_terminal_alone(folder: Path) -> None:
    ran = run("check", "a.json", "--color", "always", "--output", "sarif=s", cwd=folder)
    assert "\x1b[31m" in ran.out
    assert json.loads((folder / "s").read_text())["version"] == "2.1.0"


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        (["check", "--format"], "", list(FORMATS)),
        (["check", "--format"], "g", ["github", "gitlab"]),
        (["check", "--output"], "s", ["sarif="]),
        (["check", "--output"], "sarif=a", ["sarif=a"]),
        (["check", "--output"], "report.", ["report."]),
        (["explain", "--format"], "m", ["markdown"]),
    ],
)
def test_formats_are_completed(words: list[str], incomplete: str, expected: list[str]) -> None:
    items = ShellComplete(cli, {}, "instanceview", "_COMPLETE").get_completions(words, incomplete)
    assert [item.value for item in items] == expected
