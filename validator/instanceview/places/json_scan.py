"""A scan of JSON text for the spans of all members, and for repeated keys.

Written by hand on the standard library's string scanner, which was faster than every library that was tried.
"""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.spans import Duplicate, Span, Spans, skip_space

if TYPE_CHECKING:
    from instanceview.places.spans import Path

_SCALAR = re.compile(r"[^\s,\]}]+")


def all_spans(text: str, start: int) -> Spans:
    """Return the spans of the value that starts at an offset, and of everything in it.

    >>> all_spans('{"a": 1, "a": 2}', 0).duplicates
    [Duplicate(path=('a',), first=1, key=9)]
    """
    scan = _Scan(text, {}, [], [])
    _scan(scan, start, (), None)
    spans = Spans(scan.spans or {}, _left(scan))
    return _without_replaced(spans) if scan.duplicates else spans


def repeated_keys(text: str, start: int) -> list[Duplicate]:
    """Return the keys that their objects have already, in the value that starts at an offset.

    Keys in a value that a repeated key replaced are left out. Of no other member the place is kept, which would take
    40 times the memory of a text of short members.

    >>> repeated_keys('{"a": {"b": 1, "b": 2}, "a": 2}', 0)
    [Duplicate(path=('a',), first=1, key=24)]
    """
    scan = _Scan(text, None, [], [])
    _scan(scan, start, (), None)
    return _left(scan)


class _Scan(NamedTuple):
    """A scan of a text: its spans by path if they are wanted, its repeated keys, and what is replaced of these.

    `replaced` has the slices of `duplicates` that are in a replaced value. They are left out once, at the end: taken
    out at each repeated key, it would take a time that grows with the square of their number.
    """

    text: str
    spans: dict[Path, Span] | None
    duplicates: list[Duplicate]
    replaced: list[tuple[int, int]]


def _left(scan: _Scan) -> list[Duplicate]:
    """Return the repeated keys without those in replaced values."""
    is_replaced = bytearray(len(scan.duplicates))
    for begin, end in scan.replaced:
        is_replaced[begin:end] = b"\1" * (end - begin)
    return [each for each, gone in zip(scan.duplicates, is_replaced, strict=True) if not gone]


def _without_replaced(spans: Spans) -> Spans:
    """Return the spans without those in values that a repeated key replaced: they are not checked."""

    def is_left(path: Path, offset: int) -> bool:
        holders = (spans.by_path[path[:length]] for length in range(len(path)))
        return all(holder.start <= offset < holder.end for holder in holders)

    return spans._replace(by_path={path: span for path, span in spans.by_path.items() if is_left(path, span.start)})


def _scan(scan: _Scan, start: int, path: Path, key: tuple[int, int] | None) -> int:
    """Record the value at `start` and everything in it; return the offset of its end."""
    text = scan.text
    opening = text[start]
    if opening == "{":
        end = _scan_object(scan, start, path)
    elif opening == "[":
        end = _scan_array(scan, start, path)
    elif opening == '"':
        end = _string(text, start)[1]
    else:
        scalar = _SCALAR.match(text, start)
        end = scalar.end() if scalar else start
    if scan.spans is not None:
        scan.spans[path] = Span(key[0], start, end, key[1]) if key else Span(None, start, end)
    return end


def _scan_object(scan: _Scan, start: int, path: Path) -> int:
    text, duplicates = scan.text, scan.duplicates
    seen: dict[str, int] = {}
    within: dict[str, tuple[int, int]] = {}  # the repeated keys in the last value of a name
    paths: dict[str, Path] = {}  # of repeated names, one for all that repeat the same
    offset = skip_space(text, start + 1)
    while text[offset] != "}":
        key = offset
        name, offset = _string(text, key)
        if name in seen:
            scan.replaced.extend([within.pop(name)] if name in within else [])
            duplicates.append(Duplicate(paths.setdefault(name, (*path, name)), seen[name], key))
        seen.setdefault(name, key)
        value = skip_space(text, skip_space(text, offset) + 1)
        before = len(duplicates)
        offset = _after_comma(text, _scan(scan, value, (*path, name), (key, offset)))
        if len(duplicates) > before:
            within[name] = before, len(duplicates)
    return offset + 1


def _scan_array(scan: _Scan, start: int, path: Path) -> int:
    text, index = scan.text, 0
    offset = skip_space(text, start + 1)
    while text[offset] != "]":
        offset = _after_comma(text, _scan(scan, offset, (*path, index), None))
        index += 1
    return offset + 1


def _string(text: str, start: int) -> tuple[str, int]:
    value: tuple[str, int] = scanstring(text, start + 1)
    return value


def _after_comma(text: str, offset: int) -> int:
    offset = skip_space(text, offset)
    return skip_space(text, offset + 1) if text[offset] == "," else offset
