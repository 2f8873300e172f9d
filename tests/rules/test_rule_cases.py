"""Rules case by case: the place and words of each finding, and near misses without a finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from instanceview import check, check_text
from instanceview.cli.main import cli
from instanceview.rules import RULES

TABLE: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("rule_cases.yaml").read_text(encoding="utf-8")
)
CASES = [(rule, name) for rule, cases in TABLE.items() for name in cases]
SECRET = "YWxzby1ub3QtYS1zZWNyZXQ"  # noqa: S105 (decoded: also-not-a-secret)
SIGNED = f"https://a.example/log?sv=1&sig={SECRET}"


@pytest.mark.parametrize(("rule", "name"), CASES, ids=[f"{rule}: {name}" for rule, name in CASES])
def test_a_document_has_exactly_the_findings_of_its_case(rule: str, name: str) -> None:
    case = TABLE[rule][name]
    tables: Any = {"kind": case.get("kind", "vmss-vm"), "api_version": case.get("at", "2024-07-01")}
    report = check(case["document"], **tables, extend_select=rule)  # type: ignore[arg-type]  # the name of a rule
    assert report.unreadable == ()
    found = [(finding.rule, finding.pointer, finding.message) for finding in report.findings]
    assert found == [(rule, pointer, message) for pointer, message in case.get("found", {}).items()]
    hints = {finding.pointer: finding.hint for finding in report.findings}
    assert {pointer: hints[pointer] for pointer in case.get("hints", {})} == case.get("hints", {})


def test_every_rule_of_the_table_is_seen_to_find_something_and_to_find_nothing() -> None:
    assert set(TABLE) <= {rule.name for rule in RULES}
    found = {rule: {bool(case.get("found")) for case in cases.values()} for rule, cases in TABLE.items()}
    alone = {"negative-number"}  # its near miss, a zero, is in the document of a case with a finding
    assert {rule for rule, both in found.items() if both != {False, True}} == alone


def test_a_placement_group_before_its_first_api_version_is_that_alone() -> None:
    document = {"placementGroupId": "f79e", "statuses": [{"code": "PowerState/deallocated"}]}
    report = check(document, kind="vmss-vm", api_version="2016-03-30")
    assert [each.rule for each in report.findings] == ["later-element"]


# One fault, one finding: rules that compare members ignore a member that another rule reports.
@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ('{"statuses": [{"cod": "PowerState/running"}]}', ["misspelt-element"]),
        ('{"statuses": [{"code": null}]}', ["status-without-code"]),
        (
            '{"statuses": [{"code": "ProvisioningState/failed", "level": "Info", "displayStatus": "Updating"}]}',
            ["level"],
        ),
        (
            '{"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "ProvisioningState/faild"}]}',
            ["unknown-state"],
        ),
        (
            '{"vmAgent": {"vmAgentVersion": "{version}", "statuses": [{"code": "ProvisioningState/Unavailable"}]}}',
            ["place"],
        ),
        ('{"vmAgent": {"extensionHandlers": [{"typ": "A.B"}]}, "extensions": [{"type": "C.D"}]}', ["misspelt-element"]),
        ('{"vmAgent": {"extensionHandlers": [{"type": "A.B"}]}, "extensions": [{"type": "<type>"}]}', ["placeholder"]),
        ('{"placementGroupId": "<group>", "statuses": [{"code": "PowerState/deallocated"}]}', ["placeholder"]),
        ('{"platformFaultDomain": -2147483649}', ["out-of-range"]),
        ('{"statuses": [{"code": "PowerState/running", "time": "0001-01-01"}]}', ["malformed-time"]),
        ('{"disks": [{"name": 1}, {"name": 1}]}', ["wrong-type", "wrong-type"]),
        ('{"statuses": {}}', ["wrong-type"]),
        ('{"statuses": [[{"code": "OSState/generalized"}, {"code": "OSState/generalized"}]]}', ["wrong-type"]),
        # Two faults, two findings.
        (
            '{"statuses": [{"code": "PowerState/running", "level": "?sig=b64"}]}',
            ["value-not-allowed", "secret-in-text"],
        ),
        ('{"disks": [], "?sig=b64": {}}', ["undocumented-element", "secret-in-text"]),
        (
            (
                '{"vmAgent": {"vmAgentVersion": "Unknown", "statuses": [{"code": "ProvisioningState/succeeded"}],'
                ' "extensionHandlers": [{"type": "A.B"}]}, "extensions": [{"type": "C.D"}]}'
            ),
            ["agent-unavailable-version", "extension-without-handler"],
        ),
    ],
)
def test_one_fault_has_one_finding(text: str, rules: list[str]) -> None:
    found = [finding.rule for finding in check_text(text, kind="vmss-vm", api_version="2024-07-01").findings]
    assert len(found) == len(rules)
    assert [rule for rule, name in zip(found, rules, strict=True) if not rule.startswith(name)] == []


def test_the_page_s_own_spelling_is_noted_as_name_and_as_text() -> None:
    report = check({"platformUpgradeDomain": "5"}, kind="vmss-vm", api_version="2016-04-30-preview")
    assert {finding.rule for finding in report.findings} == {"page-only-element", "domain-as-text"}


@pytest.mark.parametrize(
    "document",
    [
        {"osName": SIGNED},
        {"disks": [], "internalData": {"deep": [{"uri": SIGNED}]}},
        {"disks": [], "internalData": {SIGNED: 1}},
        {"statuses": [{"code": f"PowerState/running?sig={SECRET}", "level": SIGNED, "time": SIGNED, SIGNED: SIGNED}]},
    ],
    ids=["value", "undocumented value", "undocumented key", "values and keys that other rules quote"],
)
@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "many lines"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_output_shows_a_secret(document: object, indent: int | None, form: str) -> None:
    text = json.dumps(document, indent=indent)
    for arguments in (["--no-fold"], ["--select", "secret-in-text"]):
        options = ["check", "-", "--kind", "vmss-vm", "--format", form, *arguments]
        output = CliRunner().invoke(cli, options, input=text).output
        assert "secret-in-text" in output
        assert SECRET not in output


def test_the_finding_of_a_secret_does_not_keep_it() -> None:
    report = check({"osName": SIGNED, "internalData": {"\ud800": SIGNED}})
    kept = [finding.value for finding in report.findings if finding.rule == "secret-in-text"]
    assert kept == ["https://a.example/log?sv=1&sig=[redacted]"] * 2
