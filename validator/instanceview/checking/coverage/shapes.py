"""The counts of a tree at one element: its values where they are few, and its statuses by their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.coverage.oddities import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.model.document import Origin
    from instanceview.tables.elements import Element

STATUS = ("code", "level", "displayStatus")
"""The members of a status that are counted together."""

COUNT, STATUSES, LIST, OBJECT, ONE_STATUS, TIME, NOTHING = range(7)
"""What to do for the value of a member."""

Step = tuple[int, int, Any]
"""The bit of a member's row, what to do for its value, and its row, or the counts of that where they are enough."""


class Row:
    """One element in the documents: its values where they are few, and the first document that has it.

    `bit` is 1 shifted by its number. `zones` counts the values of a time by the sign of the offset, else by the last
    character. `below` are the rows of its members, `steps` what to do for each, and `shapes` those of its statuses.
    """

    __slots__ = ("below", "bit", "element", "first", "shapes", "steps", "values", "zones")

    def __init__(self, element: Element, number: int, first: Origin) -> None:
        """Begin with nothing."""
        self.element = element
        self.bit = 1 << number
        self.first = first
        self.below: dict[str, Row] = {}
        self.steps: dict[str, Step] = {}
        self.shapes: dict[tuple[str, ...], Shape] = {}
        self.values: dict[Any, int] = {}
        self.zones: dict[str, int] = {"+": 0}


class Place(NamedTuple):
    """The place of a document, and its number in a tree."""

    number: int
    origin: Origin


class Shape(NamedTuple):
    """The statuses of one shape: the bits of their rows, their codes, and what else is counted.

    `codes` counts by the members of `counted`, in their order; by one of them, where it is the only one. `key` reads
    them. `zones` are those of the time, if there is one, and `others` are the members with other values.

    `places` has the first documents with each code, `ORIGINS` at most. While there are fewer, `early` counts in place
    of `codes`, so that a code costs one look-up from then on.
    """

    rows: int
    key: Callable[[Any], Any]
    codes: dict[Any, int]
    zones: dict[str, int] | None
    others: tuple[str, ...]
    counted: tuple[str, ...]
    places: dict[Any, list[Place]]
    early: dict[Any, int]

    def number(self, code: Any) -> int:  # noqa: ANN401 (a text, or several)
        """Return the number of statuses with a code."""
        return self.early.get(code, 0) + self.codes.get(code, 0)


def short(value: Any) -> Any:  # noqa: ANN401 (any scalar)
    """Return a value as it is counted: of a long text the beginning."""
    return value[:LONGEST] if isinstance(value, str) else value
