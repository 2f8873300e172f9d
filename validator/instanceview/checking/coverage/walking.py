"""Walk a document that fits the tables, and count what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.checking.coverage.shapes import COUNT, LIST, NOTHING, OBJECT, ONE_STATUS, STATUSES, TIME, short
from instanceview.model.counts import MOST_VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.checking.coverage.shapes import Row, Shape, Step


def walker(  # noqa: C901 (two loops that share their names)
    new_step: Callable[[Row, str], Step],
    new_shape: Callable[[Row, tuple[str, ...]], Shape],
    new_code: Callable[[Shape, Any], None],
) -> Callable[[Row, Mapping[str, Any]], int]:
    """Return the function that counts the members of an object and returns the bits of their rows.

    The three functions make what is not there yet: the step for a member, the shape of a status, and the count of a
    code.
    """
    # Functions that find all they need in the one around them take a tenth less time than methods.
    count, statuses, objects = COUNT, STATUSES, LIST
    one_object, one_status, a_time = OBJECT, ONE_STATUS, TIME

    def walk(row: Row, value: Mapping[str, Any]) -> int:  # noqa: C901 (a call for each value takes a third longer)
        rows, steps = 0, row.steps
        for name, item in value.items():
            bit, does, into = steps.get(name) or new_step(row, name)
            rows |= bit
            if does == count:
                try:
                    into[item] += 1
                except KeyError:
                    _count_value(row, name, item)
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
                _count_zone(into, item)
        return rows

    def status(row: Row, value: Mapping[str, Any]) -> int:
        names = tuple(value)
        rows, key, codes, zones, others, _, _, _ = row.shapes.get(names) or new_shape(row, names)
        try:
            codes[key(value)] += 1
        except KeyError:
            new_code(row.shapes[names], key(value))
        if zones is not None:
            time = value["time"]
            if time[-6:-5] == "+":
                zones["+"] += 1
            else:
                _count_zone(zones, time)
        for name in others:
            _count_value(row, name, value[name])
        return rows

    return walk


def _count_zone(zones: dict[str, int], time: str) -> None:
    mark = time[-6:-5]
    mark = mark if mark in {"+", "-"} else time[-1:]
    zones[mark] = zones.get(mark, 0) + 1


def _count_value(row: Row, name: str, value: Any) -> None:  # noqa: ANN401 (any scalar)
    """Count a value that may be new; those of a member that has many are not counted any more."""
    counts, value = row.below[name].values, short(value)
    if value in counts or len(counts) <= MOST_VALUES:  # one more than few shows that they are many
        counts[value] = counts.get(value, 0) + 1
    else:
        bit, _, below = row.steps[name]
        row.steps[name] = bit, NOTHING, below
