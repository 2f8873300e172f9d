"""The strategy of documents with exactly one fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from instanceview.spoil import Spoiled, made, scopes, spoilings
from instanceview.spoilers import SPOILERS
from instanceview.strategies.documents import instance_views

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy


def spoiled_instance_views(rule: str | None = None) -> SearchStrategy[Spoiled]:
    """Return a strategy of conforming documents with one fault, of all kinds and api-versions that can have it.

    Judging the text of the drawn value at its kind and api-version gives exactly one finding, of its rule at its
    pointer. Without `rule`, the rule is drawn too. Raises UnknownNameError for an unknown rule, CannotSpoilError for
    one that no single document can break (`instanceview.spoilers.UNDRAWN`); both are ValueErrors.
    """
    rules = SPOILERS if rule is None else (rule,)
    return st.one_of([_spoiled(each, st.sampled_from(scopes(each))) for each in rules])


@st.composite
def _spoiled(draw: DrawFn, rule: str, of: SearchStrategy[tuple[str, str]]) -> Spoiled:
    kind, api_version = draw(of)
    document = draw(instance_views(kind, api_version))
    base, faults = spoilings(document, rule, kind, api_version)
    return made(base, draw(st.sampled_from(faults)), rule, kind, api_version)
