"""The members of a mapping or sequence as they are read -> the node of it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from instanceview.model.text import quote
from instanceview.reading.yaml_texts.faults import NotYAMLError
from instanceview.reading.yaml_texts.node import Collection, Node
from instanceview.reading.yaml_texts.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.reading.json_texts.tiny_values import Kept
    from instanceview.reading.yaml_texts.node import Layout


class Items:
    """The items of a sequence."""

    def __init__(self, layout: Layout) -> None:
        """Begin with none."""
        self._layout = layout
        self._values: list[object] = []
        self._nodes: list[Collection | None] = []
        self._offsets = array("I")
        self._weight, self._height = 1, 1

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._values)

    def add(self, node: Node) -> None:
        """Add an item."""
        self._weight += node.weight + len(str(len(self._values)))
        self._height = max(self._height, 1 + node.height)
        self._values.append(node.value)
        self._nodes.append(node.kept)
        self._offsets.append(node.start)
        self._offsets.append(node.end)
        self._layout.note(node)

    def node(self, start: int, end: int) -> Node:
        """Return the node of the sequence between two offsets."""
        first = self._layout.place(self._offsets)
        nodes = self._nodes if any(self._nodes) else ()
        kept = Collection(self._values, nodes, self._layout, first, self._weight, self._height)
        return Node(self._values, start, end, kept)


class Members:
    """The members of a mapping; of a name that repeats, the last value at the place of the first."""

    def __init__(self, layout: Layout, kept: Kept) -> None:
        """Begin with none; `kept` has the small mappings so far, for which an equal one is the same."""
        self._layout = layout
        self._kept = kept
        self._values: dict[str, object] = {}
        self._nodes: list[Collection | None] = []
        self._offsets = array("I")
        self._weight, self._height = 1, 1
        self._numbers: dict[str, int] = {}  # of each member, from the first name on that repeats
        self._first: dict[str, int] = {}
        self.repeats = Repeats()

    def __len__(self) -> int:
        """Return the number of members, those of a name that repeats included."""
        return len(self._values) + len(self.repeats)

    def add(self, name: str, key: tuple[int, int], node: Node) -> None:
        """Add a member that the mapping has itself."""
        if name in self._values:
            if name not in self._first:
                self._first[name] = self._offsets[4 * self._number(name)]
            self.repeats.add(name, self._first[name], key[0])
        self._put(name, key, node)

    def node(self, start: int, end: int, merged: Sequence[Node] = ()) -> Node:
        """Return the node of the mapping between two offsets, with the members of others that it does not have itself.

        One that has nothing else shares all with the other: many such take no memory.
        """
        if len(merged) == 1 and not self._values and merged[0].kept and not merged[0].kept.repeats:
            return merged[0]._replace(start=start, end=end)
        if merged:
            return self._with(merged, start, end)
        first = self._layout.place(self._offsets)
        if self.repeats:
            self._layout.repeats[first] = self.repeats
        nodes = self._nodes if any(self._nodes) else ()
        values = self._values if nodes else self._kept.mapping(self._values)
        kept = Collection(values, nodes, self._layout, first, self._weight, self._height)
        return Node(values, start, end, kept)

    def _with(self, merged: Sequence[Node], start: int, end: int) -> Node:
        """Return the node with the members of others before those of the mapping itself, which count."""
        whole = Members(self._layout, self._kept)
        whole.repeats = self.repeats
        for source in (*merged, self.node(start, end)):
            for step, key, node in source.members:
                whole._put(str(step), key or (0, 0), node)
        return whole.node(start, end)

    def _put(self, name: str, key: tuple[int, int], node: Node) -> None:
        offsets = array("I", (*key, node.start, node.end))
        if name in self._values:
            number = self._number(name)
            self._nodes[number] = node.kept
            self._offsets[4 * number : 4 * number + 4] = offsets
        else:
            if self._numbers:
                self._numbers[name] = len(self._numbers)
            self._nodes.append(node.kept)
            self._offsets += offsets
        self._values[name] = node.value
        self._weight += node.weight + len(name)
        self._height = max(self._height, 1 + node.height)
        self._layout.note(node)

    def _number(self, name: str) -> int:
        """Return the number of a member."""
        if not self._numbers:
            self._numbers = {each: number for number, each in enumerate(self._values)}
        return self._numbers[name]


def merged_mappings(node: Node) -> list[Node]:
    """Return the mappings whose members `<<` takes: one, or those of a sequence; of one name the last one counts."""
    sources = [member.node for member in node.members] if isinstance(node.value, list) else [node]
    for source in sources:
        if not isinstance(source.value, dict):
            reason = f'"<<" expects a mapping or a sequence of mappings; found {quote(source.value)}'
            raise NotYAMLError(reason, source.start)
    return sources[::-1]
