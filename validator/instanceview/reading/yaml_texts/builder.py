"""PyYAML's events -> trees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import yaml

from instanceview.model.text import quote
from instanceview.reading.json_texts.bounds import too_deep, too_many
from instanceview.reading.json_texts.tiny_values import Kept
from instanceview.reading.yaml_texts.faults import NotYAMLError, refuse_surrogates
from instanceview.reading.yaml_texts.members import Items, Members, merged_mappings
from instanceview.reading.yaml_texts.node import Layout, Node
from instanceview.reading.yaml_texts.scalar_values import member_name, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.limits import Limits
    from instanceview.reading.yaml_texts.anchors import Anchors

    _Opening = yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent

    class _Mark(Protocol):  # each of the two loaders has a class of its own
        @property
        def index(self) -> int: ...


_PROPERTIES = re.compile(r"(?:(?:!<[^>]*>|[&!][^\s,\[\]{}]*)(?:\s+(?:#[^\n]*)?)*+)*+")
_STANDARD = "tag:yaml.org,2002:"
_AS_PLAIN = {"!", *(f"{_STANDARD}{kind}" for kind in ("int", "float", "bool", "null"))}
_BINARY = {"!binary", f"{_STANDARD}binary"}
_HARMLESS = {*_AS_PLAIN, *(f"{_STANDARD}{kind}" for kind in ("str", "timestamp", "seq", "map"))}


class Tree(NamedTuple):
    """A document: its root, True if a key repeats in it, and its first tag that is not followed."""

    root: Node
    repeats: bool
    tagged: NotYAMLError | None


class Part(NamedTuple):
    """A part of a text from one offset to another; `shift` is what to add to them for those in a larger text."""

    text: str
    start: int
    end: int
    shift: int


class Builder:
    """Makes the trees of a part of a text from its events."""

    def __init__(self, part: Part, anchors: Anchors, limits: Limits, loader: type[Any] | None = None) -> None:
        """Begin a part; `loader` is the quickest there is unless given."""
        self._limits = limits
        self._anchors = anchors
        self._text = part.text
        self._shift = part.shift
        self._base = part.start + part.shift
        self._kept = Kept()
        # The C loader is ten times as fast; it is missing where PyYAML was installed without libyaml.
        quickest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[Any] = yaml.parse(part.text[part.start : part.end], loader or quickest)

    def trees(self) -> Iterator[Tree]:
        """Yield each document.

        Raises NotYAMLError for one that is refused, yaml.YAMLError for a fault of the syntax.
        """
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._layout = Layout()
                self._repeats = False
                self._tagged: NotYAMLError | None = None
                root = self._node(next(self._events), 0)
                next(self._events)  # the end of the document, perhaps not that of its text
                yield Tree(root, self._repeats, self._tagged)
                self._anchors.forget()

    def _node(self, event: _Opening | yaml.AliasEvent, level: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            start = self._offset(event.start_mark)
            node = self._anchors.follow(event.anchor or "", level, start)
            return node._replace(start=start, end=self._offset(event.end_mark))
        start = self._start(event)
        if event.anchor:
            self._anchors.begin(event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar_node(event, start)
        elif level == self._limits.nesting:
            raise NotYAMLError(too_deep(self._limits), start)
        elif isinstance(event, yaml.MappingStartEvent):
            node = self._mapping(event, start, level + 1)
        else:
            node = self._sequence(event, start, level + 1)
        if event.anchor:
            self._anchors.end(event.anchor, node)
        return node

    def _start(self, event: _Opening) -> int:
        """Return the offset of a value itself, after its anchor and tag; note a tag that is not followed."""
        start = self._offset(event.start_mark)
        if event.tag and event.tag not in _HARMLESS and not self._tagged:
            shown = quote(event.tag.replace(_STANDARD, "!!"))
            reason = f"unsupported tag {shown}; remove it, since an instance view is plain data"
            self._tagged = NotYAMLError(reason, start)
        if event.tag or event.anchor:
            properties = _PROPERTIES.match(self._text, start - self._shift)
            after = properties.end() + self._shift if properties else start
            start = min(after, self._offset(event.end_mark))
        return start

    def _scalar_node(self, event: yaml.ScalarEvent, start: int) -> Node:
        end = self._offset(event.end_mark)
        if event.style in {"|", ">"}:  # a block ends where the next token starts
            end = start + len(self._text[start - self._shift : end - self._shift].rstrip())
        if not event.value.isascii():
            refuse_surrogates(event.value, self._text, start - self._shift, self._shift)
        is_plain = event.tag in _AS_PLAIN if event.tag else not event.style
        text = self._kept.text(event.value)
        value = plain_value(text, start) if is_plain else text
        return Node(value, start, end, is_binary=event.tag in _BINARY)

    def _sequence(self, event: yaml.SequenceStartEvent, start: int, level: int) -> Node:
        items = Items(self._layout)
        end = start
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            node = self._node(item, level)
            items.add(node)
            end = node.end
            if len(items) > self._limits.items:
                raise NotYAMLError(too_many("items", self._limits), node.start)
        end = end if end > start and not event.flow_style else self._offset(item.end_mark)
        return items.node(start, end)

    def _mapping(self, event: yaml.MappingStartEvent, start: int, level: int) -> Node:
        own = Members(self._layout, self._kept)
        merged: list[Node] = []
        end, taken = start, 0
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            key_node, node = self._node(key, level), self._node(next(self._events), level)
            end = node.end
            if len(own) + taken >= self._limits.members:
                raise NotYAMLError(too_many("members", self._limits), key_node.start)
            if _is_merge(key):
                sources = merged_mappings(node)
                taken += sum(source.size for source in sources)
                merged += sources
            else:
                is_scalar = isinstance(key, yaml.ScalarEvent)
                name = key.value if is_scalar else member_name(key_node.value, key_node.start)
                own.add(self._kept.text(name), (key_node.start, key_node.end), node)
        self._repeats = self._repeats or bool(own.repeats)
        end = self._offset(key.end_mark) if event.flow_style else end
        return own.node(start, end, merged)

    def _offset(self, mark: _Mark | None) -> int:
        return self._base + mark.index if mark else self._base


def _is_merge(key: yaml.Event) -> bool:
    return isinstance(key, yaml.ScalarEvent) and key.value == "<<" and not key.style and not key.tag
