"""The limits of what one file may take, so that no input can use up memory or time."""

from __future__ import annotations

import math
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.model.text import counted, plural, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

OFF = sys.maxsize
"""The value of a limit that is off."""

MOST_LEVELS = 200
"""The most levels that `nesting` may allow: jsonschema-rs gives up at 255, and Python's own stack soon after."""

_KI, _MI, _GI = 1 << 10, 1 << 20, 1 << 30


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


def too_long(limits: Limits, what: str = "") -> str:
    """Return the reason why a file is unreadable that took too long, or something else by its name.

    >>> too_long(Limits(seconds=1), "the check")
    'the check took longer than 1 second; --max-seconds raises the limit'
    """
    took = f"took longer than {shown('seconds', limits.seconds)} {plural(limits.seconds, 'second')}"
    return beyond(f"{what} {took}" if what else took, "seconds")


def option(name: str) -> str:
    """Return the option of a limit."""
    return f"--max-{name.replace('_', '-')}"


NAMES = tuple(name for name in Limits._fields if name != "ratio_from")
"""The limits that have an option, in the order of the help."""

SIZES = frozenset({"document_size", "file_in_memory", "file_size", "decoded_size", "unpacked_size"})
"""The limits that are sizes in bytes."""

_UNITS = {
    "": 1,
    "b": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "tb": 10**12,
    "k": _KI,
    "kib": _KI,
    "m": _MI,
    "mib": _MI,
    "g": _GI,
    "gib": _GI,
    "t": _KI * _GI,
    "tib": _KI * _GI,
}
"""Bytes of a unit: `MB` is a million, and `MiB` and `M` are 1,048,576, as GNU's tools have them."""


def limits_of(texts: Mapping[str, str]) -> Limits:
    """Return the limits with some values as people write them, by name; raises ValueError, see `value_of`.

    >>> limits_of({"document_size": "64MB", "documents": "none"}).document_size
    64000000
    """
    values: dict[str, Any] = {name: value_of(name, text) for name, text in texts.items()}
    free = {"ratio_from": 0} if values.get("ratio", DEFAULTS.ratio) != DEFAULTS.ratio else {}
    return DEFAULTS._replace(**values, **free)


def value_of(name: str, text: str) -> int | float:
    """Return the value of a limit that is written as a size, a number or seconds; `0` and `none` turn it off.

    Raises ValueError with what is expected.

    >>> value_of("file_size", "1.5 GiB"), value_of("items", "1_000"), value_of("documents", "0") == OFF
    (1610612736, 1000, True)
    """
    plain = text.strip().lower().replace(",", "").replace("_", "")
    off = math.inf if name == "seconds" else OFF
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([a-z]*)", "0" if plain == "none" else plain)
    unit = _UNITS.get(found[2]) if found and (name in SIZES or not found[2]) else None
    value = float(found[1]) * unit if found and unit else -1.0
    if value < 0 or not (name in SIZES or name == "seconds" or "." not in plain):
        raise ValueError(f"expected {_EXPECTED.get(name, _kind(name))}, found {quote(text)}")
    if name == "nesting" and not 1 <= value <= MOST_LEVELS:
        raise ValueError(f"expected a whole number from 1 to {MOST_LEVELS}, found {quote(text)}")
    return off if value == 0 else value if name == "seconds" else max(1, int(min(value, OFF)))


_EXPECTED = {"nesting": f"a whole number from 1 to {MOST_LEVELS}", "seconds": "a number of seconds, or none"}


def _kind(name: str) -> str:
    return "a size such as 64MB or 512KiB, or none" if name in SIZES else "a whole number, or none"


def shown(name: str, value: float) -> str:
    """Return the value of a limit as its option takes it.

    >>> shown("document_size", 128 << 20), shown("items", 10_000_000), shown("seconds", math.inf)
    ('128MiB', '10000000', 'none')
    >>> shown("seconds", 5.0), shown("seconds", 0.00001), shown("seconds", 1e6)
    ('5', '0.00001', '1000000')
    """
    if value in {OFF, math.inf}:
        return "none"
    if name in SIZES:
        return size_shown(int(value)).replace(" ", "").replace(",", "").replace("bytes", "B")
    if name == "seconds":
        from decimal import Decimal  # most runs have no such limit

        return format(Decimal(str(value)), "f").removesuffix(".0")
    return str(value)


def size_shown(size: int) -> str:
    """Return a number of bytes as a message shows it.

    >>> [size_shown(size) for size in (128 << 20, 64_000_000, 8 << 30, 1500)]
    ['128 MiB', '64 MB', '8 GiB', '1,500 bytes']
    """
    for name, unit in (("GiB", _GI), ("GB", 10**9), ("MiB", _MI), ("MB", 10**6), ("KiB", _KI), ("KB", 10**3)):
        if size >= unit and size % unit == 0:
            return f"{size // unit:,} {name}"
    return counted(size, "byte")
