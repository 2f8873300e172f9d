"""Logs of Azure PowerShell, `$DebugPreference = "Continue"`: blocks `HTTP REQUEST` and `HTTP RESPONSE`."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from instanceview.places.rows import rows, unwrapped
from instanceview.reading.http import text_exchanges
from instanceview.reading.http.lines import Line, lines
from instanceview.reading.http.text_exchanges import Recorded, without_rest
from instanceview.reading.json_texts.parse import NotJSONError, begins_as_json, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.places.rows import Rows
    from instanceview.reading.files.stream import Stream

# The word before it is in the language of the session: `DEBUG: `, `DÉBOGUER : `.
_BEGIN = rb"(?P<lead>[^\s\"{=][^\"{=\n]{0,60})?={10,} HTTP (?P<what>REQUEST|RESPONSE) ={10,}\s*$"
_SNIFFED = re.compile(rb"(?m)^" + _BEGIN)
_BLOCK = re.compile(_BEGIN)
_SECTION = re.compile(rb"(?P<name>HTTP Method|Absolute Uri|Status Code|Headers|Body):\s*$")
_STATUSES = {status.name.replace("_", ""): status.value for status in HTTPStatus}


def sniff(head: bytes) -> bool:
    """Return whether a text has a line that begins a request or an answer."""
    return b"== HTTP RE" in head and not begins_as_json(head) and _SNIFFED.search(head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers of a log; raises OSError."""
    return text_exchanges.read(_answers(lines(stream)), origin)


def _answers(rows: Iterable[Line]) -> Iterator[Recorded]:
    asked = Recorded()
    for what, first, sections, is_last in _blocks(rows):
        if what == b"REQUEST":
            # A console breaks a long address over lines.
            method, url = _text(sections, b"HTTP Method"), _text(sections, b"Absolute Uri")
            asked = Recorded(method, url, line=first, is_last=is_last)
        else:
            status = _text(sections, b"Status Code")
            number = int(status) if status.isdecimal() else _STATUSES.get(status.upper())
            body = _body(sections.get(b"Body", []))
            yield asked._replace(status=number, line=first, body=body, is_last=is_last)
            asked = Recorded()
    if asked.is_last:
        yield asked


def _blocks(rows: Iterable[Line]) -> Iterator[tuple[bytes, Line, dict[bytes, list[Line]], bool]]:
    """Yield the blocks: which, its first line, the lines of its sections, and whether the log ends with it.

    A block ends where the next message begins.
    """
    block, first, lead = b"", Line(1, b""), b""
    sections: dict[bytes, list[Line]] = {}
    section: list[Line] = []
    for row in rows:
        begin = _BLOCK.match(row.data)
        if block and (begin or (lead and row.data.startswith(lead))):
            yield block, first, sections, False
            block = b""
        if begin:
            block, first, lead = begin["what"], row, begin["lead"] or b""
            sections, section = {}, []
        elif block:
            name = _SECTION.match(row.data) if b"Body" not in sections else None
            if name:
                section = sections.setdefault(name["name"], [])
            else:
                section.append(row)
    if block:
        yield block, first, sections, True


def _text(sections: dict[bytes, list[Line]], name: bytes) -> str:
    return b"".join(row.data.strip() for row in sections.get(name, [])).decode("utf-8", "replace")


def _body(held: list[Line]) -> tuple[Line, ...] | Rows:
    """Return a body as it is, or without the breaks of a console where it is JSON without them alone."""
    if not held:  # cut off before it, or an answer without one
        return ()
    try:
        broken = rows((decode(row.data) + "\n", (row.number, row.column)) for row in held)
        whole = without_rest(unwrapped(broken))
        if whole.text == without_rest(broken).text:
            return tuple(held)
        parse(whole.text.encode())
    except NotJSONError:
        return tuple(held)
    return whole
