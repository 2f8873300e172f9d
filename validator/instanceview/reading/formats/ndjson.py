"""NDJSON: one document a line; blank lines are nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import Origin, Unreadable
from instanceview.places.source import Source
from instanceview.reading import views
from instanceview.reading.json_texts.parse import BOM, NotJSONError, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document
    from instanceview.reading.files.stream import Stream

_SEVERAL = 2


def sniff(head: bytes) -> bool:
    """Return whether the first of several lines is a JSON object or array by itself, or the second if it is broken."""
    lines = [line for line in head.removeprefix(BOM).lstrip().split(b"\n", 8) if line.strip()]
    if len(lines) < _SEVERAL:
        return False
    return _is_json(lines[0]) or (_is_json(lines[1]) and not _is_json(head))


def _is_json(line: bytes) -> bool:
    if line.lstrip()[:1] not in {b"{", b"["}:
        return False
    try:
        parse(line)
    except NotJSONError:
        return False
    return True


def read(stream: Stream, origin: Origin) -> Iterator[Document | Unreadable]:
    """Yield each line's documents, with the line in the file; a line that is no JSON is unreadable by itself."""
    for number, line in enumerate(stream.lines(), start=1):
        data = line.removeprefix(BOM) if number == 1 else line
        if data.strip():
            yield from of_line(data, number, origin)


def of_line(data: bytes, number: int, origin: Origin) -> Iterator[Document | Unreadable]:
    """Yield the documents of one line, with the line in the file."""
    try:
        body = parse(data)
        source = Source(decode(data), first_line=number)
    except NotJSONError as error:
        yield Unreadable(Origin(origin.file, None, number, error.column), error.reason)
        return
    yield from views.documents(data, body, Origin(origin.file), source)
