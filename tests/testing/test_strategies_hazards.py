"""The strategies draw every hazard that a kind can have, and nothing else where hazards are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hazards import FACTS
from hypothesis import Phase, find, given, settings

from instanceview import check
from instanceview.generating import ScenarioError, hazard
from instanceview.generating.hazards import able, hazards
from instanceview.tables.catalog import api_versions
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import MACHINES
from instanceview.testing.strategies import instance_views

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName

NEWEST, OLDEST = api_versions()[-1], api_versions()[0]
SMALLEST = settings(database=None, derandomize=True, max_examples=400)


@pytest.mark.parametrize("kind", MACHINES)
@pytest.mark.parametrize("api_version", [OLDEST, NEWEST])
def test_a_drawn_hazard_has_neither_error_nor_warning(kind: KindName, api_version: ApiVersion) -> None:
    known = {hazards()[name].fact for name in able(kind, api_version)}

    @settings(max_examples=60, deadline=None, database=None, phases=[Phase.generate])
    @given(instance_views(kind, api_version, hazards=True))
    def conforms(document: dict[str, Any]) -> None:
        found = check(document, kind=kind, api_version=api_version).findings
        assert [each for each in found if each.severity.value != "note"] == []
        assert "" in known or any(FACTS[fact](document) for fact in known)

    conforms()


@pytest.mark.parametrize("kind", FAMILY)
def test_hazards_of_a_kind_that_has_none_are_refused(kind: KindName) -> None:
    with pytest.raises(ScenarioError, match=f"no hazard is known for {kind} documents; use vmss-vm, vm or vmss"):
        instance_views(kind, hazards=True)


HAZARDS = {name: kind for kind in MACHINES for name in able(kind, NEWEST)}
"""Each hazard with one of the kinds that can have it: the strategies of all kinds draw by the same code."""


@pytest.mark.parametrize(("name", "kind"), HAZARDS.items())
def test_each_hazard_is_drawn_and_shrinks_to_the_document_as_written(name: str, kind: KindName) -> None:
    seeds = [hazard(name, kind=kind, api_version=NEWEST, seed=seed) for seed in range(1000)]
    drawn = find(instance_views(kind, hazards=True), seeds.__contains__, settings=SMALLEST)
    assert drawn == seeds[0]


@pytest.mark.parametrize("choice", [{"hazards": "yes"}, {"hazards": ["hibernated"]}, {"realistic": 0}])
def test_a_choice_is_true_or_false(choice: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="takes True or False; found "):
        instance_views(**choice)
