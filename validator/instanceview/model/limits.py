"""The limits of what one file may take, so that no input can use up memory or time."""

from __future__ import annotations

import math
import sys
from typing import NamedTuple

OFF = sys.maxsize
"""The value of a limit that is off."""

MOST_LEVELS = 200
"""The most levels that `nesting` may allow: jsonschema-rs gives up at 255, and Python's own stack soon after."""

_MI, _GI = 1 << 20, 1 << 30


class Limits(NamedTuple):
    """The limits of one file: sizes in bytes, numbers, and seconds. `OFF` turns one off, but for `nesting`.

    What is beyond one of them is unreadable, and the rest is checked; `findings_per_document` alone makes nothing
    unreadable. The option of each is `--max-` and its name with hyphens. Instance views that were captured have 7 KB, 7
    levels and 40 members or items, and recordings 0.4 MB, so that the defaults are far from them.

    >>> from instanceview import Limits, check_text
    >>> check_text('{"statuses": []}', limits=Limits(document_size=10)).unreadable[0].reason
    'the document is larger than 10 bytes; limits=Limits(document_size=...) raises the limit'
    """

    document_size: int = 128 * _MI
    """One document, line of NDJSON, item of an array, entry of a recording or body in a file beside it."""
    file_in_memory: int = 512 * _MI
    """A file that is read as a whole: an object in JSON, YAML, a program or any text; a few times as much is used."""
    file_size: int = OFF
    """Any file, unpacked: arrays, NDJSON and recordings are read in constant memory."""
    decoded_size: int = 64 * _MI
    """One body in base64, hexadecimal, gzip or zlib inside a value."""
    unpacked_size: int = 8 * _GI
    """What a compressed file, or all files of an archive, unpack to; and all bodies in files beside a recording."""
    ratio: int = 500
    """The most times that a content may be larger than it is packed, beyond `ratio_from`.

    Documents that are all the same reach 200 with gzip, and its bombs 1,030; with zstd they reach 10,000 themselves.
    """
    ratio_from: int = _GI
    """Bytes of a content up to which no ratio counts; the option `--max-ratio` makes it 0."""
    nesting: int = 128
    """Levels of objects and arrays."""
    members: int = 1_000_000
    """Members of one object: they take 100 bytes each and more, whatever their text takes."""
    items: int = 10_000_000
    """Items of one array in a document; a recording may hold a body as an array of its bytes."""
    aliases: int = 1_000_000
    """Values and characters that the aliases of one YAML text add, each alias at least one."""
    documents: int = OFF
    """Instance views in one file."""
    findings_per_document: int = 1_000
    """Findings of one document that are kept; the others are counted."""
    seconds: float = math.inf
    """Seconds for one file with the checks of its documents, and seconds for the check of one document."""

    def unpacked_most(self, packed: int, size: int) -> int:
        """Return the most bytes that so many packed ones may unpack to, at most `size`."""
        return min(size, max(self.ratio_from, self.ratio * packed))

    @property
    def are_of_files(self) -> bool:
        """True if one of those is set that are off by default, so that a file is read from its beginning to its end."""
        return (self.file_size, self.documents, self.seconds) != (OFF, OFF, math.inf)

    def hold_for(self, size: int) -> bool:
        """Return True if a documented instance view whose text has so many bytes surely keeps to each limit.

        A member takes 5 bytes of a text, and an item 2.
        """
        most = min(self.document_size, self.file_in_memory, self.file_size, 5 * self.members, 2 * self.items)
        return size <= most and self.nesting >= _DOCUMENTED


DEFAULTS = Limits()
"""The limits of a caller that gives none."""

_DOCUMENTED = 16
"""Levels that no documented instance view has: they have 7."""


def beyond(what: str, name: str) -> str:
    """Return the reason why something is unreadable that is beyond the limit of this name.

    >>> beyond("nested deeper than 128 levels", "nesting")
    'nested deeper than 128 levels; --max-nesting raises the limit'
    """
    return f"{what}; {option(name)}{_RAISES}"


_RAISES = " raises the limit"


def is_beyond(reason: str) -> bool:
    """Return True if something was not read since it is beyond a limit: nobody knows what is in it.

    >>> is_beyond(beyond("an object has more than 9 members", "members")), is_beyond("not JSON: cut off")
    (True, False)
    """
    return reason.endswith(_RAISES)


def option(name: str) -> str:
    """Return the option of a limit."""
    return f"--max-{name.replace('_', '-')}"


NAMES = tuple(name for name in Limits._fields if name != "ratio_from")
"""The limits that have an option, in the order of the help."""

SIZES = frozenset({"document_size", "file_in_memory", "file_size", "decoded_size", "unpacked_size"})
"""The limits that are sizes in bytes."""
