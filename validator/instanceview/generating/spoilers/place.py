"""A documented value of a document, for spoilers, and the fault that they make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from instanceview.generating.variants import expressible
from instanceview.tables.descent import walk
from instanceview.tables.elements import tree
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode
from instanceview.tables.vocabulary import Category, State, categories_by_element, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.places.spans import Path
    from instanceview.tables.elements import Element


class Again(str):
    """A key that an object has a second time: it is written as its text, and is equal only to itself."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class Fault(NamedTuple):
    """One fault: `value` is put at `where`, and the finding points at `at`."""

    at: Path
    where: Path
    value: Any


class Place(NamedTuple):
    """A documented value: its place, its row of the element tables, and the document around it."""

    kind: str
    api_version: str
    path: Path
    element: Element
    value: Any
    body: Any

    @property
    def is_item(self) -> bool:
        """True if this is an item of an array, or the document."""
        return not self.path or isinstance(self.path[-1], int)

    @property
    def members(self) -> dict[str, Any]:
        """The members of an object; none of any other value."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Any]:
        """The items of an array; none of any other value."""
        return self.value if isinstance(self.value, list) else []

    @property
    def codes(self) -> Mapping[str, Category]:
        """The categories known at this status, list of statuses, or member of a status."""
        here = categories_by_element(self.kind)
        return here.get(self.element.path) or here.get(self.element.path.rpartition(".")[0]) or {}

    @property
    def is_code(self) -> bool:
        """True if this is a status code, bare or not."""
        return self.element.member.format in {"status-code", "bare-code"}

    def code(self) -> StatusCode | None:
        """Return the status code that this is or that this status has, None for others and for bare ones."""
        text = self.value if self.is_code else self.members.get("code")
        try:
            return StatusCode.parse(text) if isinstance(text, str) else None
        except MalformedStatusCodeError:
            return None

    def state(self) -> State | None:
        """Return the state of the code in the vocabulary."""
        code = self.code()
        return state_of(self.codes, code) if code else None

    def replaced(self, value: object) -> Fault:
        """Return the fault that another value here is."""
        return Fault(self.path, self.path, value)

    def with_member(self, name: str, value: object) -> Fault:
        """Return the fault that a value at a member of this object is."""
        return Fault((*self.path, name), (*self.path, name), value)

    def may_hold(self, name: str) -> bool:
        """Return True if a conforming object may hold a member here."""
        child = self.element.children.get(name)
        return child is not None and expressible(self.kind, self.api_version, child)


Spoiler: TypeAlias = "Callable[[Place], Iterator[Fault]]"
"""A function that yields every fault of one place; exactly one rule finds each of them."""


def places_in(body: object, kind: str, api_version: str) -> Iterator[Place]:
    """Yield every documented place of a document, beginning with the document itself."""
    for path, element, value in walk(tree(kind), api_version, body):
        yield Place(kind, api_version, path, element, value, body)
