"""Hazard documents conform and keep their hazard wherever they can be shown, and are refused elsewhere."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from combinations import combinations, shown
from command_cases import invoke
from hazards import FACTS, fresh, written
from seen import instant, times
from wrong_readers import READERS, answer

from instanceview import UnknownNameError, check, check_text
from instanceview.generating import ScenarioError, hazard, spoil
from instanceview.generating.conform import conform, unshared
from instanceview.generating.hazards import able, hazards, versions
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from pathlib import Path

    from seen import View

    from instanceview.generating.hazards import Hazard
    from instanceview.literals import ApiVersion, KindName

NAMES = tuple(hazards())
SHOWN = [(name, kind) for name in NAMES for kind in MACHINES if versions(name, kind)]


def test_there_is_a_description_for_each_document_and_for_no_other() -> None:
    assert sorted(NAMES) == sorted(written())
    assert len(NAMES) == 31
    assert [name for name, each in hazards().items() if not each.about.endswith(".") or not each.readers] == []


def test_a_hazard_is_by_default_the_document_as_written() -> None:
    assert {name: hazard(name) for name in NAMES} == written()


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_a_hazard_conforms_and_stays_wherever_it_can_be_shown(name: str, kind: KindName) -> None:
    about = hazards()[name]
    plainest = next(key for key, each in READERS.items() if (each["asks"], each["code"]) == about.readers[0][:2])
    for version in versions(name, kind):
        for seed in (0, 1, 998):
            document = hazard(name, kind=kind, api_version=version, seed=seed)
            findings = check(document, kind=kind, api_version=version).findings
            assert {(each.severity.value, each.rule) for each in findings} == noted(about), (version, seed)
            assert answer(plainest, document).verdict != "right", (version, seed)
            assert not about.fact or FACTS[about.fact](document), (version, seed)


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_a_hazard_has_no_combination_that_captures_lack(name: str, kind: KindName) -> None:
    lacking = {each.name for each in combinations() if not each.captured}
    documents = [
        hazard(name, kind=kind, api_version=version, seed=seed)
        for version in versions(name, kind)
        for seed in (0, 1, 998)
    ]
    assert [found for document in documents for found in shown(kind, document) if found in lacking] == []


def noted(about: Hazard) -> set[tuple[str, str]]:
    """Return the findings that a hazard has: most have none."""
    return {("note", about.note)} if about.note else set()


def test_another_seed_gives_other_names_times_and_counts_in_the_same_order() -> None:
    first, again, other = (hazard("extension-at-work-vm-succeeded", seed=seed) for seed in (7, 7, 8))
    assert first == again
    assert (first["computerName"], other["computerName"]) == ("db-7", "app-8")
    orders = [
        sorted(range(len(found)), key=lambda index: instant(found[index])) for found in map(times_of, (first, other))
    ]
    assert times_of(first) != times_of(other)
    assert orders[0] == orders[1]
    summaries = [hazard("scale-set-done-machine-updating", seed=seed)["virtualMachine"] for seed in range(9)]
    assert len({each["statusesSummary"][0]["count"] for each in summaries}) > 3


def times_of(view: View) -> list[str]:
    """Return the times in a document."""
    return list(times(view))


def test_a_scale_set_vm_has_domains_and_a_vm_has_none() -> None:
    as_vm = hazard("starting-after-success", kind="vm")
    as_member = hazard("os-state-second", kind="vmss-vm", seed=7)
    assert "platformUpdateDomain" not in as_vm
    assert "placementGroupId" not in as_vm
    assert (as_member["platformUpdateDomain"], as_member["platformFaultDomain"]) == (2, 2)


REFUSED = {
    ("os-state-second", "vmss", "2024-07-01"): (
        'hazard "os-state-second" cannot be shown in a vmss document; use vmss-vm or vm'
    ),
    ("scale-set-updating-no-time", "vm", "2024-07-01"): (
        'hazard "scale-set-updating-no-time" cannot be shown in a vm document; use vmss'
    ),
    ("boot-diagnostics-error", "vm", "2017-12-01"): (
        'hazard "boot-diagnostics-error" needs bootDiagnostics.status, which vm documents at 2017-12-01 do not have; '
        "use 2018-04-01"
    ),
    ("spelt-with-a-capital", "vmss-vm", "2024-07-01"): (
        'hazard "spelt-with-a-capital" occurs only at 2015-06-15; found 2024-07-01'
    ),
}


@pytest.mark.parametrize("asked", REFUSED)
def test_a_kind_or_api_version_that_cannot_show_it_is_refused(asked: tuple[str, KindName, ApiVersion]) -> None:
    name, kind, version = asked
    with pytest.raises(ScenarioError) as raised:
        hazard(name, kind=kind, api_version=version)
    assert str(raised.value) == REFUSED[asked]


def test_each_refusal_is_one_line_that_names_what_can_be_shown() -> None:
    for name in NAMES:
        for kind in MACHINES:
            for version in api_versions():
                if version in versions(name, kind):
                    continue
                with pytest.raises(ScenarioError, match=r"^hazard .*(; use [a-z0-9-]+|occurs only at .*; found )"):
                    hazard(name, kind=kind, api_version=version)


def test_an_unknown_hazard_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match='unknown hazard "hibernate"; did you mean "hibernated"'):
        hazard("hibernate")


@pytest.mark.parametrize("name", [name for name, each in hazards().items() if not each.note])
def test_a_spoiled_hazard_has_its_one_fault(name: str) -> None:
    about = hazards()[name]
    plain = unshared(hazard(name))
    conform(plain, about.kind, about.api_version)
    assert plain == hazard(name), "spoil would change it"
    spoiled = spoil(hazard(name), "wrong-type", Random(0), kind=about.kind, api_version=about.api_version)  # noqa: S311 (no cipher)
    (finding,) = check_text(spoiled.text, kind=spoiled.kind, api_version=spoiled.api_version).findings
    assert (finding.rule, finding.pointer) == ("wrong-type", spoiled.pointer)


def test_the_command_writes_every_hazard_or_those_of_a_kind() -> None:
    text, code = invoke("generate", "--hazard", "all")
    assert (json.loads(text), code) == ([hazard(name) for name in NAMES], 0)
    text, _ = invoke(
        "generate", "--hazard", "all", "--kind", "vmss", "--count", "2", "--seed", "5", "--format", "ndjson"
    )
    kept = able("vmss")
    assert [json.loads(line) for line in text.splitlines()] == [
        hazard(name, kind="vmss", seed=seed) for name in kept for seed in (5, 6)
    ]
    assert len(kept) == 4


def test_a_fault_leaves_out_the_hazards_that_cannot_have_it_alone() -> None:
    text, code = invoke("generate", "--hazard", "all", "--spoil", "summary-count", "--format", "ndjson")
    assert (len(text.splitlines()), code) == (3, 0)


def test_the_list_has_every_hazard_with_its_count_and_a_reader_that_it_misleads() -> None:
    text, code = invoke("generate", "--list-hazards")
    assert code == 0
    assert [line for line in text.splitlines() if line and line[0] != " "] == list(NAMES)
    listed = json.loads(invoke("generate", "--list-hazards", "--format", "json")[0])
    assert [each["name"] for each in listed] == list(NAMES)
    assert [each["captured"] for each in listed if not each["captured"]] == [0, 0]
    assert all({"asks", "code", "right"} <= set(reader) for each in listed for reader in each["readers"])


def test_the_data_beside_the_documents_is_what_the_readers_answer_and_captures_show(shared: Path) -> None:
    assert shared
    assert [path.name for path, text in fresh() if path.read_text("utf-8") != text] == []
