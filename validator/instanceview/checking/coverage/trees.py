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
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.coverage.oddities import LONGEST
from instanceview.checking.scope import is_code, is_status
from instanceview.model.coverage import MOST_VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.model.document import Origin
    from instanceview.tables.elements import Element

_MOST = 1 << 12
"""Shapes, sets of rows, or codes with their texts at one place: 4,096 of them take 2 MB; all captures have 700."""

STATUS = ("code", "level", "displayStatus")
"""The members of a status that are counted together."""

_COUNT, _STATUSES, _LIST, _OBJECT, _STATUS, _TIME, _NOTHING = range(7)
"""What to do for the value of a member."""

_Step = tuple[int, int, Any]
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
        self.steps: dict[str, _Step] = {}
        self.shapes: dict[tuple[str, ...], Shape] = {}
        self.values: dict[Any, int] = {}
        self.zones: dict[str, int] = {"+": 0}


class First(NamedTuple):
    """The place of a document, and its number in a tree."""

    number: int
    origin: Origin


class Shape(NamedTuple):
    """The statuses of one shape: the bits of their rows, their codes, and what else is counted.

    `codes` counts by the members of `counted`, in their order; by one of them, where it is the only one. `first` has
    the first document with each. `key` reads them. `zones` are those of the time, if there is one, and `others` are
    the members with other values.
    """

    rows: int
    key: Callable[[Any], Any]
    codes: dict[Any, int]
    zones: dict[str, int] | None
    others: tuple[str, ...]
    counted: tuple[str, ...]
    first: dict[Any, First]


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
        self._walk = _walker(self)

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

    def new_step(self, row: Row, name: str) -> _Step:
        """Return the step for a member of an element that no document had so far, and keep it."""
        new = Row(row.element.children[name], len(self.rows), self._origin)
        self.rows.append(new)
        self.bits[new.element.path] = new.bit
        row.below[name] = new
        does = _what_to_do(new.element)
        row.steps[name] = new.bit, does, new.zones if does == _TIME else new.values if does == _COUNT else new
        return row.steps[name]

    def new_shape(self, row: Row, names: tuple[str, ...]) -> Shape:
        """Return the shape of a status with these members, and keep it."""
        for name in names:
            if name not in row.below:
                self.new_step(row, name)
        members = {name: row.below[name] for name in names}
        counted = tuple(name for name in names if name in STATUS)
        others = tuple(name for name in names if row.steps[name][1] == _COUNT and name not in counted)
        shape = row.shapes[names] = Shape(
            sum(member.bit for member in members.values()),
            itemgetter(*counted) if counted else _no_key,
            {},
            members["time"].zones if "time" in members else None,
            others,
            counted,
            {},
        )
        self.is_full = self.is_full or len(row.shapes) > _MOST
        return shape

    def new_code(self, shape: Shape, code: Any) -> None:  # noqa: ANN401 (a text, or several)
        """Count a code that may be new: a long one is counted as its beginning."""
        short = tuple(map(_short, code)) if isinstance(code, tuple) else _short(code)
        shape.codes[short] = shape.codes.get(short, 0) + 1
        shape.first.setdefault(short, First(self._number, self._origin))
        self.is_full = self.is_full or len(shape.codes) > _MOST


def _walker(tree: Tree) -> Callable[[Row, Mapping[str, Any]], int]:  # noqa: C901 (two loops that share their names)
    """Return the function that counts the members of an object and returns the bits of their rows."""
    # Functions that find all they need in the one around them take a tenth less time than methods.
    new_step, new_shape, new_code = tree.new_step, tree.new_shape, tree.new_code
    count, statuses, objects = _COUNT, _STATUSES, _LIST
    one_object, one_status, a_time = _OBJECT, _STATUS, _TIME

    def walk(row: Row, value: Mapping[str, Any]) -> int:  # noqa: C901 (a call for each value takes a third longer)
        rows, steps = 0, row.steps
        for name, item in value.items():
            bit, does, into = steps.get(name) or new_step(row, name)
            rows |= bit
            if does == count:
                try:
                    into[item] += 1
                except KeyError:
                    _count_new(row, name, item)
            elif does == statuses:
                for each in item:
                    rows |= status(into, each)
            elif does == objects:
                for each in item:
                    rows |= walk(into, each)
            elif does == one_object:
                rows |= walk(into, item)
            elif does == one_status:
                rows |= status(into, item)
            elif does == a_time:
                _count_time(into, item)
        return rows

    def status(row: Row, value: Mapping[str, Any]) -> int:
        names = tuple(value)
        rows, key, codes, zones, others, _, _ = row.shapes.get(names) or new_shape(row, names)
        try:
            codes[key(value)] += 1
        except KeyError:
            new_code(row.shapes[names], key(value))
        if zones is not None:
            time = value["time"]
            if time[-6:-5] == "+":
                zones["+"] += 1
            else:
                _count_time(zones, time)
        for name in others:
            _count_new(row, name, value[name])
        return rows

    return walk


def _count_time(zones: dict[str, int], time: str) -> None:
    mark = time[-6:-5]
    mark = mark if mark in {"+", "-"} else time[-1:]
    zones[mark] = zones.get(mark, 0) + 1


def _count_new(row: Row, name: str, value: Any) -> None:  # noqa: ANN401 (any scalar)
    """Count a value that may be new; those of a member that has many are not counted any more."""
    counts, short = row.below[name].values, _short(value)
    if short in counts or len(counts) <= MOST_VALUES:  # one more than few shows that they are many
        counts[short] = counts.get(short, 0) + 1
    else:
        bit, _, below = row.steps[name]
        row.steps[name] = bit, _NOTHING, below


def _no_key(_: object) -> tuple[str, ...]:
    return ()


def _short(value: Any) -> Any:  # noqa: ANN401 (any scalar)
    return value[:LONGEST] if isinstance(value, str) else value


def _what_to_do(element: Element) -> int:
    """Return the work for a value of an element."""
    member = element.member
    if member.type == "array":
        return _STATUSES if is_status(element) else _LIST
    if member.type == "object":
        return _STATUS if is_status(element) else _OBJECT
    if member.format == "date-time":
        return _TIME
    # Free text differs every time, and codes are counted with their statuses.
    return _NOTHING if member.free_text or is_code(member) else _COUNT
