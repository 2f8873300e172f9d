"""YAML: a mapping is one document, a sequence many, and `---` stands between documents."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from instanceview import shapes
from instanceview.model import Unreadable
from instanceview.parse import NotJSONError, decode, parse
from instanceview.readers import json_text
from instanceview.resolve import NOT_OURS, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model import Document, Origin
    from instanceview.positions import Spans
    from instanceview.stream import Stream
    from instanceview.yaml_tree import NotYAMLError, Tree
    from instanceview.yaml_tree.node import Node

_BLANK = rb"(?:\xef\xbb\xbf)?(?:[ \t]*+#[^\n]*+\n|[ \t]*+\r?\n)*+"
_KEY = rb"(?:[A-Za-z_$][\w.$-]*|'[^'\n]*')[ ]*:"
_BEGINNING = _BLANK + rb"(?:%(?:YAML|TAG)|---|[ ]*(?:[-?]|!\S+|" + _KEY + rb"))(?:\s|\Z)"


def sniff(head: bytes) -> bool:
    r"""Return whether a text begins as YAML and nothing else does: with `---`, `- `, a tag or `key:`.

    A text that begins with `{`, `[` or `"` is JSON, be it broken; only a file's name makes YAML of it.

    >>> sniff(b"# page\nstatuses:\n"), sniff(b"{statuses: []}"), sniff(b"some text")
    (True, False, False)
    """
    return re.match(_BEGINNING, head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Unreadable]:
    """Yield the documents of a text, or why one cannot be read; what is JSON is read as JSON.

    Raises NotJSONError when the bytes are no UTF-8.
    """
    data = stream.whole()
    try:
        parse(data)
    except NotJSONError:
        yield from _documents(decode(data), origin)
    else:
        yield from json_text.of_text(data, origin)


def _documents(text: str, origin: Origin) -> Iterator[Document | Unreadable]:
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    found = _not_empty(text)
    ahead = list(islice(found, 2))
    if not ahead:
        yield Unreadable(origin._replace(line=1, column=1), "empty; an instance view is an object")
    for index, tree in chain(ahead, found):
        here = origin._replace(entry=f"{origin.entry or ''}/{index}") if len(ahead) > 1 else origin
        yield from _of_tree(tree, here, text, lines)


def _not_empty(text: str) -> Iterator[tuple[int, Tree | NotYAMLError]]:
    """Yield the documents that hold anything, with their numbers: a `---` too many leaves an empty one."""
    from instanceview.yaml_tree import Tree, trees  # loads PyYAML

    for index, tree in enumerate(trees(text)):
        if not (isinstance(tree, Tree) and tree.root.value is None and tree.root.start == tree.root.end):
            yield index, tree


def _of_tree(tree: Tree | NotYAMLError, origin: Origin, text: str, lines: list[int]) -> Iterator[Document | Unreadable]:
    if isinstance(tree, Exception):
        yield _refused(origin, lines, tree.offset, tree.reason)
        return
    nodes = [(origin, tree.root)]
    if isinstance(tree.root.value, list):
        entry = origin.entry or ""
        nodes = [(origin._replace(entry=f"{entry}/{each.step}"), each.node) for each in tree.root.members]
    if not nodes:
        yield _refused(origin, lines, tree.root.start, f"{NOT_OURS}: an empty sequence; expected one document an item")
    # A file of another kind is told as such, whatever tags it has: templates and playbooks have their own.
    if tree.tagged and not all(why_not(node.value) for _, node in nodes):
        yield _refused(origin, lines, tree.tagged.offset, tree.tagged.reason)
        return
    for here, node in nodes:
        line, column = _place(lines, node.start)
        source = YAMLSource(text, lines, node)
        yield from shapes.views(node.value, here._replace(line=line, column=column), source, repeats=tree.repeats)


def _refused(origin: Origin, lines: list[int], offset: int, reason: str) -> Unreadable:
    line, column = _place(lines, offset)
    return Unreadable(origin._replace(line=line, column=column), reason)


def _place(lines: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1


class YAMLSource(NamedTuple):
    """The text of a file, the offsets where its lines start, and the node of one document."""

    text: str
    lines: list[int]
    node: Node

    def spans(self) -> Spans:
        """Return the places of the document."""
        return self.node.spans()

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        return _place(self.lines, offset)

    def inside(self, offset: int) -> None:
        """Return None: the physical line and column are exact."""
