"""Strategies of parts: api-versions, status codes and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from instanceview.generating import known as vocabulary
from instanceview.generating.machine import LAST, Machine, guests
from instanceview.generating.states import statuses_of
from instanceview.generating.texts import of_kind
from instanceview.generating.times import clock
from instanceview.model.names import known
from instanceview.tables.catalog import api_versions as all_api_versions
from instanceview.tables.kinds import KINDS
from instanceview.tables.vocabulary import categories_by_element

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from instanceview.literals import ApiVersion, KindName


def api_versions() -> SearchStrategy[ApiVersion]:
    """Return a strategy of the api-versions that define instance views; it shrinks to the newest."""
    return st.sampled_from(all_api_versions()[::-1])


def status_codes() -> SearchStrategy[str]:
    """Return a strategy of the status codes that are known at any place, including bare error codes.

    Source: schemas/status-codes.yaml.
    """
    codes = (
        each.code
        for kind in KINDS
        for element in categories_by_element(kind)
        for each in vocabulary.known_codes(kind, element)
    )
    return st.sampled_from(tuple(dict.fromkeys(codes)))


def statuses(element: str, kind: KindName | None = None) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy of single statuses of an element, such as `vmAgent.statuses`.

    Code, level, text and time agree. Without `kind`, it is the first kind whose element has statuses; summaries have
    none. Raises UnknownNameError, a ValueError, for an element without statuses, with the nearest that has some.
    """
    kinds = KINDS if kind is None else (known("kind", kind, KINDS),)
    found = {
        place: each
        for each in reversed(kinds)
        for place in categories_by_element(each)
        if not place.endswith("Summary")
    }
    of = found[known("element with statuses", element, tuple(found))]
    ways = [way for code in vocabulary.known_codes(of, element) for way in statuses_of(of, element, code.code)]
    machines = st.integers(1, LAST).map(lambda ended: Machine(ended=ended))
    return st.builds(_filled, st.sampled_from(ways), st.just(of_kind(of, element)), machines)


def _filled(status: dict[str, Any], element: str, machine: Machine) -> dict[str, Any]:
    time = clock(machine, all_api_versions()[-1], guests()[0]).text(f"{element}.time")
    return {name: time if name == "time" else machine.fill(text) for name, text in status.items()}
