"""PyYAML's events -> trees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import yaml

from instanceview.model.text import quote
from instanceview.reading.json_texts.parse import too_deep, too_many
from instanceview.reading.yaml_texts.anchors import Anchors
from instanceview.reading.yaml_texts.faults import NotYAMLError, refuse_surrogates
from instanceview.reading.yaml_texts.node import Member, Node, collection, member_name, merged_members, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.limits import Limits

    _Opening = yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent

    class _Mark(Protocol):  # each of the two loaders has a class of its own
        @property
        def index(self) -> int: ...


_PROPERTIES = re.compile(r"(?:(?:!<[^>]*>|[&!][^\s,\[\]{}]*)(?:\s+(?:#[^\n]*)?)*)*")
_STANDARD = "tag:yaml.org,2002:"
_AS_PLAIN = {"!", *(f"{_STANDARD}{kind}" for kind in ("int", "float", "bool", "null"))}
_BINARY = {"!binary", f"{_STANDARD}binary"}
_HARMLESS = {*_AS_PLAIN, *(f"{_STANDARD}{kind}" for kind in ("str", "timestamp", "seq", "map"))}


class Tree(NamedTuple):
    """A document: its root, True if a key repeats in it, and its first tag that is not followed."""

    root: Node
    repeats: bool
    tagged: NotYAMLError | None


class Builder:
    """Makes the trees of a part of a text from its events; `added` is what aliases have added so far."""

    def __init__(  # noqa: PLR0913 (the part of the text, and how it is read)
        self, text: str, start: int, end: int, *, added: int, limits: Limits, loader: type[Any] | None = None
    ) -> None:
        """Begin the part from `start` to `end`; `loader` is the quickest there is unless given."""
        self.added = added
        self._limits = limits
        self._text = text
        self._base = start
        # The C loader is ten times as fast; it is missing where PyYAML was installed without libyaml.
        quickest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[Any] = yaml.parse(text[start:end], loader or quickest)

    def trees(self) -> Iterator[Tree]:
        """Yield each document.

        Raises NotYAMLError for one that is refused, yaml.YAMLError for a fault of the syntax.
        """
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors = Anchors(self.added, self._limits)
                self._repeats = False
                self._tagged: NotYAMLError | None = None
                root = self._node(next(self._events), 0)
                next(self._events)  # the end of the document, perhaps not that of its text
                yield Tree(root, self._repeats, self._tagged)
                self.added = self._anchors.added

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
        """Return the offset of a value itself, behind its anchor and tag; note a tag that is not followed."""
        start = self._offset(event.start_mark)
        if event.tag and event.tag not in _HARMLESS and not self._tagged:
            shown = quote(event.tag.replace(_STANDARD, "!!"))
            reason = f"unsupported tag {shown}; remove it, since an instance view is plain data"
            self._tagged = NotYAMLError(reason, start)
        if event.tag or event.anchor:
            properties = _PROPERTIES.match(self._text, start)
            start = min(properties.end(), self._offset(event.end_mark)) if properties else start
        return start

    def _scalar_node(self, event: yaml.ScalarEvent, start: int) -> Node:
        end = self._offset(event.end_mark)
        if event.style in {"|", ">"}:  # a block ends where the next token starts
            end = start + len(self._text[start:end].rstrip())
        if not event.value.isascii():
            refuse_surrogates(event.value, self._text, start)
        is_plain = event.tag in _AS_PLAIN if event.tag else not event.style
        value = plain_value(event.value, start) if is_plain else event.value
        return Node(value, start, end, weight=1 + len(event.value), is_binary=event.tag in _BINARY)

    def _sequence(self, event: yaml.SequenceStartEvent, start: int, level: int) -> Node:
        members: list[Member] = []
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            members.append(Member(len(members), None, self._node(item, level)))
            if len(members) > self._limits.items:
                raise NotYAMLError(too_many("items", self._limits), members[-1].node.start)
        end = members[-1].node.end if members and not event.flow_style else self._offset(item.end_mark)
        return collection([member.node.value for member in members], start, end, members)

    def _mapping(self, event: yaml.MappingStartEvent, start: int, level: int) -> Node:
        taken: dict[str, Member] = {}
        own: dict[str, Member] = {}
        first: dict[str, int] = {}
        repeats: list[tuple[str, int, int]] = []
        end = start
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            key_node, node = self._node(key, level), self._node(next(self._events), level)
            end = node.end
            if len(taken) + len(own) + len(repeats) >= self._limits.members:
                raise NotYAMLError(too_many("members", self._limits), key_node.start)
            if _is_merge(key):
                taken.update((str(member.step), member) for member in merged_members(node))
                continue
            step = key.value if isinstance(key, yaml.ScalarEvent) else member_name(key_node)
            if step in first:
                repeats.append((step, first[step], key_node.start))
                self._repeats = True
            first.setdefault(step, key_node.start)
            own[step] = Member(step, (key_node.start, key_node.end), node)
        members = {**taken, **own}  # what a mapping says itself counts, be it before or after `<<`
        body = {step: member.node.value for step, member in members.items()}
        end = self._offset(key.end_mark) if event.flow_style else end
        return collection(body, start, end, list(members.values()), repeats)

    def _offset(self, mark: _Mark | None) -> int:
        return self._base + mark.index if mark else self._base


def _is_merge(key: yaml.Event) -> bool:
    return isinstance(key, yaml.ScalarEvent) and key.value == "<<" and not key.style and not key.tag
