"""The words of states and the census behind their reasons, from `schemas/states.yaml`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.tables.catalog import tables_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Words(NamedTuple):
    """The words of a facet: what they are, those of the vocabulary, and the others.

    Inner words are those of codes that are read, and no facet says them.
    """

    about: str
    coded: tuple[str, ...]
    others: tuple[str, ...]
    is_inner: bool = False

    def all(self) -> tuple[str, ...]:
        """Return every word once."""
        return tuple(dict.fromkeys([*self.coded, *self.others]))


def words_of(content: Mapping[str, Any]) -> dict[str, Words]:
    """Return the words of each facet by the name of their type; `content` is that of `tables.json`."""
    return {name: _words(content, row) for name, row in content["states"]["words"].items()}


def _words(content: Mapping[str, Any], row: Mapping[str, Any]) -> Words:
    coded: list[str] = []
    if "code" in row:
        coded += _states(content, row["code"])
    if "member" in row:
        table, member = row["member"]
        coded += content["tables"][table]["members"][member]["values"]
    kept = [word for word in coded if word not in row.get("without", ())]
    return Words(row["about"], tuple(kept), tuple(row.get("also", ())), row.get("inner", False))


def _states(content: Mapping[str, Any], place: Sequence[str]) -> dict[str, Any]:
    """Return the rows of the states at a place, an element of machines, in a category."""
    element, category = place
    rows = content["statusCodes"]["places"]
    return {
        state: of
        for row in rows
        if row["element"] == element and "vm" in row["kinds"]
        for state, of in row["categories"][category].items()
    }


@cache
def spellings(name: str) -> dict[str, str]:
    """Return the words of a facet as the vocabulary spells them, by folded word.

    >>> spellings("HandlerWord")["notready"]
    'NotReady'
    """
    words = words_of(tables_json())[name]
    return {word.lower(): word for word in reversed(words.all())}


@cache
def details(name: str) -> dict[tuple[str, str], str]:
    """Return the details of a facet's codes as the vocabulary spells them, by word and folded detail.

    >>> details("ProvisioningWord")["creating", "osprovisioningcomplete"]
    'osProvisioningComplete'
    """
    row = tables_json()["states"]["words"][name]
    states = _states(tables_json(), row["code"]) if "code" in row else {}
    return {(word, detail.lower()): detail for word, of in states.items() for detail in of.get("details", ())}


@cache
def power_rows() -> dict[str, tuple[str, bool]]:
    """Return Azure's name of each power state, and whether compute is billed in it.

    >>> power_rows()["stopped"]
    ('Stopped (Allocated)', True)
    """
    return {word: (row["displayName"], row["billed"]) for word, row in tables_json()["states"]["power"].items()}


@cache
def codes_by_portal_name() -> dict[str, tuple[str, ...]]:
    """Return the codes of a power state by Azure's name of it, where that is not just the word of the state.

    >>> codes_by_portal_name()["Stopped (Allocated)"]
    ('PowerState/stopped',)
    """
    rows = tables_json()["states"]["power"].items()
    named = [(row["displayName"], word, tuple(row.get("codes", [f"PowerState/{word}"]))) for word, row in rows]
    return {name: codes for name, word, codes in named if name.lower() != word}


class Census(NamedTuple):
    """How many captured things show something, of how many."""

    number: int
    total: int
    things: str

    def __str__(self) -> str:
        """Return the count in words, such as `5 of 2,505 captured VMs`."""
        return f"{self.number:,} of {self.total:,} captured {self.things}"


@cache
def census() -> dict[str, Census]:
    """Return the counts of captures by name.

    >>> str(census()["no_power_state"])
    '5 of 2,505 captured VMs'
    """
    states = tables_json()["states"]
    totals = states["totals"]
    return {
        name: Census(row["count"], totals[row["of"]]["count"], totals[row["of"]]["things"])
        for name, row in states["census"].items()
    }
