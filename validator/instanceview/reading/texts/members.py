"""Members without their object, which is what people paste most: `"statuses": [ … ]`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.names import fold
from instanceview.reading.json_texts.partial import Fault, decoded
from instanceview.reading.texts.growing import Value
from instanceview.reading.texts.prefixes import line_end, pattern_of, prefix_at, unprefixed
from instanceview.reading.texts.regions import region_of
from instanceview.tables.elements import folded_root_names

if TYPE_CHECKING:
    from instanceview.places.source import Source
    from instanceview.reading.texts.regions import Piece, Region

_MEMBER = re.compile(r'\s*+"(?:[^"\\\n]++|\\.)*+"\s*+:\s*+')
_BETWEEN = re.compile(r"\s*+,?+")
_FIRST = 64  # lines; the members of an instance view of captures have up to some hundred
_GROWTH = 4


@cache
def member_names() -> frozenset[str]:
    """Return the names at the root of an instance view, as every spelling has them, and that of one itself."""
    return folded_root_names() | {"instanceview"}


def may_begin(text: str, start: int, name: str) -> bool:
    """Return True if members without their object may begin at an offset, with a documented name.

    The line has at most a prefix before it, and the line above does not go on here.
    """
    before = prefix_at(text, start)
    if before is None:
        return False
    begin = start - len(before)
    if fold(name) not in member_names() or re.search(r'["{}]', before) or not re.search(r"(?:\A|[\s>|#:])\Z", before):
        return False
    above = text[max(begin - 200, 0) : begin].rstrip()
    return above[-1:] not in {",", "{", "[", ":"} or above.endswith("|") or _is_words(above)


def _is_words(above: str) -> bool:
    """Return True if a line that ends with a comma or a colon is of prose, such as `This is what it says:`."""
    return re.search(r"[A-Za-z]{2,}[,:]\Z", above) is not None


def members_at(whole: Source, start: int, name_end: int) -> Value | Fault:
    """Return the object of the members that begin at an offset, as if braces were around them, or the fault.

    `name_end` is the end of the first name, which may lack its quotes.
    """
    text = whole.text
    prefix = pattern_of(prefix_at(text, start) or "")
    first = _first(text, start, name_end)
    size = _FIRST
    while True:
        region = unprefixed(text, start, first, prefix, size)
        end, fault = _end(region.text)
        is_cut = fault.is_end if fault else not region.text[end:].strip(" \t\r\n,")
        if region.is_all or not is_cut:
            return _value(whole, region, end) or Fault(region.offset(fault.offset) if fault else start + 1)
        size *= _GROWTH


def _first(text: str, start: int, name_end: int) -> list[Piece]:
    """Return the pieces of the first line after a brace, its name in quotes."""
    end = line_end(text, start)
    if text[start] == '"':
        return [("{", start), (text[start:end], start)]
    return [('{"', start), (text[start:name_end], start), ('"', name_end), (text[name_end:end], name_end)]


def _end(text: str) -> tuple[int, Fault | None]:
    """Return the end of the last member that is whole, 0 without one, and the fault of the one that is not."""
    at, end = 1, 0
    while member := _MEMBER.match(text, at):
        found = decoded(text, member.end())
        if isinstance(found, Fault):
            return end, found
        end = found[1]
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
    return end, None


def _value(whole: Source, region: Region, end: int) -> Value | None:
    if not end:
        return None
    after = region.after(end)
    closed = region_of([*region.pieces(0, end), ("}", after - 1)])
    found = decoded(closed.text, 0)
    if isinstance(found, Fault):
        return None
    source = closed.source(whole, len(closed.text))
    return Value(found[0], source, region.offset(0), after, is_fragment=True)
