"""Drawn documents conform, are of one machine, and shrink to a readable size."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from instanceview.checking.check import check_document
from instanceview.checking.engines import ENGINES
from instanceview.generating.conform import power_state
from instanceview.model.document import Document, Origin
from instanceview.model.names import UnknownNameError
from instanceview.tables.catalog import api_versions as all_api_versions
from instanceview.tables.catalog import versions_of
from instanceview.tables.descent import walk
from instanceview.tables.elements import tree
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KINDS, MACHINES
from instanceview.tables.status_code import StatusCode
from instanceview.tables.vocabulary import categories_by_element
from instanceview.testing.strategies import api_versions, instance_views, spoiled_instance_views, status_codes, statuses

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName

DRAWN = 12  # from each schema, in two widths; 2,000 of each kind were tried when they were written
NEWEST = all_api_versions()[-1]
NOTED = "deallocated-placement-group"
SCOPES = [(kind, version) for kind in MACHINES for version in versions_of(kind)] + [
    (kind, version) for kind in FAMILY for version in dict.fromkeys((versions_of(kind)[0], versions_of(kind)[-1]))
]
"""Each kind at its oldest and newest api-version, those of machines at every one."""
LISTS = {"statuses", "substatuses", "configurationStatuses", "disks", "extensions", "extensionHandlers", "value"}
LISTS |= {"hosts", "capacityReservations"}
QUICK = settings(max_examples=DRAWN, deadline=None, database=None, phases=[Phase.generate])
SMALLEST = settings(database=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])


@pytest.mark.parametrize("realistic", [True, False], ids=["realistic", "wide"])
@pytest.mark.parametrize(("kind", "api_version"), SCOPES)
def test_a_drawn_document_has_no_finding_but_the_note_on_nearly_all_captures(
    kind: KindName, api_version: ApiVersion, *, realistic: bool
) -> None:
    @QUICK
    @given(instance_views(kind, api_version, realistic=realistic))
    def conforms(document: dict[str, Any]) -> None:
        for engine in ENGINES:
            found = check_document(Document(document, Origin("drawn"), kind, api_version), engine_name=engine)
            noted = [each for each in found if not (realistic and each.rule == NOTED)]
            assert [(each.rule, each.pointer, each.message) for each in noted] == []

    conforms()


@pytest.mark.parametrize("kind", ["vmss-vm", "vm"])
def test_a_realistic_document_is_of_one_machine(kind: KindName) -> None:
    @settings(QUICK, max_examples=100)
    @given(instance_views(kind))
    def agrees(document: dict[str, Any]) -> None:
        assert document["statuses"]
        if power_state(document) != "running":
            assert "vmHealth" not in document
        agent = document.get("vmAgent", {})
        types = [handler["type"] for handler in agent.get("extensionHandlers", ())]
        assert [each["type"] for each in document.get("extensions", ()) if "type" in each] == types
        full = [each for each in document["statuses"] if each["code"] != "PowerState/creating"]  # its text is unknown
        assert all("level" in status and "displayStatus" in status for status in full)
        for before, after in (("disks", "statuses"), ("extensions", "vmAgent")):
            latest = [max(times(document, root)) for root in (before, after) if times(document, root)]
            assert latest == sorted(latest)
        windows = times(document, "maintenanceRedeployStatus")
        assert windows == sorted(windows)

    agrees()


def times(document: dict[str, Any], root: str) -> list[datetime]:
    """Return the times below a member of a document, in document order."""
    return [
        datetime.fromisoformat(str(value))
        for path, element, value in walk(tree("vm"), all_api_versions()[-1], document)
        if element.member.format == "date-time" and path[0] == root
    ]


def test_drawn_parts_are_not_shared() -> None:
    @settings(QUICK, max_examples=50)
    @given(instance_views("vm"))
    def apart(document: dict[str, Any]) -> None:
        found = [id(value) for _, _, value in walk(tree("vm"), NEWEST, document) if isinstance(value, dict)]
        assert len(found) == len(set(found))

    apart()


@pytest.mark.parametrize("kind", MACHINES)
def test_any_document_shrinks_to_a_running_machine_or_one_status(kind: KindName) -> None:
    smallest = find(instance_views(kind), lambda _: True, settings=SMALLEST)
    assert smallest["statuses"][0]["code"] == "ProvisioningState/succeeded"
    assert len(json.dumps(smallest)) < 600


def test_any_wide_document_shrinks_to_the_empty_one() -> None:
    assert find(instance_views("vmss", realistic=False), lambda _: True, settings=SMALLEST) == {}


def test_a_document_with_an_extension_shrinks_to_that_extension() -> None:
    smallest = find(instance_views("vm", "2024-07-01"), lambda each: bool(each.get("extensions")), settings=SMALLEST)
    assert list(smallest) == ["vmAgent", "extensions", "statuses"]
    assert [list(each) for each in smallest["extensions"]] == [["name", "type", "typeHandlerVersion", "statuses"]]
    assert smallest["statuses"][1]["code"] == "PowerState/running"


def test_a_fault_shrinks_to_a_small_document() -> None:
    spoiled = find(spoiled_instance_views("value-not-allowed"), lambda _: True, settings=SMALLEST)
    assert spoiled.pointer.endswith("/level")
    assert len(spoiled.text) < 400


@pytest.mark.parametrize(("kind", "element"), [(kind, each) for kind in KINDS for each in categories_by_element(kind)])
def test_a_drawn_status_conforms_at_its_element(kind: KindName, element: str) -> None:
    if element.endswith("Summary"):
        with pytest.raises(UnknownNameError, match="unknown element with statuses"):
            statuses(element, kind)
        return

    @QUICK
    @given(statuses(element, kind))
    def conforms(status: dict[str, Any]) -> None:
        document: Any = status
        for name in reversed(element.split(".")):
            document = {name: [document] if name in LISTS else document}
        found = check_document(Document(document, Origin("drawn"), kind, versions_of(kind)[-1]))
        assert [(each.rule, each.pointer) for each in found] == []

    conforms()


@settings(QUICK, max_examples=100)
@given(status_codes(), api_versions())
def test_codes_are_well_formed_and_api_versions_known(code: str, api_version: ApiVersion) -> None:
    assert str(StatusCode.parse(code, bare=True)) == code
    assert api_version in all_api_versions()


def test_api_versions_shrink_to_the_newest() -> None:
    assert find(api_versions(), lambda _: True) == all_api_versions()[-1]


def test_unknown_names_are_refused_when_the_strategy_is_made() -> None:
    with pytest.raises(UnknownNameError, match='unknown kind "vmms"; did you mean "vmss"'):
        instance_views("vmms")  # type: ignore[arg-type]  # refused by a type checker too
    with pytest.raises(UnknownNameError, match='unknown api-version "2024-07-02"'):
        instance_views("vm", "2024-07-02")  # type: ignore[arg-type]  # refused by a type checker too


def test_a_kind_in_place_of_a_rule_is_refused_in_words_that_help() -> None:
    with pytest.raises(UnknownNameError, match='"vm" is a kind; spoiled_instance_views takes a rule'):
        spoiled_instance_views("vm")  # type: ignore[arg-type]
