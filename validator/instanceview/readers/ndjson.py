"""NDJSON: one document a line; blank lines are nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model import Origin, Unreadable
from instanceview.parse import NotJSONError, decode, parse
from instanceview.positions import Source
from instanceview.readers.json_text import document, repeats_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model import Document

_SEVERAL = 2


def sniff(head: bytes) -> bool:
    """Return whether the first of several lines is a JSON object or array by itself, or the second if it is broken."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
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


def read(data: bytes, origin: Origin) -> Iterator[Document | Unreadable]:
    """Yield each line's document, with the line in the file; a line that is no JSON is unreadable by itself.

    Raises NotJSONError when the bytes are no UTF-8.
    """
    for number, line in enumerate(decode(data).split("\n"), start=1):
        if line.strip():
            yield _line(line, number, origin)


def _line(line: str, number: int, origin: Origin) -> Document | Unreadable:
    data = line.encode("utf-8", "surrogatepass")
    try:
        body = parse(data)
    except NotJSONError as error:
        return Unreadable(Origin(origin.file, None, number, error.column), error.reason)
    return document(body, origin, Source(line, first_line=number), repeats=repeats_keys(data, body))
