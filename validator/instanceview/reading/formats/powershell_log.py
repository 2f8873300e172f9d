"""Logs of Azure PowerShell, `$DebugPreference = "Continue"`: blocks `HTTP REQUEST` and `HTTP RESPONSE`."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from instanceview.reading.files.signatures import begins_as_json
from instanceview.reading.http import text_exchanges
from instanceview.reading.http.lines import Line, Lines, lines_of
from instanceview.reading.http.text_exchanges import TextExchange, source_of, without_rest
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.texts.joined import without_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.model.limits import Limits
    from instanceview.places.source import Source
    from instanceview.reading.files.stream import Stream

# The word before it is in the language of the session: `DEBUG: `, `DÉBOGUER : `.
_BEGIN = rb"(?P<lead>[^\s\"{=][^\"{=\n]{0,60})?={10,} HTTP (?P<what>REQUEST|RESPONSE) ={10,}\s*$"
_SNIFFED = re.compile(rb"(?m)^" + _BEGIN)
_BLOCK = re.compile(_BEGIN)
_SECTION = re.compile(rb"(?P<name>HTTP Method|Absolute Uri|Status Code|Headers|Body):\s*$")
_NUMBER = re.compile("[1-5][0-9]{2}")
_STATUSES = {status.name.replace("_", ""): status.value for status in HTTPStatus}


def sniff(head: bytes) -> bool:
    """Return True if a text has a line that begins a request or an answer."""
    return b"== HTTP RE" in head and not begins_as_json(head) and _SNIFFED.search(head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers of a log; raises OSError."""
    return text_exchanges.read_exchanges(_exchanges(lines_of(stream), stream.limits), origin, stream.limits)


def _exchanges(lines: Iterable[Line], limits: Limits) -> Iterator[TextExchange]:
    request = TextExchange()
    for name, first, sections, is_last in _blocks(lines, limits):
        if name == b"REQUEST":
            method, url = _joined(sections, b"HTTP Method"), _joined(sections, b"Absolute Uri")
            request = TextExchange(method, url, line=first, is_last=is_last)
        else:
            status = _joined(sections, b"Status Code")
            number = int(status) if _NUMBER.fullmatch(status) else _STATUSES.get(status.upper())
            body = _body(sections.get(b"Body"))
            headers = sections.get(b"Headers", Lines(limits)).data().decode("utf-8", "replace")
            yield request._replace(status=number, line=first, body=body, is_last=is_last, headers=headers)
            request = TextExchange()
    if request.is_last:
        yield request


def _blocks(lines: Iterable[Line], limits: Limits) -> Iterator[tuple[bytes, Line, dict[bytes, Lines], bool]]:
    """Yield the blocks: their name, first line, the lines of their sections, and True if the log ends with them.

    A block ends where the next message begins.
    """
    block, first, lead = b"", Line(1, b""), b""
    sections: dict[bytes, Lines] = {}
    section = Lines(limits)
    for line in lines:
        begin = _BLOCK.match(line.data)
        if block and (begin or (lead and line.data.startswith(lead))):
            yield block, first, sections, False
            block = b""
        if begin:
            block, first, lead = begin["what"], line, begin["lead"] or b""
            sections, section = {}, Lines(limits)
        elif block:
            name = _SECTION.match(line.data) if b"Body" not in sections else None
            if name:
                section = sections.setdefault(name["name"], Lines(limits))
            else:
                section.add(line)
    if block:
        yield block, first, sections, True


def _joined(sections: dict[bytes, Lines], name: bytes) -> str:
    """Return the text of a section in one line: a console breaks a long address over lines."""
    return b"".join(line.data.strip() for line in sections.get(name, ())).decode("utf-8", "replace")


def _body(lines: Lines | None) -> Lines | Source | None:
    """Return a body as it is, or without the breaks of a console where it is JSON without them alone."""
    if not lines or lines.is_beyond:  # cut off before it, an answer without one, or too large
        return lines
    try:
        decode(lines.data())
        broken = source_of(lines)
        whole = without_rest(without_breaks(broken))
        if whole.text == without_rest(broken).text:
            return lines
        parse(whole.text.encode())
    except NotJSONError:
        return lines
    return whole
