"""The faults of one document: those of the first rule at each place, the first ones kept and the others counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from instanceview.checking.walk import faults_at
from instanceview.model.counted import Counted
from instanceview.model.limits import OFF
from instanceview.model.pointer import element_name
from instanceview.rules import reading_order
from instanceview.tables.descent import line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from instanceview.checking.walk import Visit
    from instanceview.model.severity import Severity
    from instanceview.places.spans import Path
    from instanceview.rules.rule import Found, Rule

    SeverityOf = Callable[[str, Severity, Path], Severity | None]
    """The severity that a caller wants for a finding of a rule, with its own severity, at a path; None for none."""

_SMALL = 32
"""Members up to which a position is faster to search than to look up: an object of our tables has 20 at most."""
_OF_DOCUMENTED = frozenset({"value", "object", "conflict"})
"""The spots that only documented members, and items of their lists, have."""
_LARGE = 64
"""Large objects whose positions are kept: sites come object by object, so that a second look-up is seldom late."""


def as_it_is(_rule: str, severity: Severity, _path: Path) -> Severity:
    """Return the severity of a finding, for a caller who wants every finding."""
    return severity


class Faults:
    """The faults of one document so far.

    Goal: a document with a million faults takes little more memory than its value, and the numbers are exact. Plan:
    faults are taken as the walk finds them, and a fault at a place that has one is dropped. The first `most` in
    document order are kept whole, the others only counted. Twice as many are held before they are sorted, so that
    sorting takes a time that grows with n log(most). Invariants: whatever the order of the visits, the kept ones are
    the first, and kept and counted ones are all.
    """

    def __init__(self, kind: str, body: object, most: int = OFF, severity_of: SeverityOf = as_it_is) -> None:
        """Begin without a fault."""
        self._kind, self._most, self._severity_of = kind, most, severity_of
        self._key = _order_in(body)
        self._taken = _Taken()
        self._held: list[tuple[Rule, Found]] = []
        self._last: tuple[tuple[int, ...], int] | None = None
        self._counted: Counter[Counted] = Counter()
        self.found_any = False

    def take(self, visit: Visit) -> None:
        """Ask the rules at a site."""
        for rule, found in faults_at(visit):
            if self._taken.is_new(found.spot, found.path):
                self._add(rule, found)

    def take_all(self, visits: Iterable[Visit]) -> None:
        """Ask the rules at some sites."""
        for visit in visits:
            self.take(visit)

    def _add(self, rule: Rule, found: Found) -> None:
        self.found_any = True
        severity = self._severity_of(rule.name, found.severity or rule.severity, found.path)
        if severity is None:
            return
        fault = rule, found._replace(severity=severity)
        if self._last is not None and self._key(fault) > self._last:
            self._count(fault)
            return
        self._held.append(fault)
        if len(self._held) >= 2 * self._most:
            self._drop()

    def _drop(self) -> None:
        """Sort the faults that are held, and count those that cannot be among the first."""
        self._held.sort(key=self._key)
        for fault in self._held[self._most :]:
            self._count(fault)
        del self._held[self._most :]
        if self._held and len(self._held) == self._most:
            self._last = self._key(self._held[-1])

    def _count(self, fault: tuple[Rule, Found]) -> None:
        rule, found = fault
        row = line_of(self._kind, element_name(found.path))[-1].path
        self._counted[Counted(rule.name, found.severity or rule.severity, row)] += 1

    def first(self) -> list[tuple[Rule, Found]]:
        """Return the first faults in document order, each with its rule and the severity that the caller wants."""
        self._drop()
        return [(rule, _with_hint(found)) for rule, found in self._held]

    def counted(self) -> Mapping[Counted, int]:
        """Return the numbers of the faults that `first` leaves out."""
        return self._counted


def _with_hint(found: Found) -> Found:
    return found._replace(hint=found.find_hint(), find_hint=None) if found.find_hint else found


class _Taken:
    """The places that have a fault.

    A path takes 130 bytes, 60 times a text of wrong items. Where only the index differs, a byte for each item of a list
    is enough. That is so for documented members alone: with a name of its own in each item, it would be a byte for each
    item and name.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._paths: dict[str, set[Path]] = {}
        self._items: dict[tuple[str, Path, Path], bytearray] = {}

    def is_new(self, spot: str, path: Path) -> bool:
        """Add a spot at a path, and return True if it was not there."""
        if spot in _OF_DOCUMENTED:
            for at in reversed(range(len(path))):
                index = path[at]
                if isinstance(index, int):
                    return self._is_new_item((spot, path[:at], path[at + 1 :]), index)
        paths = self._paths.setdefault(spot, set())
        is_new = path not in paths
        paths.add(path)
        return is_new

    def _is_new_item(self, around: tuple[str, Path, Path], index: int) -> bool:
        items = self._items.setdefault(around, bytearray())
        if index >= len(items):
            items.extend(bytes(index + 1 - len(items)))
        is_new = not items[index]
        items[index] = 1
        return is_new


def has_fault(visits_of: Callable[[Callable[[Visit], object]], object]) -> bool:
    """Return True if a rule reports something at one of the visits that a walk gives its argument."""
    found = False

    def take(visit: Visit) -> None:
        nonlocal found
        found = found or next(faults_at(visit), None) is not None

    visits_of(take)
    return found


def path_shown(found: Found) -> Path:
    """Return the path that a finding points at: for a missing member, that of the object that lacks it."""
    return found.path[:-1] if found.spot == "object" else found.path


def _order_in(body: object) -> Callable[[tuple[Rule, Found]], tuple[tuple[int, ...], int]]:
    """Return the key that sorts faults in document order: their positions in each object and list around them."""
    positions: dict[int, dict[str, int]] = {}  # of the members of large objects

    def position(holder: dict[str, object], name: str) -> int:
        if len(holder) <= _SMALL:
            return list(holder).index(name)
        if id(holder) not in positions:
            if len(positions) >= _LARGE:
                positions.clear()
            positions[id(holder)] = {each: number for number, each in enumerate(holder)}
        return positions[id(holder)][name]

    def key(fault: tuple[Rule, Found]) -> tuple[tuple[int, ...], int]:
        order: list[int] = []
        value = body
        for step in path_shown(fault[1]):
            if isinstance(value, dict):
                order.append(position(value, str(step)))
            order.extend([step] if isinstance(step, int) else [])
            value = value[step] if isinstance(value, (dict, list)) else None  # type: ignore[index]  # path fits
        return tuple(order), reading_order()[fault[0].name]

    return key
