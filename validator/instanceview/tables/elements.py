"""The element tables as values: the rows of each, and one tree of elements for each kind of document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.model.names import fold
from instanceview.tables.catalog import ANY_NAME, tables_json
from instanceview.tables.kinds import KIND_VALUES, MACHINE_VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping


OLDEST = ""
"""An api-version before all others, since api-versions compare as text."""
NEWEST = "~"
"""An api-version after all others: no letter and no digit of ASCII is after this sign."""


class Member(NamedTuple):
    """One row of an element table: a documented member of an object.

    `type` is a JSON type, or `any`; `format` is `int32`, `double`, `date-time`, `status-code`, `bare-code` or empty.
    `table` is the model of the object or of the items, `items` the type of the items where they are not objects; a text
    with a table is an object on a page. A number that is `signed` may be below 0. `values` are the documented values
    with the api-version of each, empty if it is as old as the member; `meanings` has a sentence on each. If `closed`,
    no other value is allowed; `observed_values` are those that only captures have. `text_at` is the api-version whose
    page writes the number as text; `instead` is the service's name of a member that only the page has. With
    `free_text`, people and programs write anything there. `captures` is the number of distinct real captures that hold
    the member.
    """

    about: str
    type: str
    basis: tuple[str, ...]
    format: str = ""
    table: str = ""
    values: Mapping[str, str] | None = None
    meanings: Mapping[str, str] | None = None
    closed: bool = False
    required: bool = False
    since: str = OLDEST
    until: str = NEWEST
    observed_since: str = ""
    text_at: str = ""
    instead: str = ""
    free_text: bool = False
    captures: int = 0
    items: str = ""
    signed: bool = False
    observed_values: tuple[str, ...] = ()

    def values_at(self, api_version: str) -> tuple[str, ...]:
        """Return the documented values at an api-version."""
        return tuple(value for value, since in (self.values or {}).items() if since <= api_version)


class Element(NamedTuple):
    """A member at its place in a kind of document, over all api-versions.

    `path` is the dotted path without indices, empty for the document; `since` and `until` take the holders'
    into account; `children` are the members of the object, or of the array's items.
    """

    path: str
    member: Member
    since: str
    until: str
    children: Mapping[str, Element]

    def documented_at(self, api_version: str) -> bool:
        """Return whether the element tables have this element at an api-version."""
        return self.since <= api_version <= self.until

    def names_at(self, api_version: str) -> tuple[str, ...]:
        """Return the names of the members documented here at an api-version, in document order."""
        return tuple(name for name, child in self.children.items() if child.documented_at(api_version))


@cache
def tree(kind: str) -> Element:
    """Return the element of a whole document of a kind, with every element of every api-version below it.

    >>> tree("vmss-vm").children["vmAgent"].children["statuses"].children["level"].member.values_at("2024-07-01")
    ('Info', 'Warning', 'Error')
    """
    model = KIND_VALUES[kind].model
    root = Member(about=tables_json()["tables"][model]["about"], type="object", basis=("service",))
    since = KIND_VALUES[kind].since
    return Element("", root, OLDEST, NEWEST, _children(model, "", since, NEWEST))


@cache
def root_names() -> frozenset[str]:
    """Return the names that some kind of machine document has at its root."""
    return frozenset(name for kind in MACHINE_VALUES.values() for name in members(kind.model))


@cache
def folded_root_names() -> frozenset[str]:
    """Return the names that some kind of machine document has at its root, as every spelling has them."""
    return frozenset(map(fold, root_names()))


@cache
def members(model: str) -> dict[str, Member]:
    """Return the rows of one element table by member name, in document order."""
    return {name: _member_of_row(row) for name, row in tables_json()["tables"][model]["members"].items()}


def _member_of_row(row: dict[str, Any]) -> Member:
    return Member(**{**row, "basis": tuple(row["basis"]), "observed_values": tuple(row.get("observed_values", ()))})


class _AnyName(dict[str, Element]):
    """The children of a map, which has one for members of any name."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str)

    def __missing__(self, name: str) -> Element:
        return super().__getitem__(ANY_NAME)

    def get(self, name: str, _default: object = None) -> Element:
        """Return the element of members of any name."""
        return self[name]


def _children(model: str, path: str, since: str, until: str) -> dict[str, Element]:
    children: dict[str, Element] = {} if ANY_NAME not in members(model) else _AnyName()
    for name, member in members(model).items():
        below = f"{path}.{name}" if path else name
        first, last = max(since, member.since), min(until, member.until)
        held = _children(member.table, below, first, last) if member.table else {}
        children[name] = Element(below, member, first, last, held)
    return children
