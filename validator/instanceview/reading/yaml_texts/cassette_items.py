"""The interactions of a cassette in YAML, one at a time, and what is beside them.

Of unwanted ones, only what aliases need is parsed. The plan is above cassette_pieces.py.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.source import Source
from instanceview.reading.files.stream import too_large
from instanceview.reading.json_texts.parse import decode
from instanceview.reading.marks import may_hold_view
from instanceview.reading.yaml_texts.cassette_anchors import Anchored, BrokenError
from instanceview.reading.yaml_texts.cassette_pieces import Rest, cut_pieces, opening
from instanceview.reading.yaml_texts.trees import Tree, trees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from instanceview.model.limits import Limits
    from instanceview.places.texts import Following
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.yaml_texts.cassette_pieces import Opening, Piece
    from instanceview.reading.yaml_texts.node import Node

_ALIAS = re.compile(rb"[ \t]*+-[ \t]++(?:request[ \t]*+:[ \t]++)?\*")
_MARKS = (b"---", b"...")  # a piece with one is a document, or the end of one
_NAMES = ("interactions", "http_interactions")
_LONGEST_JOIN = 8  # pieces; more than one is a text in quotes with lines that look like interactions


class Interaction(NamedTuple):
    """One interaction: the name of its key, its number from 0, its node, and the text around it.

    Without a number it is not one, but beside them: a member of this name, or without one a mapping or a document.
    `is_last` means that the file ends with it, so that it may be cut off.
    """

    name: str
    number: int | None
    node: Node
    source: Source | Following
    is_last: bool = False


class BrokenPiece(NamedTuple):
    """Something that cannot be read: why, its line and column, and where known the interaction's key and number.

    `beside` is the text of what is not an interaction.
    """

    reason: str
    line: int
    column: int
    name: str = ""
    number: int | None = None
    beside: bytes = b""


def interactions(stream: Stream, is_wanted: Callable[[bytes], bool]) -> Iterator[Interaction | BrokenPiece]:
    """Yield the items that are wanted by their text, and the last one, which may be cut off; what is broken is a value.

    What cannot be cut into items, such as flow style, is read as a whole and every item is yielded. Raises OSError,
    UnreadError, and NotJSONError where a whole text is not UTF-8.
    """
    begins = opening(stream.head)
    if begins:
        limits = stream.limits
        pieces = cut_pieces(stream.blocks(), begins.indent, limits.document_size)
        return _Cutter(begins, pieces, limits).interactions(is_wanted)
    return _of_whole(decode(stream.whole()), stream.limits)


def _of_whole(text: str, limits: Limits) -> Iterator[Interaction | BrokenPiece]:
    whole = Source(text).by_lines()
    for tree in trees(text, lambda offset: whole.line_and_column(offset)[0], limits):
        if not isinstance(tree, Tree):
            yield BrokenPiece(tree.reason, *whole.line_and_column(tree.offset))
            continue
        names = [name for name in _NAMES if isinstance(tree.root.value, dict) and name in tree.root.value]
        for key in tree.root.members if names else ():
            if key.step in names and isinstance(key.node.value, list):
                for number, member in enumerate(key.node.members):
                    yield Interaction(str(key.step), number, member.node, whole._replace(tree=member.node))
            elif _may_hold_view(text, key.node):
                yield Interaction(str(key.step), None, key.node, whole._replace(tree=key.node))
        if not names and _may_hold_view(text, tree.root):
            yield Interaction("", None, tree.root, whole._replace(tree=tree.root))


def _may_hold_view(text: str, node: Node) -> bool:
    """Return True if a value may be or have an instance view, by its text; that of an alias is elsewhere."""
    return text.startswith("*", node.start) or may_hold_view(text[node.start : node.end].encode())


class _Cutter:
    """Makes items of pieces; keeps the pieces with anchors, which a later one may need."""

    def __init__(self, begins: Opening, cut: Iterable[Piece], limits: Limits) -> None:
        self._begins = begins
        self._limits = limits
        self._left = iter(cut)
        self._ahead: deque[Piece] = deque()
        self._anchored = Anchored(begins.key, limits)
        self._rest = Rest(limits)

    def interactions(self, is_wanted: Callable[[bytes], bool]) -> Iterator[Interaction | BrokenPiece]:
        number, inside = 0, False
        while piece := self._next_piece():
            if not piece.is_item:
                number, inside = 0, piece.is_beyond or piece.data.startswith(self._begins.key)
                if piece.data.startswith(_MARKS):
                    yield from self._beside()
                self._rest.add(piece)
                if inside:
                    yield from self._beside()
            elif not inside:
                self._rest.add(piece)
            elif piece.is_beyond:
                reason = too_large("the interaction", self._limits)
                yield BrokenPiece(reason, piece.line, 1, self._begins.name, number)
                number += 1
            elif self._is_wanted(piece, is_wanted) or not self._peek(1):
                found = self._items_of(piece, number)
                is_last = not self._peek(1)
                yield from (each._replace(is_last=is_last) if isinstance(each, Interaction) else each for each in found)
                number += sum(isinstance(each, Interaction) for each in found) or 1
            else:
                number += 1
            self._anchored.add(piece)
        yield from self._beside()

    def _beside(self) -> Iterator[Interaction | BrokenPiece]:
        """Yield the lines beside the interactions as a mapping, where they may hold an instance view."""
        piece = self._rest.taken()
        if piece.is_beyond:
            yield BrokenPiece(too_large("what is beside the interactions", self._limits), piece.line, 1)
        elif self._is_wanted(piece, may_hold_view):
            try:
                root, source = self._anchored.composed(piece)
            except BrokenError as error:
                yield BrokenPiece(error.reason, *error.place, beside=piece.data)
            else:
                yield Interaction("", None, root, source._replace(tree=root))

    def _is_wanted(self, piece: Piece, is_wanted: Callable[[bytes], bool]) -> bool:
        """Return True if the text of an item is wanted, or that of what it is an alias of."""
        is_alias = not piece.is_item or _ALIAS.match(piece.data) is not None
        return is_wanted(piece.data) or (is_alias and any(map(is_wanted, self._anchored.used(piece))))

    def _next_piece(self) -> Piece | None:
        return self._ahead.popleft() if self._ahead else next(self._left, None)

    def _peek(self, count: int) -> list[Piece]:
        """Return so many of the next pieces, less at the end."""
        self._ahead.extend(islice(self._left, max(0, count - len(self._ahead))))
        return list(islice(self._ahead, count))

    def _items_of(self, piece: Piece, number: int) -> Sequence[Interaction | BrokenPiece]:
        """Return the items of a piece; of this one and the next where a text in quotes goes on there."""
        try:
            return self._parsed(piece, number)
        except BrokenError as error:  # not kept: with its traceback, it would keep this frame and all in it
            fault, is_open = BrokenPiece(error.reason, *error.place, self._begins.name, number), error.is_open
        more = self._peek(_LONGEST_JOIN) if is_open else []
        for count in range(1, len(more) + 1):
            data = b"".join(each.data for each in [piece, *more[:count]])
            try:
                joined = self._parsed(piece._replace(data=data), number)
            except BrokenError as error:
                if error.is_open:
                    continue
                break
            for _ in range(count):
                self._next_piece()
            return joined
        return [fault]

    def _parsed(self, piece: Piece, number: int) -> Sequence[Interaction]:
        """Return the items of a piece; raises BrokenError."""
        name = self._begins.name
        root, source = self._anchored.composed(piece)
        sequence = root.at((name,))
        members = sequence.members if sequence else ()
        return [
            Interaction(name, index, member.node, source._replace(tree=member.node))
            for index, member in enumerate(members, start=number)
        ]
