"""Every format of every report: forbidden characters, secrets, sizes, and commands to runners of CI."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import ci_commands
import pytest
import reports

from instanceview import Report
from instanceview import reporting as reporters
from instanceview.reporting import FORMATS, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.literals import FormatName

ALLOWED = {"github": ("error", "warning", "notice"), "azure-pipelines": ("task.logissue",)}

each_format = pytest.mark.parametrize("form", FORMATS)


def test_every_reporter_is_a_format() -> None:
    files = {path.stem for path in Path(reporters.__file__).parent.glob("*_report.py")}
    assert files == {f"{form.replace('-', '_')}_report" for form in FORMATS}


def test_the_hostile_report_is_hostile(hostile: Report) -> None:
    assert len(hostile.findings) > 5 * len(reports.HOSTILE)
    assert len(hostile.unreadable) > len(reports.HOSTILE)
    assert len(hostile.skipped) == len(reports.HOSTILE)
    assert len(hostile.checked) == hostile.documents == 2 * len(reports.HOSTILE)


@each_format
@pytest.mark.parametrize("made", [reports.zero, reports.clean, reports.many], ids=lambda made: made.__name__)
def test_a_format_says_how_much_there_is(form: FormatName, made: Callable[[], Report]) -> None:
    report = made()
    text = render(report, form)
    assert text.endswith("\n")
    assert render(report, form) == text, "the same report gives the same text"
    rules = {finding.rule for finding in report.findings}
    absent = {rule for rule in rules if rule not in text}
    assert absent == set()
    quiet = render(report, form, quiet=True)
    assert len(quiet) <= len(text)


@each_format
def test_no_character_that_moves_hides_or_reorders_is_in_a_format(form: FormatName, hostile: Report) -> None:
    text = render(hostile, form)
    bad = {character for character in text if character != "\n" and not character.isprintable()}
    assert bad == set()
    text.encode("utf-8")  # no lone surrogate


@each_format
def test_no_runner_finds_a_command_that_is_not_ours(form: FormatName, hostile: Report) -> None:
    lines = render(hostile, form).split("\n")
    for runner, read in {"github": ci_commands.github, "azure-pipelines": ci_commands.azure_pipelines}.items():
        commands = [command for line in lines if (command := read(line))]
        assert {command.name for command in commands} <= set(ALLOWED[runner] if form == runner else ())
        assert bool(commands) is (form == runner)


def test_the_runners_of_these_tests_find_hostile_commands() -> None:
    for text in ("::error::x", " ::error file=a::x", "a ##[error]x", "a ##vso[task.complete result=Failed;]x"):
        assert ci_commands.github(text) or ci_commands.azure_pipelines(text), text


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_a_value_of_a_megabyte_makes_no_report_of_a_megabyte(form: FormatName, hostile: Report) -> None:
    start = time.perf_counter()
    assert len(render(hostile, form)) < 2**20
    assert time.perf_counter() - start < 5


@each_format
def test_no_secret_is_in_a_format(form: FormatName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    uri = "https://a.example/log?sv=1&sig=abcDEF123%2Bxyz&se=2"
    document = {uri: 1, "platformFaultDomain": uri, "bootDiagnostics": {"serialConsoleLogBlobUri": uri}}
    (tmp_path / "a?sig=abcDEF123").mkdir()
    for name in ("a.json", "a?sig=abcDEF123/b.json"):
        (tmp_path / name).write_text(f"{json.dumps(document)}\n{json.dumps({'error': {'code': uri}})}\n")
    report = reports.checked("a.json", "a?sig=abcDEF123")
    assert len(report.findings) > 5
    assert "abcDEF123" not in render(report, form)
