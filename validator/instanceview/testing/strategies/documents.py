"""The strategies of documents: hypothesis-jsonschema draws from a variant, then `agree` or `conform` mends it."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from instanceview.generating.agree import agree
from instanceview.generating.conform import conform, unshared
from instanceview.generating.hazards import able, hazard
from instanceview.generating.machine import LAST, MOST, NAMES, OFFSETS, Machine, guests
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import Spoiled, scopes, spoiled_with, spoilings
from instanceview.generating.variants import variant
from instanceview.model.names import UnknownNameError, flag, known
from instanceview.model.text import quote
from instanceview.tables.catalog import version_of, versions_of
from instanceview.tables.kinds import KINDS
from instanceview.testing.strategies.nodes import node_strategy

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from instanceview.literals import ApiVersion, KindName, RuleName

# Each draw costs as much as a member, so that the offset and the report that stays are one draw.
_MACHINES = st.tuples(
    st.sampled_from(NAMES),
    st.integers(0, MOST),
    st.integers(0, len(guests()) - 1),
    st.integers(1, LAST),
    st.sampled_from(tuple(product(OFFSETS, (False, False, False, False, False, True)))),
).map(lambda drawn: Machine(*drawn[:4], *drawn[4]))
# Members that nearly every captured document has if its api-version has them; others are drawn half of the time.
_USUAL = {"disks", "computerName", "osName", "osVersion", "hyperVGeneration"}
_USUALLY = st.sampled_from((False,) + (True,) * 31)
_SEEN = 12
"""The number of documents with only captured members and states, for each that may have others at one member."""


def instance_views(
    kind: KindName = KINDS[0],
    api_version: ApiVersion | None = None,
    *,
    realistic: bool = True,
    hazards: bool = False,
) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy of documents that conform: they have no error and no warning at this kind and api-version.

    `api_version` defaults to the newest. Realistic documents show one machine or scale set, with codes, levels, texts,
    power states, times, versions and placement as captured ones combine them. Members and states that no capture shows
    come one at a time. Their one note is that of a deallocated machine with a placement group, which nearly all
    captures have. Other documents have any text, number, time and known code, may lack any member, and have no finding.
    With `hazards`, they are only hazard documents, which mislead readers: see `instanceview.generating.hazard`. `|`
    mixes both. Raises UnknownNameError with the nearest known name, and ScenarioError for hazards of a kind
    that has none: both are ValueErrors. Raises TypeError for realistic or hazards that are not True or False.
    """
    known("kind", kind, KINDS)
    version = known("api-version", version_of(kind, api_version), versions_of(kind))
    if flag("hazards", hazards):
        return _hazards(kind, version)
    return _documents(kind, version, realistic=flag("realistic", realistic))


@cache
def _hazards(kind: KindName, api_version: ApiVersion) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy of every hazard that a kind and api-version can have; it shrinks to a document as written."""
    names = st.sampled_from(able(kind, api_version))
    return st.builds(hazard, names, kind=st.just(kind), api_version=st.just(api_version), seed=st.integers(0, MOST))


@cache
def _documents(kind: str, api_version: str, *, realistic: bool) -> SearchStrategy[dict[str, Any]]:
    if realistic:
        return st.builds(agree, _realistic(kind, api_version), st.just(kind), st.just(api_version), _MACHINES)
    drawn = node_strategy(variant(kind, api_version, realistic=False))
    return drawn.map(lambda document: _conforming(document, kind, api_version))


@st.composite
def _realistic(draw: DrawFn, kind: str, api_version: str) -> dict[str, Any]:
    """Draw a document of members and states that captures show, except for at most one member, which may have others.

    A failure then has one unusual cause. A VM that may have failed has no extensions, since they could be the reason.
    """
    whole = variant(kind, api_version, realistic=True)
    seen = variant(kind, api_version, realistic=True, seen=True)["properties"]
    unusual = draw(_unusual(kind, api_version))
    drawn = {}
    for name in whole["properties"]:
        if name == unusual:
            drawn[name] = draw(_member(kind, api_version, name, seen=False))
        elif name in seen and (name in whole["required"] or draw(_USUALLY if name in _USUAL else st.booleans())):
            drawn[name] = draw(_member(kind, api_version, name, seen=True))
    if unusual == "statuses":
        drawn.pop("extensions", None)
    return drawn


@cache
def _member(kind: str, api_version: str, name: str, *, seen: bool) -> SearchStrategy[Any]:
    return node_strategy(variant(kind, api_version, realistic=True, seen=seen)["properties"][name])


@cache
def _unusual(kind: str, api_version: str) -> SearchStrategy[str]:
    """Return a strategy of members that may have more than captures show; most draws are empty, for no such member."""
    whole = variant(kind, api_version, realistic=True)["properties"]
    seen = variant(kind, api_version, realistic=True, seen=True)["properties"]
    unusual = [name for name in whole if whole[name] != seen.get(name) for _ in range(3 if name == "statuses" else 1)]
    return st.sampled_from(("",) * _SEEN + tuple(unusual))


def _conforming(document: dict[str, Any], kind: str, api_version: str) -> dict[str, Any]:
    body = unshared(document)
    conform(body, kind, api_version)
    return body


def spoiled_instance_views(rule: RuleName | None = None) -> SearchStrategy[Spoiled]:
    """Return a strategy of conforming documents with one fault, at all kinds and api-versions that can have it.

    A check of the text of the drawn value, at its kind and api-version, has exactly one finding, of its rule at its
    pointer. Without `rule`, the rule is drawn too. Raises UnknownNameError for an unknown rule, CannotSpoilError for
    one that no single document can break (`instanceview.generating.spoilers.UNDRAWN`); both are ValueErrors.
    """
    if str(rule) in KINDS:  # for callers without a type checker
        message = f"{quote(rule)} is a kind; spoiled_instance_views takes a rule, and draws documents of every kind"
        raise UnknownNameError(message)
    rules = SPOILERS if rule is None else (rule,)
    return st.one_of([_spoiled(each, st.sampled_from(scopes(each))) for each in rules])


@st.composite
def _spoiled(draw: DrawFn, rule: str, of: SearchStrategy[tuple[KindName, ApiVersion]]) -> Spoiled:
    kind, api_version = draw(of)
    document = draw(instance_views(kind, api_version))
    base, faults = spoilings(document, rule, kind, api_version)
    return spoiled_with(base, draw(st.sampled_from(faults)), rule, kind, api_version)
