"""The pieces of a cassette that have anchors, each parsed once, when an alias first needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import beyond
from instanceview.model.written_limits import size_shown
from instanceview.places.source import Source, source_at, source_of_pieces
from instanceview.places.texts import Following, Texts
from instanceview.reading.files.stream import UnreadError
from instanceview.reading.json_texts.parse import NotJSONError, decode
from instanceview.reading.yaml_texts.anchors import Anchors
from instanceview.reading.yaml_texts.cassette_pieces import Piece
from instanceview.reading.yaml_texts.node import Node
from instanceview.reading.yaml_texts.trees import Tree, trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.model.limits import Limits

_ANCHOR = re.compile(rb"[ \t\[{,]&([^\s,\[\]{}]+)")
_ALIAS = re.compile(rb"[ \t\[{,]\*([^\s,\[\]{}]+)")
_BEFORE_ANCHOR = (b" &", b"\t&", b"[&", b"{&", b",&")
_EXPANDED = 20
"""Values and characters that aliases may add for each byte of a cassette before they count against their limit."""


class BrokenError(Exception):
    """A piece that cannot be read: why, its line and column, and True if a quote in it is not closed."""

    def __init__(self, reason: str, line: int, column: int, *, is_open: bool = False) -> None:
        """Keep the reason and the place."""
        super().__init__(reason)
        self.reason = reason
        self.place = (line, column)
        self.is_open = is_open

    def again(self) -> BrokenError:
        """Return the same fault without its traceback, whose frames have texts: 10 times those of a chain of pieces."""
        return BrokenError(self.reason, *self.place, is_open=self.is_open)


@dataclass
class _Kept:
    """A piece with anchors, the pieces that its aliases need, and once it is parsed, its anchors or its fault."""

    piece: Piece
    uses: Mapping[str, _Kept]
    nodes: Mapping[str, Node] | None = None
    fault: BrokenError | None = None

    @property
    def is_done(self) -> bool:
        """True if it is parsed."""
        return self.nodes is not None or self.fault is not None


class Composed(NamedTuple):
    """A piece as a document: its root, and its places, where it needs others after their texts."""

    root: Node
    source: Source | Following


class Anchored:
    """The pieces with anchors, by the anchor's name; the last one of a name counts.

    Those that were parsed are one after another, and so are their offsets. The text of an item that needs some is
    after them. To join the texts for each item takes a time that grows with the square of their number: 15 s for 4 MB.
    """

    def __init__(self, key: bytes, limits: Limits) -> None:
        """Begin with nothing; `key` is that of the items as written."""
        self._limits = limits
        self._key = Piece(key + b"\n", 1, is_item=False)
        self._by_name: dict[str, _Kept] = {}
        self._size = 0
        self._texts = Texts()
        self._left = 0  # what aliases may add

    def add(self, piece: Piece) -> None:
        """Keep a piece if it has anchors; raises UnreadError when there are too many such."""
        self._left += _EXPANDED * len(piece.data)
        if not any(before in piece.data for before in _BEFORE_ANCHOR):
            return
        names = [name.decode("utf-8", "replace") for name in _ANCHOR.findall(piece.data)]
        self._by_name |= dict.fromkeys(names, _Kept(piece, self._uses(piece)))
        self._size += len(piece.data) if names else 0
        most = self._limits.file_in_memory
        if self._size > most:
            reason = f"cannot be read: interactions with anchors are larger than {size_shown(most)}"
            raise UnreadError(beyond(reason, "file_in_memory"))

    def used(self, piece: Piece) -> Iterable[bytes]:
        """Return the texts of the pieces that the aliases of a piece are of."""
        return (kept.piece.data for kept in self._uses(piece).values())

    def _uses(self, piece: Piece) -> dict[str, _Kept]:
        names = {name.decode("utf-8", "replace") for name in _ALIAS.findall(piece.data)}
        return {name: self._by_name[name] for name in names if name in self._by_name}

    def composed(self, piece: Piece) -> Composed:
        """Return a piece as a document; raises BrokenError where it, or what it needs, cannot be read."""
        uses = self._uses(piece)
        for each in uses.values():
            self._parse(each)
        start = self._texts.size if uses else 0
        tree, source, _ = self._parsed(piece, uses, start)
        return Composed(tree.root, Following(self._texts, start, source, tree.root) if uses else source)

    def _parse(self, last: _Kept) -> None:
        """Parse a piece and those that it needs, which are before it, and keep their text."""
        left = [last]
        while left:
            kept = left[-1]
            missing = [] if kept.is_done else [each for each in kept.uses.values() if not each.is_done]
            left += missing
            if missing or left.pop().is_done:
                continue
            try:
                _, source, anchors = self._parsed(kept.piece, kept.uses, self._texts.size)
            except BrokenError as fault:
                kept.fault = fault.again()
                continue
            kept.nodes = anchors.found()
            self._texts.add(source)

    def _parsed(self, piece: Piece, uses: Mapping[str, _Kept], shift: int) -> tuple[Tree, Source, Anchors]:
        """Return the tree of a piece whose text is at an offset, that text, and its anchors; raises BrokenError."""
        pieces = [self._key, piece] if piece.is_item else [piece]
        try:
            texts = [(_decoded(each), (each.line, 1)) for each in pieces]
        except NotJSONError as error:
            raise BrokenError(error.reason, error.line, error.column) from None
        source = source_of_pieces(texts)
        anchors = Anchors(self._limits, _nodes(uses), -self._left)
        line_at = partial(_line_at, source, shift)
        empty = Tree(Node(None, shift, shift), repeats=False, tagged=None)
        tree = next(trees(source.text, line_at, self._limits, anchors, shift), empty)
        self._left = min(-anchors.added, self._left)
        if isinstance(tree, Tree):
            return tree, source, anchors
        end = len(source.text.rstrip())
        is_open = tree.offset - shift >= end and "close the quotes" in tree.reason
        place = source.line_and_column(min(tree.offset - shift, end))  # after it, another item begins
        raise BrokenError(tree.reason, *place, is_open=is_open)


def _line_at(source: Source, shift: int, offset: int) -> int:
    return source.line_and_column(offset - shift)[0]


def _nodes(uses: Mapping[str, _Kept]) -> dict[str, Node]:
    """Return the values of the anchors that a piece needs; raises BrokenError where one cannot be read."""
    nodes: dict[str, Node] = {}
    for name, kept in uses.items():
        if kept.fault:
            raise kept.fault.again()
        if kept.nodes and name in kept.nodes:
            nodes[name] = kept.nodes[name]
    return nodes


def _decoded(piece: Piece) -> str:
    try:
        return decode(piece.data)
    except NotJSONError as error:
        place = source_at(piece.data, piece.line).line_and_column(error.offset)
        reason = re.sub(r" at offset \d+", "", error.reason)  # which is that in the piece
        raise NotJSONError(reason, *place) from None
