"""The status-code vocabulary as values: which categories and states each place is known to hold."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.catalog import tables
from instanceview.status_code import MalformedStatusCodeError, StatusCode

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(NamedTuple):
    """One state of a category at a place: its usual level and texts, and the evidence.

    `level` is empty where nothing shows one; `numbered_level` is the level where a number follows the state;
    `captures` counts the captured documents that hold the code.
    """

    name: str
    about: str
    basis: tuple[str, ...]
    level: str
    numbered_level: str
    texts: tuple[str, ...]
    captures: int


class Category(NamedTuple):
    """A category at a place: its usual spelling and its states by folded name."""

    name: str
    states: Mapping[str, State]


@cache
def places(kind: str) -> dict[str, dict[str, Category]]:
    """Return, by element path, the categories known at each place of a kind, by folded name.

    >>> places("vm")["vmAgent.statuses"]["provisioningstate"].states["unavailable"].level
    'Warning'
    """
    rows = tables()["statusCodes"]["places"]
    return {row["element"]: _categories(row["categories"]) for row in rows if kind in row["kinds"]}


def _categories(rows: dict[str, Any]) -> dict[str, Category]:
    return {
        name.lower(): Category(name, {state.lower(): _state(state, row) for state, row in states.items()})
        for name, states in rows.items()
    }


def _state(name: str, row: dict[str, Any]) -> State:
    level = row.get("level", "")
    return State(
        name=name,
        about=row["about"],
        basis=tuple(row["basis"]),
        level=level,
        numbered_level=row.get("numbered", {}).get("level", level),
        texts=tuple(row.get("displayStatus", ())),
        captures=row.get("captures", 0),
    )


@cache
def categories() -> dict[str, str]:
    """Return every category that the documents use, by folded name, in its usual spelling."""
    return {name.lower(): name for name in tables()["statusCodes"]["categories"]}


@cache
def parsed(code: str) -> StatusCode | None:
    """Return a status code taken apart, None for a malformed or bare one; codes repeat, so each is parsed once."""
    try:
        return StatusCode.parse(code)
    except MalformedStatusCodeError:
        return None


def state_of(categories_here: Mapping[str, Category], code: StatusCode) -> State | None:
    """Return the vocabulary's entry for a code at a place, None when it is not known there."""
    category = categories_here.get(code.category.lower())
    return category.states.get(code.state.lower()) if category else None
