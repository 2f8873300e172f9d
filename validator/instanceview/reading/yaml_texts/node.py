"""Values of a YAML text with their offsets: what is kept of each, and the node that is made of it on request."""

# Goal: any value of a text with its offsets, in at most some 20 times the memory of the text, whatever is in it.
#
# Plan: no object is kept for a scalar, nor for a member: their offsets are numbers in one array of the document, four
# for each member. A `Collection` is kept for a mapping or sequence, and a `Node` is made of it where one is asked for.
#
# Invariants:
# - An alias shares the value and the collection of its anchor, and so does a mapping with nothing but `<<: *alias`.
# - The members of a collection are in the order of its value.
# - To find a path takes a time that grows with its length.
#
# Tried: a tuple for each value and each member takes 60 times the text for a list of aliases, and 80 times for a
# list of short mappings; now it is 11 and 30 times, most of the latter for Python's own dictionaries.

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.places.spans import Duplicate, Span, Spans

if TYPE_CHECKING:
    from collections.abc import Collection as Some
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.places.spans import Path
    from instanceview.reading.yaml_texts.repeats import Repeats

_FEW = 8
"""Members of a mapping that are looked through for a name: an index pays for more."""


class Layout:
    """What a document keeps beside its values.

    `offsets` has two numbers for an item, where its value starts and ends, and before them those of its key for a
    member. `repeats` has the repeated keys of a mapping: name, first and this key's offset. `binary` has the starts of
    the scalars that a tag calls base64.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.offsets = array("I")
        self.repeats: dict[int, Repeats] = {}
        self.binary: set[int] = set()
        self._names: dict[int, dict[object, int]] = {}

    def place(self, offsets: array[int]) -> int:
        """Keep the offsets of members, and return where they begin."""
        first = len(self.offsets)
        self.offsets += offsets
        return first

    def note(self, node: Node) -> None:
        """Note a member that is binary."""
        if node.is_binary:
            self.binary.add(node.start)

    def index(self, kept: Collection, name: str | int) -> int | None:
        """Return the number of a member in its mapping, None where there is none."""
        if not isinstance(kept.value, dict) or name not in kept.value:
            return None
        if len(kept.value) <= _FEW:
            return list(kept.value).index(str(name))
        if kept.first not in self._names:
            self._names[kept.first] = {each: number for number, each in enumerate(kept.value)}
        return self._names[kept.first][name]


class Collection(NamedTuple):
    """What is kept of a mapping or sequence: its value, its members that are some too, and the offsets of all.

    `nodes` is empty where all are scalars. `weight` counts values and characters and `height` levels of nesting, both
    with aliases expanded.
    """

    value: dict[str, object] | list[object]
    nodes: Sequence[Collection | None]
    layout: Layout
    first: int
    weight: int
    height: int

    @property
    def repeats(self) -> Repeats | None:
        """The repeated keys of a mapping, None without one."""
        return self.layout.repeats.get(self.first) if self.value else None  # an empty one begins where the next does

    def member(self, step: str | int, number: int) -> Member:
        """Return a member by its name or index, and its number."""
        size = 2 if isinstance(self.value, list) else 4
        at = self.first + size * number
        *key, start, end = self.layout.offsets[at : at + size]
        value = self.value[step]  # type: ignore[index]  # step fits
        inner = self.nodes[number] if self.nodes else None
        node = Node(value, start, end, inner, start in self.layout.binary)
        return Member(step, (key[0], key[1]) if key else None, node)

    def members(self) -> Iterator[Member]:
        """Yield each member."""
        steps: Iterable[str | int] = range(len(self.value)) if isinstance(self.value, list) else self.value
        return (self.member(step, number) for number, step in enumerate(steps))


class Member(NamedTuple):
    """A value in its mapping or sequence: its name or index, and its key's start and end offset (None for an item)."""

    step: str | int
    key: tuple[int, int] | None
    node: Node


class Node(NamedTuple):
    """A JSON value, the offsets of its start and end, and what is kept of it; `is_binary` means base64 by its tag."""

    value: object
    start: int
    end: int
    kept: Collection | None = None
    is_binary: bool = False

    @property
    def weight(self) -> int:
        """The number of values and characters in it."""
        return self.kept.weight if self.kept else 1 + len(self.value) if isinstance(self.value, str) else 2

    @property
    def height(self) -> int:
        """The number of levels below it."""
        return self.kept.height if self.kept else 0

    @property
    def size(self) -> int:
        """The number of its members."""
        return len(self.kept.value) if self.kept else 0

    @property
    def members(self) -> Iterator[Member]:
        """Its members, one at a time."""
        return self.kept.members() if self.kept else iter(())

    def member(self, step: str | int) -> Member | None:
        """Return the member of a name or index, None where there is none."""
        if self.kept is None:
            return None
        if isinstance(self.kept.value, list):
            return self.kept.member(step, step) if isinstance(step, int) and step < len(self.kept.value) else None
        number = self.kept.layout.index(self.kept, step)
        return None if number is None else self.kept.member(step, number)

    def at(self, path: Path) -> Node | None:
        """Return the node at a path below this one, None where there is none."""
        node: Node | None = self
        for step in path:
            member = node.member(step) if node else None
            node = member.node if member else None
        return node

    def spans(self, wanted: Some[Path] | None = None) -> Spans:
        """Return the spans of everything in this node, or of the wanted paths and those above them.

        What an alias brings has the spans where it is written. A repeated key is reported once, however often an alias
        brings it, and only where everything is asked for.
        """
        spans = Spans({}, [])
        if wanted is None:
            _add_all((), Member(0, None, self), spans, set())
        else:
            _add_wanted((), Member(0, None, self), _by_steps(wanted), spans)
        return spans


def _span(member: Member) -> Span:
    key, key_end = member.key or (None, 0)
    return Span(key, member.node.start, member.node.end, key_end)


def _add_all(path: Path, member: Member, spans: Spans, repeated: set[int]) -> None:
    spans.by_path[path] = _span(member)
    repeats = member.node.kept.repeats if member.node.kept else None
    if repeats and id(repeats) not in repeated:
        repeated.add(id(repeats))
        paths: dict[str, Path] = {}  # one for each name, however often it is there
        for name, first, key in repeats:
            at = paths.setdefault(name, (*path, name))
            spans.duplicates.append(Duplicate(at, first, key))
    for each in member.node.members:
        _add_all((*path, each.step), each, spans, repeated)


def _by_steps(paths: Some[Path]) -> dict[str | int, Any]:
    """Return paths as nested dictionaries, so that what several share is walked once."""
    steps: dict[str | int, Any] = {}
    for path in paths:
        below = steps
        for step in path:
            below = below.setdefault(step, {})
    return steps


def _add_wanted(path: Path, member: Member, wanted: dict[str | int, Any], spans: Spans) -> None:
    spans.by_path[path] = _span(member)
    for step, below in wanted.items():
        each = member.node.member(step)
        if each:
            _add_wanted((*path, step), each, below, spans)
