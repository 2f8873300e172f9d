"""A search of JSON text for the spans of the wanted members alone; the text of all others is skipped."""

from __future__ import annotations

import re
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import TYPE_CHECKING

from instanceview.places.spans import Span, Spans, skip_space

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from instanceview.places.spans import Path

_COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
_COMMA = re.compile(r"[ \t\n\r]*(?:,[ \t\n\r]*)?")
_value_at = JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]  # the stubs leave it out, too


def wanted_spans(text: str, start: int, wanted: Collection[Path]) -> Spans:
    """Return the spans of the wanted paths in the value that starts at an offset, and no repeated keys.

    >>> wanted_spans('{"a": 1, "b": [2, 30]}', 0, [("b", 1)]).by_path
    {('b', 1): Span(key=None, start=18, end=20, key_end=0)}
    """
    spans = Spans({}, [])
    _find(text, Span(None, start, start), (), spans, wanted)
    return spans


def _find(text: str, at: Span, path: Path, spans: Spans, wanted: Collection[Path]) -> int:
    """Record the wanted spans in the value at `path`, which starts where `at` does; return the offset of its end.

    Values that are not wanted are skipped by the standard library's parser, ten times as fast as a scan.
    """
    below: dict[str | int, list[Path]] = {}
    is_wanted = False
    for each in wanted:
        if len(each) == len(path):
            is_wanted = True
        else:
            below.setdefault(each[len(path)], []).append(each)
    opening = text[at.start] if below else ""
    if opening == "{":
        end = _find_in_object(text, at.start, path, spans, below)
    elif opening == "[":
        end = _find_in_array(text, at.start, path, spans, below)
    else:  # of a key that is repeated, an earlier value may be a text
        end = _value_at(text, at.start)[1]
    if is_wanted:
        spans.by_path[path] = at._replace(end=end)
    return end


def _find_in_object(text: str, start: int, path: Path, spans: Spans, below: Mapping[str | int, list[Path]]) -> int:
    # The last of repeated keys counts, so that an object is looked through to its end.
    offset = skip_space(text, start + 1)
    while text[offset] != "}":
        name, key_end = scanstring(text, offset + 1)
        value = _after(_COLON, text, key_end)
        if name in below:
            end = _find(text, Span(offset, value, value, key_end), (*path, name), spans, below[name])
        else:
            end = _value_at(text, value)[1]
        offset = _after(_COMMA, text, end)
    return offset + 1


def _find_in_array(text: str, start: int, path: Path, spans: Spans, below: Mapping[str | int, list[Path]]) -> int:
    offset, index = skip_space(text, start + 1), 0
    while text[offset] != "]":
        if index in below:
            end = _find(text, Span(None, offset, offset), (*path, index), spans, below[index])
        else:
            end = _value_at(text, offset)[1]
        offset = _after(_COMMA, text, end)
        index += 1
    return offset + 1


def _after(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return match.end() if match else offset
