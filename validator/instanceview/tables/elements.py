"""The element tables as values: one tree of elements for each kind, and a walk over a document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.model.names import fold
from instanceview.tables.catalog import ANY_NAME, tables_json
from instanceview.tables.kinds import KIND_VALUES, MACHINE_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.places.spans import Path

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


def line_of(kind: str, path: str) -> tuple[Element, ...]:
    """Return the elements from the document down to a dotted path, as far as they are documented.

    >>> [element.path for element in line_of("vm", "vmAgent.noSuchMember")]
    ['', 'vmAgent']
    """
    return tuple(_down(tree(kind), path.split(".")))


def is_element(kind: str, path: str) -> bool:
    """Return whether some api-version documents an element in a kind.

    >>> is_element("vmss", "statuses.code"), is_element("vmss", "vmAgent")
    (True, False)
    """
    return line_of(kind, path)[-1].path == path


def element_at(root: Element, path: Path) -> Element | None:
    """Return the element of the value at a path in a document, None if no api-version documents it."""
    names = [step for step in path if isinstance(step, str)]
    *_, last = line = list(_down(root, names))
    return last if len(line) > len(names) else None


def _down(element: Element, names: list[str]) -> Iterator[Element]:
    yield element
    for name in names:
        if name not in element.children:
            return
        element = element.children[name]
        yield element


def walk(root: Element, api_version: str, body: object) -> Iterator[tuple[Path, Element, object]]:
    """Yield (path, element, value) of the document and of each documented member and item in it, in document order.

    The items of an array have its element. A value of another type than its element's is yielded, but not entered.
    """
    yield from _walk((), root, api_version, body)


def _walk(path: Path, element: Element, api_version: str, value: object) -> Iterator[tuple[Path, Element, object]]:
    yield path, element, value
    is_item = bool(path) and isinstance(path[-1], int)
    if isinstance(value, dict) and (is_item or element.member.type != "array"):
        for name, item in value.items():
            child = element.children.get(name)
            if child is not None and child.documented_at(api_version):
                yield from _walk((*path, name), child, api_version, item)
    elif isinstance(value, list) and element.member.type == "array" and not is_item:
        for index, item in enumerate(value):
            yield from _walk((*path, index), element, api_version, item)


def below(element: Element) -> Iterator[Element]:
    """Yield every element below an element, in document order."""
    for child in element.children.values():
        yield child
        yield from below(child)


@cache
def text_at_page(kind: str, api_version: str) -> frozenset[str]:
    """Return the paths of the numbers of a kind that a documentation page of an api-version writes as decimal text.

    >>> sorted(text_at_page("vmss", "2016-04-30-preview")), sorted(text_at_page("vmss", "2016-03-30"))
    (['extensions.statusesSummary.count', 'virtualMachine.statusesSummary.count'], [])
    """
    return frozenset(element.path for element in below(tree(kind)) if element.member.text_at == api_version)


def elements_of(kinds: Iterable[str]) -> dict[str, Element]:
    """Return the elements of some kinds by path; where several kinds have a path, the last one's element."""
    return {element.path: element for kind in kinds for element in below(tree(kind))}
