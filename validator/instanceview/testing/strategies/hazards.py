"""The strategy of hazard documents."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from instanceview.generating.hazards import able, hazard
from instanceview.generating.machine import MOST

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from instanceview.literals import ApiVersion, KindName


@cache
def hazard_documents(kind: KindName, api_version: ApiVersion) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy of every hazard that a kind and api-version can have; it shrinks to a document as written."""
    names = st.sampled_from(able(kind, api_version))
    return st.builds(hazard, names, kind=st.just(kind), api_version=st.just(api_version), seed=st.integers(0, MOST))
