"""The limits of one file as people write them and as messages show them: `64MB`, `1_000`, `none`."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from instanceview.model.limits import DEFAULTS, MOST_LEVELS, OFF, SIZES, Limits, beyond
from instanceview.model.text import counted, plural, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

_KI, _MI, _GI = 1 << 10, 1 << 20, 1 << 30

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

    >>> shown("document_size", 128 << 20), shown("document_size", 1), shown("seconds", math.inf)
    ('128MiB', '1B', 'none')
    >>> shown("seconds", 5.0), shown("seconds", 0.00001), shown("seconds", 1e6)
    ('5', '0.00001', '1000000')
    """
    if value in {OFF, math.inf}:
        return "none"
    if name in SIZES:
        return size_shown(int(value)).removesuffix("s").replace("byte", "B").replace(" ", "").replace(",", "")
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


def too_long(limits: Limits, what: str = "") -> str:
    """Return the reason why a file is unreadable that took too long, or something else by its name.

    >>> too_long(Limits(seconds=1), "the check")
    'the check took longer than 1 second; --max-seconds raises the limit'
    """
    took = f"took longer than {shown('seconds', limits.seconds)} {plural(limits.seconds, 'second')}"
    return beyond(f"{what} {took}" if what else took, "seconds")
