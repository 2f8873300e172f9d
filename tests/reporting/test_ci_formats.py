"""The formats of GitHub Actions, Azure Pipelines and GitLab as these read them, and Markdown as it is shown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import ci_commands
import pytest
import reports
from checkout import DATA
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from instanceview import Report, Severity, check_text
from instanceview.model.document import Origin, Skipped, Unreadable
from instanceview.model.redaction import redact
from instanceview.model.text import escape
from instanceview.reporting import render
from instanceview.reporting.markdown_report import MOST
from instanceview.reporting.places import path, with_hint
from instanceview.tables.sources import link

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.model.finding import Finding

GITLAB = json.loads((DATA / "formats" / "gitlab-code-quality.json").read_text("utf-8"))


@pytest.fixture(params=["zero", "clean", "many", "hostile"])
def any_report(request: pytest.FixtureRequest) -> Report:
    made: dict[str, Callable[[], Report]] = {name: getattr(reports, name) for name in ("zero", "clean", "many")}
    report: Report = made[request.param]() if request.param in made else request.getfixturevalue("hostile")
    return report


def numbers(origin: Origin, *names: str) -> dict[str, str]:
    given = zip(names, (origin.line, origin.column), strict=True)
    return {name: str(number) for name, number in given if number is not None}


def items(report: Report) -> list[Finding | Unreadable]:
    return [*report.findings, *report.unreadable]


def test_github_reads_back_every_finding(any_report: Report) -> None:
    commands = [ci_commands.github(line) for line in render(any_report, "github", quiet=True).splitlines()]
    expected: list[tuple[str, str, str]] = [
        ({"error": "error", "warning": "warning", "note": "notice"}[each.severity.value], each.rule, with_hint(each))
        for each in any_report.findings
    ]
    expected += [("error", "unreadable", escape(redact(each.reason))) for each in any_report.unreadable]
    assert [each and (each.name, each.properties["title"], each.text) for each in commands] == expected
    for command, item in zip(commands, items(any_report), strict=True):
        assert command
        assert command.properties["file"] == path(item.origin.file)
        assert command.properties.get("line") == numbers(item.origin, "line", "col").get("line")


def test_github_gets_columns_only_for_one_line() -> None:
    report = check_text('{"vmAgent": 1, "disks": {\n}}', kind="vm")
    one, several = (ci_commands.github(line) for line in render(report, "github", quiet=True).splitlines())
    places = [
        {name: each.properties.get(name) for name in ("line", "col", "endLine", "endColumn")}
        for each in (one, several)
        if each
    ]
    assert places == [
        {"line": "1", "col": "13", "endLine": "1", "endColumn": "14"},
        {"line": "1", "col": None, "endLine": "2", "endColumn": None},
    ]


def test_azure_pipelines_reads_back_every_error_and_warning(any_report: Report) -> None:
    lines = render(any_report, "azure-pipelines", quiet=True).splitlines()
    commands = [ci_commands.azure_pipelines(line) for line in lines]
    issues = [finding for finding in any_report.findings if finding.severity is not Severity.NOTE]
    expected: list[tuple[str, str, str, str]] = [
        ("task.logissue", each.severity.value, each.rule, with_hint(each)) for each in issues
    ]
    expected += [
        ("task.logissue", "error", "unreadable", escape(redact(each.reason))) for each in any_report.unreadable
    ]
    read = [(each.name, each.properties["type"], each.properties["code"], each.text) for each in commands if each]
    assert read == expected
    told = [item for item in items(any_report) if isinstance(item, Unreadable) or item.severity is not Severity.NOTE]
    for command, item in zip(filter(None, commands), told, strict=True):
        place = {name: value for name, value in command.properties.items() if name not in {"type", "code"}}
        assert place == {"sourcepath": path(item.origin.file), **numbers(item.origin, "linenumber", "columnnumber")}
    assert len(lines) - len(read) == any_report.count(Severity.NOTE)


def test_gitlab_gets_a_valid_list_without_two_equal_fingerprints(any_report: Report) -> None:
    issues = json.loads(render(any_report, "gitlab", quiet=True))
    assert [error.message[:200] for error in Draft7Validator(GITLAB).iter_errors(issues)] == []
    origins = [item.origin for item in items(any_report)]
    assert [each["location"]["path"] for each in issues] == [path(origin.file) for origin in origins]
    assert [each["location"]["lines"]["begin"] for each in issues] == [origin.line or 1 for origin in origins]
    assert len({each["fingerprint"] for each in issues}) == len(issues)


def test_gitlab_keeps_equal_faults_of_two_lines_apart() -> None:
    issues = json.loads(render(check_text('{"vmAgent": 1}\n{"vmAgent": 1}\n{\n{\n'), "gitlab", quiet=True))
    assert len({each["fingerprint"] for each in issues}) == len(issues) == 4


def test_concise_has_a_line_for_each_finding(any_report: Report) -> None:
    lines = render(any_report, "concise").splitlines()
    told = len(any_report.findings) + len(any_report.unreadable)
    assert lines[: len(any_report.findings)] == [str(finding) for finding in any_report.findings]
    assert lines[told] == str(any_report)
    assert len(lines) == told + 1 + bool(any_report.documents) + bool(any_report.skipped)
    for line, finding in zip(lines, any_report.findings, strict=False):
        assert line.endswith(f": {finding.severity.value} {finding.rule}: {finding.message}")
        assert f":{finding.origin.line}:{finding.origin.column}: " in line


def shown(text: str) -> tuple[set[str], list[str]]:
    """Return the kinds of tokens in a Markdown text, and its code spans."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    inside = [each for token in tokens for each in token.children or ()]
    return {token.type for token in (*tokens, *inside)}, [each.content for each in inside if each.type == "code_inline"]


def test_markdown_shows_inputs_as_code_and_nothing_else(any_report: Report) -> None:
    text = render(any_report, "markdown")
    folded = re.findall(r"\n<details>\n<summary>Skipped: ([a-z0-9, ]+)</summary>\n|\n</details>\n", text)
    assert len(folded) == 2 * bool(any_report.skipped)
    kinds, spans = shown(re.sub("</?(?:details|summary)>", "", text))
    layout = {"heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td", "strong"}
    layout |= {"link"}
    opened = {f"{kind}_{end}" for kind in layout for end in ("open", "close")}
    assert kinds <= opened | {"inline", "text", "softbreak", "code_inline"}
    messages = [finding.message for finding in any_report.findings]
    assert [each for each in messages if each not in spans] == []
    reasons = [escape(redact(each.reason)) for each in any_report.skipped]
    assert [each for each in reasons if each not in spans] == []


def test_markdown_links_each_rule_to_its_source(any_report: Report) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(render(any_report, "markdown"))
    inside = [each for token in tokens for each in token.children or ()]
    links = [(two.content, one.attrs["href"]) for one, two in pairwise(inside) if one.type == "link_open"]
    assert [rule for rule, _ in links] == [finding.rule for finding in any_report.findings]
    first = {each.rule: each for each in reversed(any_report.findings)}
    known = {rule: link(each.basis, each.tables.kind, each.tables.api_version) for rule, each in first.items()}
    assert dict(links) == known


def test_markdown_is_no_longer_than_a_summary_may_be() -> None:
    report = replace(reports.many(), skipped=())
    times = 2 * MOST // len(render(report, "markdown"))
    long = Report(tuple(report.findings) * times, counts={Severity.ERROR: len(report.findings) * times})
    text = render(long, "markdown")
    assert MOST * 0.99 < len(text.encode()) < 2**20
    told = text.count("\n- ")
    assert f"\n\nand {len(long.findings) - told} more\n\n[" in text


def test_what_was_skipped_has_the_room_that_findings_leave() -> None:
    skipped = tuple(Skipped(Origin(f"captures/{number}.json"), "no instance view: <b>") for number in range(50_000))
    text = render(Report(skipped=skipped), "markdown")
    assert MOST * 0.99 < len(text.encode()) < 2**20
    told = text.count("\n- ")
    assert text.endswith(f"\n\nand {len(skipped) - told} more\n\n</details>\n")
    assert "<summary>Skipped: 50000 files without an instance view</summary>" in text
