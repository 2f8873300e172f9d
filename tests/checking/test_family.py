"""Kinds beside the machine documents: real documents, planted faults, states, and recognition without a request."""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from captured import with_each_element

from instanceview import check_text
from instanceview.checking.check import check_document
from instanceview.checking.engines import ENGINES
from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.as_json import to_json
from instanceview.generating.scenarios import scenario, scenarios, since
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import spoiled_with, spoilings
from instanceview.model.document import Document, Origin
from instanceview.reading.family import are_alike
from instanceview.reading.others import types_of_kinds
from instanceview.reading.recognise import recognise
from instanceview.rules import RULES
from instanceview.tables.catalog import tables_json, versions_of
from instanceview.tables.elements import NEWEST
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KIND_VALUES, MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.literals import ApiVersion, KindName

FOUND = {
    "vm-extension": {"status-code-case": 17, "unset-time": 7},
    "dedicated-host": {"undocumented-element": 2},
    "arc-extension": {"unlisted-api-version": 2, "status-without-code": 1},
}
"""The findings in real documents, by kind: none is an error."""
ALONE = {"availability-set"}
"""The kinds whose documents look like a machine's without their resource."""
each_kind = pytest.mark.parametrize("kind", FAMILY)


def rows(shared: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the real captures of a kind."""
    for name in [kind, *(["connectedvmware-extension"] if kind == "arc-extension" else [])]:
        path = shared / "captures" / "family" / f"{name}.ndjson"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        yield from (row for row in map(json.loads, lines) if row["real"])


@each_kind
def test_real_documents_have_no_error_and_no_findings_but_these(kind: str, shared: Path) -> None:
    for engine in ENGINES:
        found = Counter(
            (each.severity.value, each.rule)
            for row in rows(shared, kind)
            for each in check_document(
                Document(row["document"], Origin("x"), kind, row["apiVersion"], "url"), engine_name=engine
            )
        )
        assert not [severity for severity, _ in found if severity == "error"]
        assert {rule: number for (_, rule), number in found.items()} == FOUND.get(kind, {})


@each_kind
def test_real_documents_are_recognised_without_a_request(kind: str, shared: Path) -> None:
    taken = Counter(recognise(row["document"], asked=True).kind for row in rows(shared, kind))
    wrong = {name: number for name, number in taken.items() if name != kind and not are_alike(name, kind)}
    # One answer has an empty status alone, which may be of anything.
    assert sum(wrong.values()) == (1 if kind == "arc-extension" else 0)


def test_no_machine_document_is_taken_for_another_kind(shared: Path) -> None:
    for kind in MACHINES:
        lines = (shared / "captures" / "documents" / f"{kind}.ndjson").read_text("utf-8").splitlines()
        real = [row for row in map(json.loads, lines) if row["real"] and row["kind"] == "document"]
        assert {recognise(row["document"]).kind for row in real} == {""}


@each_kind
def test_the_evidence_of_every_place_is_counted_right(kind: str, shared: Path) -> None:
    documents = [row["document"] for row in rows(shared, kind)]
    assert with_each_element(kind, documents) == tables_json()["captures"].get(kind, {})
    assert tables_json()["sources"]["captures"].get(kind, 0) == len(documents)


OF_RESOURCES = {kind: name for name, kind in types_of_kinds().items() if kind in FAMILY and "/" in name}


@pytest.mark.parametrize("kind", OF_RESOURCES)
def test_a_resource_says_what_its_view_is_whatever_is_asked_for(kind: KindName) -> None:
    body = scenario(shown(kind)[0], kind=kind, api_version=versions_of(kind)[-1])
    held = body if FAMILY[kind].members else {"instanceView": body}
    text = json.dumps({"type": OF_RESOURCES[kind], "name": "a", "properties": held})
    right = check_text(text, kind=kind)
    assert [tables.kind for tables in right.checked_as] == [kind]
    assert right.findings == ()
    others: set[KindName] = {"vm", "vm-extension", "dedicated-host"}
    for other in others - {kind}:
        (wrong,) = check_text(text, kind=other).unreadable
        assert wrong.reason.startswith(f"this is the {KIND_VALUES[kind].title}, and not a document of the kind {other}")


def shown(kind: KindName) -> list[str]:
    return [name for name in scenarios() if since(name, kind) != NEWEST]


@each_kind
def test_scenarios_conform_and_have_a_state(kind: KindName) -> None:
    versions: list[ApiVersion] = [versions_of(kind)[0], versions_of(kind)[-1]]
    for name in shown(kind):
        for version in (each for each in versions if each >= since(name, kind)):
            for seed in range(3):
                body = scenario(name, kind=kind, api_version=version, seed=seed, vary=seed > 0)
                document = Document(body, Origin("x"), kind, version)
                assert check_document(document) == (), (name, version, seed)
                state = to_json(state_of(document))
                assert state["text"]
                assert recognise(body, asked=True).kind in {
                    kind,
                    *filter(lambda each: are_alike(each, kind), FAMILY),
                } | ({""} if kind in ALONE else set())


@pytest.mark.parametrize("kind", list(FAMILY)[:6])
def test_the_first_kinds_have_three_scenarios(kind: KindName) -> None:
    assert len(shown(kind)) >= 3


@each_kind
def test_a_planted_fault_is_found_alone(kind: KindName) -> None:
    version = versions_of(kind)[-1]
    base = scenario(kind=kind, api_version=version)
    families = tuple({rule.hooks[0] for rule in RULES if rule.hooks[0] == "fidelity"})
    planted = 0
    for rule in SPOILERS:
        document, faults = spoilings(base, rule, kind, version)
        of_family = families if next(each for each in RULES if each.name == rule).hooks[0] in families else ()
        for seed in range(min(3, len(faults))):
            spoiled = spoiled_with(document, Random(seed).choice(faults), rule, kind, version)  # noqa: S311 (no secret)
            if rule == "duplicate-key":
                continue  # of which the text alone has both
            found = check_document(Document(spoiled.document, Origin("x"), kind, version), families=of_family)
            places = [(each.rule, each.pointer) for each in found]
            assert (rule, spoiled.pointer) in places if of_family else places == [(rule, spoiled.pointer)], spoiled.text
            planted += 1
    assert planted > 20
