"""The pieces of a cassette that one interaction needs -> one text: its aliases may stand for parts of earlier ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.parse import decode
from instanceview.stream import LARGEST, UnreadError
from instanceview.yaml_source import YAMLText, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.yaml_pieces import Piece

_ANCHOR = re.compile(rb"[ \t\[{,]&([^\s,\[\]{}]+)")
_ALIAS = re.compile(rb"[ \t\[{,]\*([^\s,\[\]{}]+)")
_BEFORE_ANCHOR = (b" &", b"\t&", b"[&", b"{&", b",&")


def composed(parts: Sequence[Piece]) -> tuple[YAMLText, int]:
    """Return the text of pieces, and the offset where the last one starts; raises NotJSONError for what is no UTF-8."""
    texts: list[str] = []
    moved: list[tuple[int, int]] = []
    offset = lines = 0
    for part in parts:
        moved.append((offset, part.line - 1 - lines))
        texts.append(decode(part.data))
        offset += len(texts[-1])
        lines += texts[-1].count("\n")
    text = "".join(texts)
    return YAMLText(text, lines_of(text), moved), moved[-1][0]


class Anchored:
    """The pieces with anchors, by the anchor's name, in file order; the last one of a name counts."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._by_name: dict[bytes, Piece] = {}
        self._size = 0

    def add(self, piece: Piece) -> None:
        """Keep a piece if it has anchors; raises UnreadError when there are too many such."""
        if not any(before in piece.data for before in _BEFORE_ANCHOR):
            return
        names = _ANCHOR.findall(piece.data)
        self._by_name.update(dict.fromkeys(names, piece))
        self._size += len(piece.data) if names else 0
        if self._size > LARGEST:
            reason = f"cannot be read: interactions of more than {LARGEST >> 20} MiB with anchors; write them out"
            raise UnreadError(reason)

    def needed(self, piece: Piece) -> list[Piece]:
        """Return the pieces that the aliases of a piece need, and those that these need, in file order."""
        found: dict[int, Piece] = {}
        asked = [piece]
        while asked:
            for name in _ALIAS.findall(asked.pop().data):
                other = self._by_name.get(name)
                if other and other.line not in found:
                    found[other.line] = other
                    asked.append(other)
        return [found[line] for line in sorted(found)]
