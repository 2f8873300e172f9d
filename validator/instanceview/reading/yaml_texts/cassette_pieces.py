"""Cuts a cassette in YAML into pieces where an interaction or a root key begins; the rest is never in memory."""

# Goal: read the interactions of a cassette of any size in constant memory, and parse only those that may hold an
# instance view: PyYAML takes five times as long as the search for the cuts.
#
# Plan: nothing is parsed here. A cut is made at a line that looks like an item of the sequence or like a root key
# (`_ITEM`, `_ROOT_KEY`). A wanted piece is parsed below the key of the items (cassette_items.py). A piece with an
# anchor that it needs is parsed before it, and only once (cassette_anchors.py). The place in the file is kept: each
# piece knows its first line.
#
# Invariants:
# - The pieces put together are the file without its byte order mark, whatever the blocks are.
# - A cut is a guess: lines of a text in quotes may look like anything. So a piece that ends within quotes is joined
#   with the next ones, up to eight, until they are closed; otherwise its own fault counts.
# - What cannot be cut, such as flow style, is read as a whole, up to the limit of a file in memory.
# - An alias finds the last anchor of its name before it; pieces with anchors are kept, up to the same limit.
# - The text of a piece that is larger than a document may be is not kept.
#
# Tried, on 2 cores with Python 3.11, on a cassette of 20 MB with 4,330 interactions, in seconds of the processor:
# - yaml.load of the whole file by CSafeLoader: 1.3 and 85 MB of memory; read as a whole here: 1.2 and 107 MB.
# - Cut, and every piece parsed: 1.5 and 8 MB; cut, and no piece wanted: 0.3 and 6 MB.
# - PyYAML without libyaml takes 22 times as long, so that a cassette is bearable there only because it is cut.
# A cassette of 316 MB takes 1.2 times the memory of one of 10.5 MB (50.2 and 42.6 MB).
#
# Measure again: `python tests/benchmarks/run.py --part cassette`; tests/reading/test_yaml_items.py compares pieces with
# the whole, on drawn cassettes and on all case files.

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import OFF
from instanceview.reading.files.signatures import BOM, MAYBE_BOM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.limits import Limits

_NAME = rb"(?:http_)?interactions"
_KEY = rb"(?:%b|\"%b\"|'%b')[ \t]*:(?=\s|\Z)" % (_NAME, _NAME, _NAME)
_BLANK = rb"[ \t]*+(?:#[^\n]*+)?\r?\n"
_ABOVE = (
    # Blank lines, directives and marks; then other keys with their values.
    rb"%b(?:%b|%%[^\n]*+\n|---(?:[ \t]++(?:[&!]\S*+|#[^\n]*+))*+[ \t]*+(?:\r?\n|(?=\{))|"
    rb"(?!%b)[\w.$\"'-]++[ \t]*+:(?:[ \t\r][^\n]*+)?\n|[ ][^\n]*+\n|-[ \t][^\n]*+\n"
    rb")*+" % (MAYBE_BOM, _BLANK, _KEY)
)
_CASSETTE = re.compile(rb"%b(?:%b|\{\s*%b)" % (_ABOVE, _KEY, _KEY))
_OPENING = re.compile(rb"%b(%b)(?:%b)++( *+)-\s" % (_ABOVE, _KEY, _BLANK))
_ROOT_KEY = rb"%b|[A-Za-z_][\w.$-]*[ \t]*:(?=\s|\Z)|---(?=\s|\Z)|\.\.\.(?=\s|\Z)" % _KEY
_ITEM = rb"-(?:[ \t]+(?:[&!*#{?]|(?:[\w.$-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?:\s|\Z))|[ \t\r]*(?:\n|\Z))"


class Opening(NamedTuple):
    """The key of the interactions as written, its name, and the indentation of its items."""

    key: bytes
    name: str
    indent: bytes


class Piece(NamedTuple):
    """Whole lines of a file, the number of the first, from 1, and True if they begin an item, False for a root key.

    `is_beyond` means that they are more than a document may have, so that they are not kept.
    """

    data: bytes
    line: int
    is_item: bool
    is_beyond: bool = False


def begins_as_cassette(head: bytes) -> bool:
    r"""Return True if a text begins as a cassette in YAML.

    >>> begins_as_cassette(b"---\nversion: 1\ninteractions:\n- id: 0"), begins_as_cassette(b"{interactions: []}")
    (True, True)
    >>> begins_as_cassette(b"paths:\n  interactions:\n")
    False
    """
    return _CASSETTE.match(head) is not None


def opening(head: bytes) -> Opening | None:
    r"""Return the opening of the interactions, None where they are not a block sequence that can be cut.

    >>> opening(b"version: 2\ninteractions:\n  - id: 0\n")
    Opening(key=b'interactions:', name='interactions', indent=b'  ')
    """
    found = _OPENING.match(head)
    if not found:
        return None
    return Opening(found[1], found[1].rstrip(b" \t:").strip(b"\"'").decode(), found[2])


def cut_pieces(blocks: Iterable[bytes], indent: bytes, most: int = OFF) -> Iterator[Piece]:
    """Yield the pieces of a file, of at most so many bytes; the first one is what precedes the first item."""
    begins = re.compile(rb"^(?:%b(?P<item>%b)|%b)" % (indent, _ITEM, _ROOT_KEY), re.MULTILINE)
    piece = _Growing(1, most)
    is_item = False
    for lines in _whole_lines(blocks, most):
        at = 0
        for found in begins.finditer(lines):
            piece.add(lines[at : found.start()])
            if piece.size:
                yield piece.made(is_item=is_item)
            piece = _Growing(piece.end, most)
            at, is_item = found.start(), found["item"] is not None
        piece.add(lines[at:])
    yield piece.made(is_item=is_item)


class _Growing:
    """A piece that is being read: its parts, its first line, and the line where it ends."""

    def __init__(self, line: int, most: int) -> None:
        self._parts: list[bytes] = []
        self._line = self.end = line
        self._most = most
        self.size = 0

    def add(self, part: bytes) -> None:
        """Add a part; the parts of what is too large are not kept."""
        self.size += len(part)
        self.end += part.count(b"\n")
        if self.size > self._most:
            self._parts.clear()
        else:
            self._parts.append(part)

    def made(self, *, is_item: bool) -> Piece:
        return Piece(b"".join(self._parts), self._line, is_item, self.size > self._most)


class Rest:
    """The pieces beside the interactions, collected as one: part of a root mapping, or another document."""

    def __init__(self, limits: Limits) -> None:
        """Begin with none."""
        self._most = limits.document_size
        self._growing: _Growing | None = None

    def add(self, piece: Piece) -> None:
        """Add a piece; the mark that ends the document before it is left out, since it is not YAML by itself."""
        self._growing = self._growing or _Growing(piece.line, self._most)
        self._growing.add(re.sub(rb"\A\.\.\.", b"   ", piece.data))
        self._growing.size += self._most if piece.is_beyond else 0

    def taken(self) -> Piece:
        """Return the pieces as one, and begin anew."""
        found = (self._growing or _Growing(1, self._most)).made(is_item=False)
        self._growing = None
        return found


def _whole_lines(blocks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Yield blocks that end where a line does, or in a line of so many bytes, without a byte order mark."""
    rest: list[bytes] = []
    size, is_first = 0, True
    for each in blocks:
        block = each.removeprefix(BOM) if is_first else each
        is_first = False
        end = block.rfind(b"\n") + 1
        if end or size > most:
            end = end or len(block)
            yield b"".join([*rest, block[:end]])
            rest, size = [], 0
        rest.append(block[end:])
        size += len(rest[-1])
    yield b"".join(rest)
