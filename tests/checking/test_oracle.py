"""The models of azure-mgmt-compute and azure-mgmt-hybridcompute read documents, know their members and write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from checkout import CONFORMANT, PAGE
from hypothesis import Phase, given, settings
from needs import MODELS
from oracle import fields, is_kept, objects, offered, others, paths, problems, read, round_trip

from instanceview.generating.scenarios import scenario, scenarios, since
from instanceview.generating.variants import fullest
from instanceview.tables.descent import element_at
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KINDS, MACHINES
from instanceview.testing.strategies import instance_views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.literals import ApiVersion, KindName

# No model has the members that only the page has.
PAGE_ONLY = {".platformUpgradeDomain is unknown", ".windowsConfiguration is unknown"}
FEWEST = 10
"""Kinds beside machines with a model in each release: the newest one has no cloud services, an old one no blocks."""
SCOPES = [(kind, version) for version in offered() for kind in MACHINES]

if not SCOPES:
    pytest.skip(MODELS, allow_module_level=True)


def documented(kind: KindName, api_version: ApiVersion, path: str) -> set[str]:
    """Return the members that the definitions list at an object."""
    element = element_at(tree(kind), tuple(path.split(".")) if path else ())
    assert element is not None
    names = element.names_at(api_version)
    return {name for name in names if element.children[name].member.basis != ("page",)}


def samples(kind: KindName, api_version: ApiVersion) -> Iterator[dict[str, Any]]:
    for path in sorted(path for folder in (CONFORMANT, PAGE) for path in (folder / api_version).glob("*.json")):
        # The page's own sample has placeholders for times, which the models refuse.
        if kind == max((each for each in KINDS if path.name.startswith(f"{each}-")), key=len, default=None):
            yield json.loads(path.read_bytes())


@pytest.mark.parametrize(("kind", "api_version"), SCOPES)
def test_models_and_tables_have_the_same_members(kind: KindName, api_version: ApiVersion) -> None:
    document = fullest(kind, api_version)
    for path, _, model in objects(document, read(document, kind, api_version)):
        assert set(fields(model)) == documented(kind, api_version, path), path


@pytest.mark.parametrize(("kind", "api_version"), [*SCOPES, *others()])
def test_no_member_of_a_scenario_or_sample_is_lost_or_unknown(kind: KindName, api_version: ApiVersion) -> None:
    told = [name for name in scenarios() if since(name, kind) <= api_version]
    documents = [scenario(name, kind=kind, api_version=api_version, seed=1, vary=True) for name in told]
    for document in (fullest(kind, api_version), *documents, *samples(kind, api_version)):
        assert set(problems(document, kind, api_version)) <= PAGE_ONLY


@pytest.mark.parametrize(("kind", "api_version"), others())
def test_a_document_is_written_as_it_was_read(kind: KindName, api_version: ApiVersion) -> None:
    for document in (fullest(kind, api_version), *samples(kind, api_version)):
        assert is_kept(document, round_trip(document, kind, api_version)), document


def test_each_kind_of_its_own_table_has_a_model_in_some_release() -> None:
    """`others` finds models by name: a release in which none has its name must not pass in silence."""
    assert len({kind for kind, _ in others()}) >= FEWEST


@pytest.mark.parametrize(("kind", "api_version"), SCOPES)
def test_no_member_of_a_drawn_document_is_lost_or_unknown(kind: KindName, api_version: ApiVersion) -> None:
    @settings(max_examples=20, deadline=None, database=None, phases=[Phase.generate])
    @given(instance_views(kind, api_version))
    def kept(document: dict[str, Any]) -> None:
        assert problems(document, kind, api_version) == []

    kept()


@pytest.mark.parametrize(("kind", "api_version"), SCOPES)
def test_a_member_that_is_not_documented_is_unknown_to_the_model(kind: KindName, api_version: ApiVersion) -> None:
    document = {**fullest(kind, api_version), "internalData": {}}
    assert problems(document, kind, api_version) == [".internalData is unknown"]
    assert "internalData" not in paths(document, kind, api_version)
