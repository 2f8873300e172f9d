"""Output of clients: each name of each client is known, and each fault is found at the member as it is written."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from recordings import cases, expected, seen, stands_there
from rendered import PASCAL, WRITERS, rendered

from instanceview import check, check_chunk, check_text
from instanceview.checking.check import check_document
from instanceview.generating.scenarios import scenario
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import scopes, spoil
from instanceview.generating.variants import fullest
from instanceview.model.document import Document, Origin
from instanceview.model.pointer import pointer
from instanceview.reading.dialects import printed_by_client
from instanceview.tables.catalog import versions_of
from instanceview.tables.kinds import MACHINES
from instanceview.testing import assert_conforms

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.model.finding import Finding
    from instanceview.places.spans import Path as Steps

NEWEST = versions_of("vm")[-1]
VERSIONS = ("2016-04-30-preview", "2020-06-01", NEWEST)
SCOPES = [(kind, version) for version in VERSIONS for kind in MACHINES if version in versions_of(kind)]
# A client leaves null members out and cannot write a member twice.
NO_FAULTS = {"null-element", "duplicate-key"}
SEEDS = 8


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(("kind", "version"), SCOPES)
def test_every_documented_member_is_read_by_the_names_of_each_client(kind: str, version: str, writer: str) -> None:
    document = fullest(kind, version)
    view, places = rendered(document, kind, writer)
    printed = printed_by_client(view)
    assert printed
    assert printed.body == document
    assert printed.writer == writer
    assert {path: printed.written.get(path, path) for path in places} == places
    assert printed_by_client(document) is None


def facts(finding: Finding, places: dict[Steps, Steps] | None = None) -> tuple[object, ...]:
    """Return the facts of a finding that every dialect has, with its pointer as it is written, by the places."""
    written = {pointer(path): pointer(there) for path, there in places.items()} if places else {}
    at = written.get(finding.pointer, finding.pointer)
    return finding.rule, finding.severity, at


def is_at_its_place(text: str, finding: Finding) -> bool:
    """Return True if the text has the name or the value of a finding where it points."""
    line, column = finding.origin.line or 0, finding.origin.column or 0
    name = json.dumps(finding.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~"))
    is_key = text.split("\n")[line - 1][column - 1 :].startswith(name)
    is_number = text.split("\n")[line - 1][column - 1 :][:1].isdecimal()  # of an enumeration
    return is_key or is_number or stands_there(text.encode(), finding)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("rule", [rule for rule in SPOILERS if rule not in NO_FAULTS])
def test_a_fault_is_found_in_every_dialect_at_the_member_as_it_is_written(rule: str, writer: str) -> None:
    for seed in range(SEEDS):
        random = Random(seed)  # noqa: S311 (no secret)
        kind, version = random.choice([scope for scope in scopes(rule) if scope[0] in MACHINES])
        base = scenario("running", kind=kind, api_version=version, seed=seed, vary=True)
        document = spoil(base, rule, random, kind=kind, api_version=version).document
        view, places = rendered(document, kind, writer)
        text = json.dumps(view, indent=1)
        wanted = check(document, kind=kind, api_version=version).findings
        if writer in PASCAL and any(each.element.endswith("level") and each.rule == "wrong-type" for each in wanted):
            continue  # a number is a level there
        if any(each.rule == "misspelt-element" and each.pointer.rpartition("/")[2][:1].isupper() for each in wanted):
            continue  # a name in Pascal case is right there, and another spelling elsewhere
        found = check_text(text, kind=kind, api_version=version).findings
        others = [each for each in found if each.rule != "client-output"]
        assert len(found) == len(others) + 1, text
        assert {facts(each) for each in others} == {facts(each, places) for each in wanted}, text
        assert [each for each in others if not is_at_its_place(text, each)] == []


@pytest.mark.parametrize("path", cases("dialects"), ids=lambda path: path.name)
def test_a_printed_document_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)


TRANSLATED = "the names of its models are translated"
AS_DICT = {
    "vm_agent": {"vm_agent_version": 27},
    "statuses": [{"code": "PowerState/running", "display_statu": "VM running"}],
}
FOUND = [
    (
        "client-output",
        "",
        f'printed by the Python SDK, which writes "vm_agent_version", "vm_agent"; {TRANSLATED}',
    ),
    ("wrong-type", "/vm_agent/vm_agent_version", "expected string, found 27"),
    (
        "misspelt-element",
        "/statuses/0/display_statu",
        'unknown member "display_statu"; did you mean "display_status"?',
    ),
]


def test_a_value_of_python_is_checked_by_the_names_of_its_client() -> None:
    findings = check(AS_DICT, kind="vm", api_version=NEWEST).findings
    assert [(each.rule, each.pointer, each.message) for each in findings] == FOUND
    assert findings[2].hint == 'rename it to "display_status"'
    with pytest.raises(AssertionError, match="vm_agent_version"):
        assert_conforms(AS_DICT)


def test_a_list_of_documents_is_checked_as_fast_as_slow_by_the_names_of_each() -> None:
    lines = b"\n".join([json.dumps(AS_DICT).encode(), b'{"vmAgent": {"vmAgentVersion": "2.7"}}'] * 200)
    findings = check_chunk(lines, kind="vm", api_version=NEWEST).findings
    assert [(each.rule, each.pointer, each.message) for each in findings] == FOUND * 200


@pytest.mark.parametrize(
    "value",
    [
        {"name": "app", "version": "1.0", "dependencies": {"vm_agent": 1, "statuses": []}},
        {"Name": "app", "Version": 1, "Items": [{"Code": "a"}]},
        {"powerState": "VM running", "name": "till"},
        {"powerState": {"value": 1}, "title": "till"},
        {"powerState": 5},
        {"powerState": ["code"]},
        {"STATUSES": []},
        {"vm__agent": {}},
        {},
    ],
)
def test_a_value_without_a_clients_names_is_not_a_clients(value: dict[str, object]) -> None:
    assert printed_by_client(value) is None


@pytest.mark.parametrize(
    "value",
    [
        {"vm_agent": {"vmAgentVersion": "2.7"}},
        {"vm_agent": {}, "VmHealth": {}},
        {"vm_agent": {}, "osName": "ubuntu"},
        {"VmAgent": {"vmAgentVersion": "2.7"}},
        {"Statuses": [{"code": "PowerState/running"}]},
        {"statuses": [{"Code": "PowerState/running"}]},
        {"statuses": [{"code": "PowerState/running", "display_status": "a"}], "vmAgent": {}},
        {"vmAgent": {}, "isVmInStandbyPool": True, "osName": "ubuntu"},
    ],
)
def test_a_document_that_mixes_spellings_is_not_a_clients(value: dict[str, object]) -> None:
    assert printed_by_client(value) is None
    assert {each.rule for each in check(value, kind="vm", api_version=NEWEST).findings} == {"misspelt-element"}


SORTED = {"code": "PowerState/running", "displayStatus": "VM running", "level": "Info"}
SIGNS: tuple[tuple[dict[str, object], str | None], ...] = (
    ({"VmAgent": {}, "Statuses": [{"Level": 0}]}, "powershell"),
    ({"VmAgent": {}, "Statuses": [{"Level": "Info"}]}, "dotnet"),
    ({"VmAgent": {}, "Extensions": [{"VirtualMachineExtensionInstanceViewType": "a"}]}, "dotnet"),
    ({"VmAgent": {}, "VmHealthStatus": {}}, "dotnet"),
    ({"OSName": "ubuntu", "VmAgent": {}}, "dotnet"),
    ({"OsName": "ubuntu", "VmAgent": {}}, "powershell"),
    ({"VMAgent": {}, "Statuses": [{"Level": "Info"}]}, "powershell"),
    ({"Statuses": [{"Level": "Info"}], "StatusesText": "[]"}, "powershell"),
    ({"Statuses": [{"Level": "Info"}], "OtherText": "[]"}, "dotnet"),
    ({"powerState": {"code": "PowerState/running"}, "statuses": []}, None),
    ({"statuses": [SORTED], "vmAgent": {}}, None),
    ({"statuses": [SORTED], "vmAgent": {}, "additionalProperties": {}}, "az"),
    ({"statuses": [{"additionalProperties": {}, **SORTED}], "vmAgent": {}}, "az"),
    ({"disks": None, "statuses": [{**SORTED, "message": None, "time": None}], "vmAgent": {}}, "az"),
    ({"disks": [], "statuses": [{**SORTED, "message": None, "time": None}], "vmAgent": {}}, None),
    ({"disks": None, "statuses": [{**SORTED, "time": None, "message": None}], "vmAgent": {}}, None),
    ({"statuses": [{**SORTED, "message": None, "time": None}], "disks": None, "vmAgent": {}}, None),
    ({"isVmInStandbyPool": True, "osName": "ubuntu"}, "az"),
    ({"isVmInStandbyPool": True}, None),
    ({"osName": "ubuntu", "isVmInStandbyPool": True}, None),
    ({"isVMInStandbyPool": True, "osName": "ubuntu"}, None),
    ({"vm_agent": {}, "statuses": [{"display_status": "a"}]}, "python-sdk"),
)


@pytest.mark.parametrize(("value", "writer"), SIGNS, ids=[f"{value}" for value, _ in SIGNS])
def test_a_writer_is_known_by_its_signs(value: dict[str, object], writer: str | None) -> None:
    printed = printed_by_client(value)
    assert (printed and printed.writer) == writer
    flat = printed_by_client(value, is_flat=True)
    assert (flat and flat.writer) == (writer or "az")


TIMES = {
    "/Date(1714979289000)/": "2024-05-06T07:08:09+00:00",
    "/Date(1714979289123+0200)/": "2024-05-06T07:08:09.123000+00:00",
    "/Date(-62135596800000)/": "0001-01-01T00:00:00+00:00",
    "/Date(999999999999999)/": "/Date(999999999999999)/",
    "/Date(x)/": "/Date(x)/",
}


def test_the_text_of_a_datetime_of_python_is_a_time() -> None:
    printed = printed_by_client({"vm_agent": {}, "statuses": [{"time": "2024-05-06 07:08:09.123456+00:00"}]})
    assert printed
    assert printed.body == {"vmAgent": {}, "statuses": [{"time": "2024-05-06T07:08:09.123456+00:00"}]}


def test_a_part_of_a_document_is_said_to_be_one() -> None:
    part = Document(
        {"statuses": [{"code": "PowerState/running"}]}, Origin("a.json"), "vm", NEWEST, written_by="fragment"
    )
    assert [(each.rule, each.message, each.hint) for each in check_document(part, many=True)] == [
        (
            "client-output",
            "only part of an instance view; the surrounding braces or members are missing",
            "pass the whole instance view",
        )
    ]


def test_dates_of_windows_powershell_are_times() -> None:
    for text, time in TIMES.items():
        for written in (text, {"value": text, "DisplayHint": 2, "DateTime": "Monday"}, {"DateTime": text}):
            printed = printed_by_client({"Statuses": [{"Time": written}]})
            assert printed
            assert printed.body == {"statuses": [{"time": time}]}
