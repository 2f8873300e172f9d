"""Every rule has a spoiler or a reason for none, and only its rule finds the fault of a spoiler."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings

from instanceview import check_text
from instanceview.checking.check import check_document
from instanceview.checking.engines import ENGINES
from instanceview.generating.scenarios import scenario
from instanceview.generating.spoilers import SPOILERS, UNDRAWN
from instanceview.generating.spoiling import CannotSpoilError, Spoiled, scopes, spoil
from instanceview.generating.variants import fullest
from instanceview.model.document import Document, Origin
from instanceview.model.names import UnknownNameError
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.rules import RULES
from instanceview.tables.catalog import versions_of
from instanceview.tables.kinds import KINDS, MACHINES
from instanceview.testing.strategies import spoiled_instance_views

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName, RuleName

NAMES = [rule.name for rule in RULES]
DRAWN = 25  # for each rule; 200 were tried when the spoilers were written
OLD: ApiVersion = "2015-06-15"
NEWEST = versions_of("vm")[-1]
QUICKLY = {(kind, version) for kind in MACHINES for version in versions_of(kind)} | {
    (kind, version) for kind in KINDS for version in (versions_of(kind)[0], versions_of(kind)[-1])
}
"""Each kind at its oldest and newest api-version, those of machines at every one."""


def test_every_rule_has_a_spoiler_or_a_reason_for_having_none() -> None:
    covered = {*SPOILERS, *UNDRAWN}
    missing = [name for name in NAMES if name not in covered]
    assert missing == [], (
        f"{missing}: write a spoiler and name it in generating.spoilers.SPOILERS, or say in UNDRAWN why no single "
        "document can have exactly that fault"
    )
    assert sorted(covered - set(NAMES)) == [], "no such rule"
    assert not SPOILERS.keys() & UNDRAWN.keys()
    assert [name for name in NAMES if name in SPOILERS] == list(SPOILERS), "the reading order of the rules"


def findings(spoiled: Spoiled, engine: str) -> list[tuple[str, str]]:
    if spoiled.kind not in MACHINES and engine == ENGINES[0]:  # a fault may leave nothing that says the kind
        report = check_text(spoiled.text, kind=spoiled.kind, api_version=spoiled.api_version)
        return [(each.rule, each.pointer) for each in report.findings]
    (document, *_) = read(stream_of(spoiled.text.encode()), Origin("spoiled.json"))
    if not isinstance(document, Document):
        document = Document(spoiled.document, Origin("spoiled.json"))
    found = check_document(document._replace(kind=spoiled.kind, api_version=spoiled.api_version), engine_name=engine)
    return [(each.rule, each.pointer) for each in found]


@pytest.mark.parametrize("rule", SPOILERS)
def test_a_drawn_fault_is_found_by_its_rule_at_its_pointer_and_nothing_else_is(rule: RuleName) -> None:
    @settings(max_examples=DRAWN, deadline=None, database=None, phases=[Phase.generate])
    @given(spoiled_instance_views(rule))
    def found(spoiled: Spoiled) -> None:
        assert spoiled.rule == rule
        for engine in ENGINES:
            assert findings(spoiled, engine) == [(rule, spoiled.pointer)]

    found()


@settings(max_examples=40, deadline=None, database=None, phases=[Phase.generate])
@given(spoiled_instance_views())
def test_a_fault_of_any_rule_is_found(spoiled: Spoiled) -> None:
    assert findings(spoiled, "compiled") == [(spoiled.rule, spoiled.pointer)]


@pytest.mark.parametrize("rule", SPOILERS)
def test_any_document_that_can_have_a_fault_is_given_it(rule: RuleName) -> None:
    for kind, version in (each for each in scopes(rule) if each in QUICKLY):
        usual = scenario(kind=kind, api_version=version)
        for document in ({}, fullest(kind, version)) if kind in MACHINES else (usual,):
            before = json.dumps(document)
            spoiled = spoil(document, rule, Random(version), kind=kind, api_version=version)  # noqa: S311 (no cipher)
            assert findings(spoiled, "compiled") == [(rule, spoiled.pointer)], (kind, version, spoiled.text)
            assert json.dumps(document) == before


def test_every_kind_and_api_version_is_among_those_that_are_spoiled() -> None:
    assert {scope for rule in SPOILERS for scope in scopes(rule)} == {(k, v) for k in KINDS for v in versions_of(k)}


def test_a_repeated_key_is_in_the_text_alone() -> None:
    spoiled = spoil({"platformFaultDomain": 2}, "duplicate-key", Random(0), kind="vm", api_version=OLD)  # noqa: S311
    assert spoiled.document == {"platformFaultDomain": 2}
    assert spoiled.text.count('"platformFaultDomain": 2') == 2


def test_equal_seeds_spoil_equally_and_others_otherwise() -> None:
    document = scenario()
    texts = [
        spoil(document, "wrong-type", Random(seed), kind="vmss-vm", api_version="2024-07-01").text  # noqa: S311
        for seed in (1, 1, 2)
    ]
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize(
    ("rule", "kind", "version", "error", "text"),
    [
        ("wrong-tpye", "vm", OLD, UnknownNameError, 'unknown rule "wrong-tpye"; did you mean "wrong-type"?'),
        (
            "missing-element",
            "vm",
            OLD,
            CannotSpoilError,
            (
                f'no vm document at {OLD} can have the fault "missing-element"; '
                f"use an api-version from 2017-03-30 to {NEWEST}"
            ),
        ),
        (
            "summary-count",
            "vm",
            OLD,
            CannotSpoilError,
            f'no vm document at {OLD} can have the fault "summary-count"; use vmss',
        ),
    ],
)
def test_what_cannot_be_spoiled_says_what_can(
    rule: RuleName, kind: KindName, version: ApiVersion, error: type[ValueError], text: str
) -> None:
    with pytest.raises(error) as raised:
        spoil({}, rule, Random(0), kind=kind, api_version=version)  # noqa: S311
    assert str(raised.value).startswith(text)


@pytest.mark.parametrize("rule", [*UNDRAWN, "no-such-rule"])
def test_a_rule_without_a_spoiler_is_refused_at_once(rule: RuleName) -> None:
    with pytest.raises(ValueError, match="unknown rule" if rule not in UNDRAWN else "can have only the fault"):
        spoiled_instance_views(rule)
