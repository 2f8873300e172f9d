"""The status-code vocabulary as values: the categories and states that are known at each place."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.tables.catalog import tables_json
from instanceview.tables.kinds import MACHINE_VALUES, MACHINES
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode

if TYPE_CHECKING:
    from collections.abc import Mapping


BARE = "ErrorCode"
"""The vocabulary's name for the category of bare error codes; no document has this word."""
_LONGEST = 200
"""Characters of a code that is cached: captured ones have 79 at most, and a stranger's may take a megabyte each."""


class State(NamedTuple):
    """One state of a category at a place: its usual level and texts, and the evidence.

    `level` is empty if nothing shows one. `captures` is the number of captured documents that hold the code. `details`
    are the known third segments, which narrow the state down, by folded name. `time` is `always`, `sometimes`, `never`
    or empty; `time_of` is the moment that it means. `numbered` is the meaning of a number after the state, if it is
    known, and `numbers` are some that occur. `components` are those that have it, if not any. `spellings` are the state
    in other case, as captured too.
    """

    name: str
    about: str
    basis: tuple[str, ...]
    level: str
    texts: tuple[str, ...]
    captures: int
    details: Mapping[str, State]
    time: str = ""
    time_of: str = ""
    numbered: State | None = None
    spellings: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    components: tuple[str, ...] = ()

    def all_texts(self) -> frozenset[str]:
        """Return the folded texts of this state, those of its details included."""
        details = (text for detail in self.details.values() for text in detail.texts)
        return frozenset(text.lower() for text in (*self.texts, *details))


class Category(NamedTuple):
    """A category at a place: its usual spelling and its states by folded name."""

    name: str
    states: Mapping[str, State]


@cache
def categories_by_element(kind: str) -> dict[str, dict[str, Category]]:
    """Return the categories known at each place of a kind, by element path and by folded name.

    >>> categories_by_element("vm")["vmAgent.statuses"]["provisioningstate"].states["unavailable"].level
    'Warning'
    """
    rows = tables_json()["statusCodes"]["places"]
    return {row["element"]: _categories(row["categories"]) for row in rows if kind in row["kinds"]}


def _categories(rows: dict[str, Any]) -> dict[str, Category]:
    return {
        name.lower(): Category(name, {state.lower(): _state_of_row(state, row) for state, row in states.items()})
        for name, states in rows.items()
    }


def _state_of_row(name: str, row: dict[str, Any]) -> State:
    level, time, time_of = (row.get(key, "") for key in ("level", "time", "timeOf"))
    numbered = row.get("numbered")
    # A detail has a level and a time of its own only where they differ.
    inherited = {"level": level, "time": time, "timeOf": time_of}
    return State(
        name=name,
        about=row["about"],
        basis=tuple(row["basis"]),
        level=level,
        texts=tuple(row.get("displayStatus", ())),
        captures=row.get("captures", 0),
        time=time,
        time_of=time_of,
        details={each.lower(): _state_of_row(each, {**inherited, **of}) for each, of in row.get("details", {}).items()},
        numbered=_state_of_row(name, {**inherited, **numbered}) if numbered else None,
        spellings=tuple(row.get("spellings", ())),
        numbers=tuple(row.get("numbers", ())),
        components=tuple(row.get("components", ())),
    )


@cache
def categories() -> dict[str, str]:
    """Return the usual spelling of every category in documents, by folded name."""
    return {name.lower(): name for name in tables_json()["statusCodes"]["categories"] if name != BARE}


@cache
def categories_of(kind: str) -> tuple[str, ...]:
    """Return the usual spelling of the categories that a machine document of any kind has, of all for another kind."""
    rows = tables_json()["statusCodes"]["places"]
    here = {
        name
        for row in rows
        if kind not in MACHINES or not MACHINE_VALUES.keys().isdisjoint(row["kinds"])
        for name in row["categories"]
    }
    return tuple(name for name in categories().values() if name in here)


def parsed(code: str) -> StatusCode | None:
    """Return a parsed status code, None for a malformed or bare one; codes repeat, so each is parsed once."""
    return _remembered(code) if len(code) <= _LONGEST else _parse(code)


@lru_cache(maxsize=1 << 12)  # as many as the vocabulary has, ten times: a stranger may write any number
def _remembered(code: str) -> StatusCode | None:
    return _parse(code)


def _parse(code: str) -> StatusCode | None:
    try:
        return StatusCode.parse(code)
    except MalformedStatusCodeError:
        return None


def known_state(categories_here: Mapping[str, Category], text: str) -> State | None:
    """Return the vocabulary's entry for a code at a place with its detail, None if it is not known there.

    A number after a state belongs to the state, unless the vocabulary has an entry for numbers. A bare error code is
    known where the place has such codes.

    >>> here = categories_by_element("vm")["statuses"]
    >>> [state and state.name for state in (known_state(here, "provisioningstate/failed/allocationfailed"),)]
    ['AllocationFailed']
    >>> known_state(here, "PowerState/flying"), known_state(here, "ProvisioningState/failed/Tired")
    (None, None)
    """
    code = parsed(text)
    if code is None:
        bare = categories_here.get(BARE.lower())
        return bare.states.get(text.lower()) if bare else None
    state = state_of(categories_here, code)
    if state is None or not code.detail:
        return state
    if code.detail.lstrip("-").isdecimal():
        return state.details.get(code.detail) or state.numbered or state
    return state.details.get(code.detail.lower())


def state_of(categories_here: Mapping[str, Category], code: StatusCode) -> State | None:
    """Return the vocabulary's entry for a code at a place, None if it is not known there."""
    category = categories_here.get(code.category.lower())
    return category.states.get(code.state.lower()) if category else None
