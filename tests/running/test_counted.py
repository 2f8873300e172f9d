"""Findings beyond `--max-findings-per-document`: every way into the program and every format has the same numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from instanceview import Report, check, check_chunk, check_path, check_text
from instanceview.cli.main import cli
from instanceview.model import names
from instanceview.model.limits import Limits
from instanceview.reporting import FORMATS
from instanceview.tables.catalog import schemas_folder
from instanceview.testing import Validator

if TYPE_CHECKING:
    from pathlib import Path

_BODY: dict[str, Any] = {
    "platformFaultDomain": None,
    "colour": 1,
    "vmAgent": {"statuses": [{"code": "PowerState/runing", "level": "info", "time": "now"}] * 9},
}
_LINE = json.dumps(_BODY)
_LIMITS = Limits(findings_per_document=4)
_OPTION = "--max-findings-per-document"
_WORDS = "more findings are counted only: "


def _ran(folder: Path, *options: str, limit: str = "4") -> tuple[int, str, str]:
    (folder / "a.ndjson").write_text(f"{_LINE}\n{_LINE}\n{{}}\n", "utf-8")
    result = CliRunner().invoke(cli, ["check", str(folder), "--kind", "vm", _OPTION, limit, *options])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def _numbers(report: Report) -> list[object]:
    counted = [(str(each), each.by_rule()) for each in report.counted]
    return [report.counts, len(report.findings), report.nonconformant, counted, report.exit_code, report.left_out]


def test_every_way_into_the_program_has_the_same_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text(f"{_LINE}\n{_LINE}\n{{}}\n", "utf-8")
    reports = [
        check_path(tmp_path / "a.ndjson", kind="vm", limits=_LIMITS),
        check_text(f"{_LINE}\n{_LINE}\n{{}}\n", kind="vm", limits=_LIMITS),
        check([_BODY, _BODY, {}], kind="vm", limits=_LIMITS),
        check_chunk(f"{_LINE}\n{_LINE}\n{{}}\n".encode(), kind="vm", limits=_LIMITS).report(),
    ]
    assert [_numbers(report) for report in reports] == [_numbers(reports[0])] * 4
    every = check_path(tmp_path / "a.ndjson", kind="vm")
    assert (reports[0].counts, reports[0].nonconformant) == (every.counts, every.nonconformant)
    assert len(reports[0].counted) == 2
    assert not every.counted
    halves = [check_chunk(f"{line}\n".encode(), kind="vm", limits=_LIMITS) for line in (_LINE, _LINE, "{}")]
    assert _numbers(halves[0].merge(halves[1]).merge(halves[2]).report()) == _numbers(reports[0])


def test_a_counted_finding_has_no_hint_to_look_for(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"statuses": [{"code": f"PowerState/runnin{number}", "level": f"inf{number}"} for number in range(8)]}
    asked: list[str] = []

    def nearest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        asked.append(name)
        return found(name, known)

    found = names.nearest
    monkeypatch.setattr(names, "nearest", nearest)
    report = check([body], kind="vm", limits=_LIMITS)
    assert [finding.hint for finding in report.findings] == ['did you mean "running"?', 'did you mean "Info"?'] * 2
    assert sorted(asked) == ["inf0", "inf1", "runnin0", "runnin1"]
    assert sum(report.counts.values()) == 16


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_one_line_for_each_document(tmp_path: Path, name: str) -> None:
    code, text, _ = _ran(tmp_path, "--format", name, "--quiet")
    assert code == 1
    assert text.count(_WORDS) == 2
    assert text.count(_OPTION) == 2
    every, without, _ = _ran(tmp_path, "--format", name, "--quiet", limit="none")
    assert (every, without.count(_OPTION)) == (1, 0)
    if name == "junit":
        assert len(ET.fromstring(text).findall(".//failure")) == 2  # noqa: S314 (the program's own)


def test_the_json_report_has_the_numbers_by_rule_and_its_schema_knows_them(tmp_path: Path) -> None:
    _, text, _ = _ran(tmp_path, "--format", "json", "--statistics")
    report, whole = json.loads(text), json.loads(_ran(tmp_path, "--format", "json", "--statistics", limit="none")[1])
    Draft7Validator(json.loads((schemas_folder() / "report.json").read_text("utf-8"))).validate(report)
    assert report["summary"] == whole["summary"]
    assert report["statistics"]["rules"] == whole["statistics"]["rules"]
    assert sum(report["statistics"]["elements"].values()) == sum(whole["statistics"]["elements"].values())
    assert report["rules"] == whole["rules"]
    counted = sum(each["findings"] for document in report["counted"] for each in document["counts"])
    assert counted + len(report["findings"]) == len(whole["findings"])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_conformance_report_counts_every_finding(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "a.ndjson").write_text(f"{_LINE}\n{_LINE}\n", "utf-8")
    texts = []
    for limit in ("4", "none"):
        arguments = ["report", str(tmp_path), "--kind", "vm", "--jobs", jobs, _OPTION, limit]
        texts.append(CliRunner().invoke(cli, [*arguments, "--verbose"], catch_exceptions=False).output)
    totals = [[line for line in text.splitlines() if "finding" in line] for text in texts]
    assert totals[0] == totals[1]
    assert totals[0]


def test_a_baseline_refuses_a_document_with_counted_findings(tmp_path: Path) -> None:
    known = str(tmp_path / "known.baseline")
    (tmp_path / "b.json").write_text('{"platformFaultDomain": null, "vmAgent": {}}', "utf-8")
    code, text, _ = _ran(tmp_path, "--baseline", known, "--write-baseline", "--format", "concise")
    assert code == 2
    message = "not all findings have a place, so that a baseline cannot know them; --max-findings-per-document N keeps"
    assert text.count(message) == 2
    entries = json.loads((tmp_path / "known.baseline").read_text("utf-8"))["findings"]
    assert {each["file"] for each in entries} == {"b.json"}
    whole = _ran(tmp_path, "--baseline", known, "--write-baseline", limit="none")
    assert whole[0] == 0
    code, text, told = _ran(tmp_path, "--baseline", known, "--prune-baseline", "--format", "json")
    assert code == 2
    assert "0 findings removed" in told  # of a document that is refused nothing is known to be gone
    summary = json.loads(text)["summary"]
    assert summary["findings"] == json.loads(_ran(tmp_path, "--format", "json", limit="none")[1])["summary"][
        "findings"
    ] | {"note": summary["findings"]["note"]}
    assert _ran(tmp_path, "--baseline", known, limit="none")[0] == 0


def test_the_text_of_a_failing_test_says_it() -> None:
    validator = Validator(kind="vm", limits=_LIMITS)
    fault = validator.fault(_BODY) or ""
    assert fault.count(_WORDS) == 1
