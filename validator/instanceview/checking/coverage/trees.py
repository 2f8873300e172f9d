"""Counts of the documents of one kind and api-version, by the rows that they have.

Goal: to count costs less than three times as much as to parse. A loop that asks each value for its row and type takes
six times as long.

Plan: each row has a number, so that the rows of a document are the bits of one integer, and documents count by it.
What there is to do for a member is found out once for each row. Statuses are most objects, so they have a shape: the
names of their members, in their order. Of a status, code, level and display text are counted together, in one look-up.

Invariants:
- A document fits the tables: no null, each type as documented, each member known. `oddities` makes it so.
- Whatever grows with the documents is bounded: with `_MOST` shapes, sets of rows or codes, `is_full` becomes True, and
  the caller begins a new tree.

Tried, in the time O that parsing takes, itself included: one list for each row, counted later by `Counter`, 6 O;
columns of a whole batch of documents, 7 to 10 O, since batches do not stay in the processor's cache; a shape for every
object, 6 O, since many documents have a root of their own shape; methods in place of inner functions, 4.1 O. This takes
3.8 O.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from instanceview.checking.coverage.shapes import (
    COUNT,
    LIST,
    NOTHING,
    OBJECT,
    ONE_STATUS,
    STATUS,
    STATUSES,
    TIME,
    Place,
    Row,
    Shape,
    short,
)
from instanceview.checking.coverage.walking import walker
from instanceview.checking.scope import is_code, is_status
from instanceview.model.counts import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.checking.coverage.shapes import Step
    from instanceview.model.document import Origin
    from instanceview.tables.elements import Element

_MOST = 1 << 12
"""Shapes, sets of rows, or codes with their texts at one place: 4,096 of them take 2 MB; all captures have 700."""


class Tree:
    """The documents of one kind and api-version so far: their number by the bits of their rows, and these rows.

    `bits` has the bit of each row by its path.
    """

    def __init__(self, root: Element, origin: Origin) -> None:
        """Begin with nothing; `origin` is the place of the first document."""
        self.documents: dict[int, int] = {}
        self.rows: list[Row] = []
        self.bits: dict[str, int] = {}
        self.is_full = False
        self._origin = origin
        self._number = 0
        self._root = Row(root, 0, origin)
        self._walk = walker(self.new_step, self.new_shape, self.new_code)

    def add(self, body: Mapping[str, Any], origin: Origin) -> int:
        """Count a document that fits the tables, and return the bits of its rows."""
        self._origin = origin
        self._number += 1
        rows = self._walk(self._root, body)
        if rows in self.documents:
            self.documents[rows] += 1
        else:
            self.documents[rows] = 1
            self.is_full = self.is_full or len(self.documents) > _MOST
        return rows

    def new_step(self, row: Row, name: str) -> Step:
        """Return the step for a member of an element that no document had so far, and keep it."""
        new = Row(row.element.children[name], len(self.rows), self._origin)
        self.rows.append(new)
        self.bits[new.element.path] = new.bit
        row.below[name] = new
        does = _what_to_do(new.element)
        row.steps[name] = new.bit, does, new.zones if does == TIME else new.values if does == COUNT else new
        return row.steps[name]

    def new_shape(self, row: Row, names: tuple[str, ...]) -> Shape:
        """Return the shape of a status with these members, and keep it."""
        for name in names:
            if name not in row.below:
                self.new_step(row, name)
        members = {name: row.below[name] for name in names}
        counted = tuple(name for name in names if name in STATUS)
        others = tuple(name for name in names if row.steps[name][1] == COUNT and name not in counted)
        shape = row.shapes[names] = Shape(
            sum(member.bit for member in members.values()),
            itemgetter(*counted) if counted else _no_key,
            {},
            members["time"].zones if "time" in members else None,
            others,
            counted,
            {},
            {},
        )
        self.is_full = self.is_full or len(row.shapes) > _MOST
        return shape

    def new_code(self, shape: Shape, code: Any) -> None:  # noqa: ANN401 (a text, or several)
        """Count a code that not many documents have so far; a long one is counted as its beginning."""
        code = tuple(map(short, code)) if isinstance(code, tuple) else short(code)
        places = shape.places.setdefault(code, [])
        counts = shape.codes if len(places) == ORIGINS else shape.early
        counts[code] = counts.get(code, 0) + 1
        if counts is shape.early and not (places and places[-1].number == self._number):
            places.append(Place(self._number, self._origin))
        self.is_full = self.is_full or len(shape.places) > _MOST


def _no_key(_: object) -> tuple[str, ...]:
    return ()


def _what_to_do(element: Element) -> int:
    """Return the work for a value of an element."""
    member = element.member
    if member.type == "any" or member.items:
        return NOTHING  # no capture has them, or as ids that differ every time
    if member.type == "array":
        return STATUSES if is_status(element) else LIST
    if member.type == "object":
        return ONE_STATUS if is_status(element) else OBJECT
    if member.format == "date-time":
        return TIME
    # Free text differs every time, and codes are counted with their statuses.
    return NOTHING if member.free_text or is_code(member) else COUNT
