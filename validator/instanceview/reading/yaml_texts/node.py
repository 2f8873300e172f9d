"""A value of a YAML text: its JSON value, its offsets, and its size.

A plain scalar is a number where JSON would write the number so, else text. So dates, `yes`, `017`, `0x1f`, `1_000`,
`.inf` and `1:30`, which the versions of YAML read in different ways, are text as written. On `~`, `Null`, `True` and a
missing value they agree: null and true. Numbers follow the policy of json_texts/parse.py.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import quote
from instanceview.places.spans import Duplicate, Span, Spans
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.reading.yaml_texts.faults import NotYAMLError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.places.spans import Path

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


class Member(NamedTuple):
    """A value in its mapping or sequence: its name or index, and its key's start and end offset (None for an item)."""

    step: str | int
    key: tuple[int, int] | None
    node: Node


class Node(NamedTuple):
    """A JSON value, the offsets of its start and end, its members, and its repeated keys.

    `repeats` has the name, the first and this key's offset; `weight` counts values and characters and `height` levels
    of nesting, both with aliases expanded; `is_binary` means that a tag calls the text base64.
    """

    value: object
    start: int
    end: int
    members: tuple[Member, ...] = ()
    repeats: tuple[tuple[str, int, int], ...] = ()
    weight: int = 1
    height: int = 0
    is_binary: bool = False

    def at(self, path: Path) -> Node | None:
        """Return the node at a path below this one, None where there is none."""
        node: Node | None = self
        for step in path:
            members = node.members if node else ()
            if isinstance(step, int):
                node = members[step].node if step < len(members) else None
            else:
                node = next((member.node for member in members if member.step == step), None)
        return node

    def spans(self) -> Spans:
        """Return the spans of everything in this node; what an alias brings has those where it is written.

        A repeated key is reported once, however often an alias brings it.
        """
        spans = Spans({}, [])
        _add_spans((), Member(0, None, self), spans, set())
        return spans


def _add_spans(path: Path, member: Member, spans: Spans, repeated: set[int]) -> None:
    node = member.node
    key, key_end = member.key or (None, 0)
    spans.by_path[path] = Span(key, node.start, node.end, key_end)
    for name, first, key in node.repeats:
        if key not in repeated:
            repeated.add(key)
            spans.duplicates.append(Duplicate((*path, name), first, key))
    for each in node.members:
        _add_spans((*path, each.step), each, spans, repeated)


def collection(
    value: object, start: int, end: int, members: Sequence[Member], repeats: Sequence[tuple[str, int, int]] = ()
) -> Node:
    """Return the node of a mapping or sequence."""
    weight = 1 + sum(member.node.weight + len(str(member.step)) for member in members)
    height = 1 + max((member.node.height for member in members), default=0)
    return Node(value, start, end, tuple(members), tuple(repeats), weight, height)


def plain_value(text: str, start: int) -> object:
    """Return the JSON value of a plain scalar.

    Raises NotYAMLError for a number that a double cannot hold.

    >>> [plain_value(text, 0) for text in ("1.10", "1.1.0", "True", "yes", "2016-04-30")]
    [1.1, '1.1.0', True, 'yes', '2016-04-30']
    """
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.fullmatch(text):
        return text
    try:
        return parse(text.encode())
    except NotJSONError as error:
        raise NotYAMLError(error.reason.removeprefix("not JSON: "), start) from None


def merged_members(node: Node) -> Iterator[Member]:
    """Yield the members that `<<` takes from a mapping or a sequence of mappings; of one name the last one counts."""
    sources = [member.node for member in node.members] if isinstance(node.value, list) else [node]
    for source in reversed(sources):
        if not isinstance(source.value, dict):
            reason = f'"<<" expects a mapping or a sequence of mappings; found {quote(source.value)}'
            raise NotYAMLError(reason, source.start)
        yield from source.members


def member_name(node: Node) -> str:
    """Return the member name of a node that is a key; a scalar's is the text of its value."""
    if isinstance(node.value, (dict, list)):
        raise NotYAMLError(f"a key is {quote(node.value)}; expected a string", node.start)
    return node.value if isinstance(node.value, str) else json.dumps(node.value)
