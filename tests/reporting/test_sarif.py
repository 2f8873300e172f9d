"""SARIF: valid by the schema of OASIS, and within the limits of GitHub."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
import reports
from checkout import DATA
from jsonschema import Draft202012Validator

from instanceview import Report, Severity, check_text
from instanceview.model.paths import relative
from instanceview.reporting import render, sarif_report
from instanceview.reporting.rule_help import shown_bad
from instanceview.rules import RULES
from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCHEMA = json.loads((DATA / "formats" / "sarif-2.1.0.json").read_text("utf-8"))


@cache
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA)


def run(report: Report) -> dict[str, Any]:
    """Return the run of a valid log."""
    log = json.loads(render(report, "sarif"))
    assert [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(log)] == []
    (only,) = log["runs"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize("made", [reports.zero, reports.clean, reports.many], ids=lambda made: made.__name__)
def test_a_log_is_valid_and_has_every_finding(made: Callable[[], Report]) -> None:
    report = made()
    results = run(report)["results"]
    told = [(each["ruleId"], each["level"], each["message"]["text"].split("\n")[0]) for each in results]
    findings = report.findings
    assert told == [(each.rule, each.severity.value, each.message.replace("](", "] (")) for each in findings]


def test_a_hostile_log_is_valid_and_no_message_has_a_link(hostile: Report) -> None:
    report = hostile
    only = run(report)
    notified = only["invocations"][0]["toolExecutionNotifications"]
    about = ["checked", "skipped"]
    assert (len(only["results"]), len(notified)) == (len(report.findings), len(report.unreadable) + len(about))
    assert [each["message"]["text"].partition(":")[0] for each in notified[-2:]] == about
    texts = [each["message"]["text"] for each in [*only["results"], *notified]]
    assert [text for text in texts if re.search(r"\]\(", text)] == []


def locations(only: dict[str, Any]) -> list[dict[str, Any]]:
    return [each["locations"][0]["physicalLocation"] for each in only["results"]]


def test_a_uri_leads_to_its_file(hostile: Report) -> None:
    for finding, place in zip(hostile.findings, locations(run(hostile)), strict=True):
        uri = place["artifactLocation"]["uri"]
        assert uri.isascii()
        assert urlsplit(uri).path == uri, "no scheme, no query, no fragment"
        assert unquote(uri) == relative(finding.origin.file)
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"


def test_a_file_outside_the_working_folder_has_an_absolute_uri(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    (tmp_path / "a.json").write_text('{"vmAgent": 1}')
    (tmp_path / "c.json").write_text('{"vmAgent": 1}')
    (tmp_path / "work" / "b.json").write_text('{"vmAgent": 1}')
    paths = [str(tmp_path / "a.json"), "../c.json", str(tmp_path / "work" / "b.json")]
    places = [each["artifactLocation"] for each in locations(run(reports.checked(*paths)))]
    outside = [{"uri": (tmp_path / name).as_uri()} for name in ("a.json", "c.json")]
    assert places == [*outside, {"uri": "b.json", "uriBaseId": "%SRCROOT%"}]


def test_a_region_is_exactly_what_the_finding_points_at() -> None:
    text = '{"é\U0001f600": 1, "platformFaultDomain": "two",\n "statuses": [{"level":\n  {"a":\n 1}}, {}]}'
    lines = text.split("\n")
    only = run(check_text(text, kind="vmss-vm"))
    assert only["columnKind"] == "unicodeCodePoints"
    regions = [place["region"] for place in locations(only)]
    first = [line["startLine"] for line in regions]
    shown = {
        each["ruleId"]: "\n".join(lines[region["startLine"] - 1 : region["endLine"]])[region["startColumn"] - 1 :][
            : region["endColumn"] - region["startColumn"] if region["startLine"] == region["endLine"] else None
        ]
        for each, region in zip(only["results"], regions, strict=True)
        if each["ruleId"] in {"undocumented-element", "wrong-type"}
    }
    assert first == sorted(first)
    assert shown["undocumented-element"] == '"é\U0001f600"'
    assert shown["wrong-type"].startswith('{"a":\n 1}')
    assert [regions[1][name] for name in ("startLine", "startColumn", "endLine", "endColumn")] == [1, 34, 1, 39]


def test_a_fingerprint_is_where_github_looks_and_no_two_are_equal() -> None:
    prints = [each["partialFingerprints"] for each in run(reports.many())["results"]]
    assert [each for each in prints if set(each.values()) != {each["primaryLocationLineHash"]}] == []
    assert len({each["primaryLocationLineHash"] for each in prints}) == len(prints) > 200


def test_every_rule_has_help_and_a_public_address() -> None:
    sections = re.findall("^## (.*)$", (schemas_folder() / "RULES.md").read_text("utf-8"), re.MULTILINE)
    rules = run(reports.zero())["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == sections == [rule.name for rule in RULES]
    for each, rule in zip(rules, RULES, strict=True):
        assert each["helpUri"].startswith(("https://learn.microsoft.com/en-us/", "https://github.com/Azure/"))
        for words in (rule.sentence, rule.why, rule.good.text.rstrip(), shown_bad(rule), *rule.basis):
            assert words in each["help"]["text"]
            assert words in each["help"]["markdown"]
        assert (shown_bad(rule) == rule.bad.text.rstrip()) is (rule.name != "secret-in-text")
        assert max(len(each["shortDescription"]["text"]), len(each["fullDescription"]["text"])) <= 1024


def test_an_unreadable_input_is_a_notification() -> None:
    only = run(check_text('{}\n{"vmAgent": 1}\n{'))
    (invocation,) = only["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"], len(only["results"])) == (False, 2, 1)
    told, about = invocation["toolExecutionNotifications"]
    assert about["message"]["text"].startswith("checked: 2 as vmss-vm at ")
    assert (told["level"], about["level"]) == ("error", "note")
    assert told["message"]["text"].startswith("not JSON: cut off")
    assert told["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 2}


def test_no_more_results_than_github_takes_and_the_most_severe_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif_report.MOST == 25_000
    monkeypatch.setattr(sarif_report, "MOST", 100)
    one = check_text('{"vmAgent": 1, "colour": 1}')
    findings = tuple(replace(each) for _ in range(75) for each in one.findings)
    counts = dict.fromkeys((Severity.ERROR, Severity.WARNING), len(findings) // 2)
    (only,) = json.loads(render(replace(one, findings=findings, counts=counts), "sarif"))["runs"]
    levels = [each["level"] for each in only["results"]]
    assert (len(levels), levels.count("error"), levels.count("warning")) == (100, 75, 25)
    told, _ = only["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "50 more findings are left out of this report"


@pytest.mark.parametrize("state", ["new", "unchanged"])
def test_what_a_baseline_says_is_the_state_of_a_result(state: str) -> None:
    report = check_text('{"vmAgent": 1}')
    known = replace(report, findings=tuple(replace(each, baseline=state) for each in report.findings))
    assert [each["baselineState"] for each in run(known)["results"]] == [state]
    assert [each for each in run(report)["results"] if "baselineState" in each] == []
