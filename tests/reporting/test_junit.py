"""JUnit XML: valid by the schema of Jenkins, a case for each document, with any text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import reports
import xmlschema
from checkout import DATA, SAMPLES
from evident import evident

from instanceview import Report, Severity, check_path
from instanceview.reporting import render
from instanceview.reporting.places import path
from instanceview.running.wanted import Selection
from instanceview.tables.catalog import api_versions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCHEMA = xmlschema.XMLSchema(DATA / "formats" / "junit-10.xsd")
FAULT = evident('{"platformFaultDomain": "two", "colour": 1}')
WARNED = evident('{"colour": 1, "vmAgent": {}}')
PATCHED = evident('{"patchStatus": {}}')
NUMBERED = evident('{"vmAgent": 1}')
EMPTY = evident("{}")


def suites(of: Report) -> list[ET.Element]:
    """Return the suites of a valid report whose numbers are right."""
    text = render(of, "junit")
    assert [str(error) for error in SCHEMA.iter_errors(text)] == []
    found = list(ET.fromstring(text))  # noqa: S314 (our own text)
    for suite in found:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for name, tag in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
            assert suite.get(name) == str(len([case for case in cases if case.find(tag) is not None]))
        names = [(case.get("classname"), case.get("name")) for case in cases]
        assert len(set(names)) == len(names), "a case has a name of its own"
    return found


@pytest.mark.parametrize("made", [reports.zero, reports.clean, reports.many], ids=lambda made: made.__name__)
def test_every_document_is_a_case(made: Callable[[], Report]) -> None:
    of = made()
    found = suites(of)
    cases = [case for suite in found for case in suite]
    assert len(cases) == of.documents + len(of.skipped) + len(of.unreadable)
    assert sum(case.find("failure") is not None for case in cases) == of.nonconformant
    met = [
        *(each.origin for each in of.checked),
        *(each.origin for each in of.unreadable),
        *(each.origin for each in of.skipped),
    ]
    assert sorted(str(suite.get("name")) for suite in found) == sorted({path(origin.file) for origin in met})
    told = "".join(text for case in cases for text in case.itertext())
    assert [finding for finding in of.findings if finding.message not in told] == []


def test_hostile_texts_are_valid_and_shown_as_in_the_text_report(hostile: Report) -> None:
    cases = [case for suite in suites(hostile) for case in suite]
    assert len(cases) == hostile.documents + len(hostile.unreadable) + len(hostile.skipped)
    told = "".join(text for case in cases for text in case.itertext())
    assert [finding for finding in hostile.findings if f"{finding.message}\n" not in told] == []
    for expected in ("]]>", "<script>alert(1)</script>", r"\u202e", r"\ufffe\uffff\u000b", r"\ud800", r"\u001b[31mred"):
        assert expected in told


def test_checked_and_other_inputs_are_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "a.ndjson").write_text(f"{EMPTY}\n{FAULT}\nno JSON\n{WARNED}\n")
    (tmp_path / "captures" / "b.json").write_text(f"[{PATCHED}, {NUMBERED}]")
    (tmp_path / "captures" / "package.json").write_text('{"name": "x"}')
    shown = {
        suite.get("name"): {case.get("name"): [child.tag for child in case] for case in suite}
        for suite in suites(reports.checked("captures", "missing.json"))
    }
    newest = api_versions()[-1]
    assert shown == {
        "captures/a.ndjson": {
            f"line 1 (vmss-vm at {newest})": [],
            f"line 2 (vmss-vm at {newest})": ["failure", "system-out"],
            f"line 4 (vmss-vm at {newest})": ["system-out"],
            "line 3": ["error"],
        },
        "captures/b.json": {f"/0 (vm at {newest})": [], f"/1 (vmss-vm at {newest})": ["failure"]},
        "captures/package.json": {"document": ["skipped"]},
        "missing.json": {"document": ["error"]},
    }


def test_a_failure_says_what_is_wrong_where_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps({"statuses": [{"level": "info", "code": "PowerState/running"}]}))
    ((case,),) = suites(reports.checked("a.json"))
    (failure,) = case
    message = '"info" is not allowed; allowed: Info, Warning, Error'
    assert (failure.get("type"), failure.get("message")) == ("value-not-allowed", message)
    assert failure.text == f'a.json:1:25: error value-not-allowed: {message}\n  help: did you mean "Info"?\n'


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 1), ("warning", 2), ("note", 2)])
def test_what_fails_is_what_fail_on_says(fail_on: str, failures: int, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f"[{FAULT}, {WARNED}, {EMPTY}]")
    (suite,) = suites(reports.checked(str(tmp_path), fail_on=Severity(fail_on)))
    assert suite.get("failures") == str(failures)


def test_a_document_whose_findings_are_beyond_the_limit_fails_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f"[{FAULT}, {FAULT}]")
    (suite,) = suites(reports.checked(str(tmp_path), selection=Selection(most=1)))
    messages = [failure.get("message") for failure in suite.findall("*/failure")]
    assert messages == ['expected integer, found "two"', "findings beyond --max-findings"]


def test_documents_are_kept_only_when_asked_for() -> None:
    assert check_path(SAMPLES).checked == ()
