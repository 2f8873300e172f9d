"""NDJSON: one document a line; blank lines are nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.document import Origin, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.places.source import source_at
from instanceview.reading.bounded import of_size
from instanceview.reading.depth import documents_in_json
from instanceview.reading.files.signatures import BOM
from instanceview.reading.files.stream import too_large
from instanceview.reading.json_texts.parse import NotJSONError, is_json, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Skipped
    from instanceview.reading.files.stream import Stream

_SEVERAL = 2
# What begins with it lacks its braces, over many lines. Here and in json_text.py, an expression for few files is
# compiled where it is used: both were 0.2 % of the instructions of a start.
_MEMBER = rb'\s*"(?:[^"\\]++|\\.)*+"\s*:'


def sniff(head: bytes) -> bool:
    """Return True if the first of several lines is a JSON object or array by itself, or the second if it is broken."""
    lines = [line for line in head.removeprefix(BOM).lstrip().split(b"\n", 8) if line.strip()]
    if len(lines) < _SEVERAL or re.match(_MEMBER, lines[0]):
        return False
    return _is_document(lines[0]) or (_is_document(lines[1]) and not _is_document(head))


def is_followed_by_text(head: bytes) -> bool:
    r"""Return True if as many lines are other text as are documents, as where `curl -w` prints a status after each.

    >>> is_followed_by_text(b'{}\n200\n'), is_followed_by_text(b'{}\n{"a'), is_followed_by_text(b'{}\n{}\nlost\n{}')
    (True, False, False)
    """
    lines = [line.strip() for line in head.removeprefix(BOM).split(b"\n") if line.strip()]
    documents = sum(line[:1] in {b"{", b"["} for line in lines)
    return 2 * documents <= len(lines)


def _is_document(text: bytes) -> bool:
    """Return True if a text is a JSON object or array; the first line of one that is indented is not looked into."""
    return text.lstrip()[:1] in {b"{", b"["} and text.rstrip()[-1:] in {b"}", b"]"} and is_json(text)


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield each line's documents, with the line in the file; a line that is not JSON is unreadable by itself."""
    limits = stream.limits
    for number, line in enumerate(stream.lines(limits.document_size), start=1):
        if line is None:
            yield beyond_line(number, origin, limits)
            continue
        data = line.removeprefix(BOM) if number == 1 else line
        if data.strip():
            yield from of_line(data, number, origin, asked=stream.is_asked, stream=stream, limits=limits)


def beyond_line(number: int, origin: Origin, limits: Limits) -> Unreadable:
    """Return the reason why a line is not read that is larger than a document may be."""
    return Unreadable(Origin(origin.file, None, number, 1), too_large("the line", limits))


def of_line(  # noqa: PLR0913 (the place of the line, and the choices of the run)
    data: bytes,
    number: int,
    origin: Origin,
    *,
    asked: bool = True,
    stream: Stream | None = None,
    limits: Limits = DEFAULTS,
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of one line, with the line in the file; `asked` as in `depth.documents_in`."""
    if len(data) > limits.document_size:
        yield beyond_line(number, origin, limits)
        return
    source = source_at(data, number)
    try:
        body = parse(data, limits)
    except NotJSONError as error:
        line, column = source.line_and_column(error.offset)
        yield Unreadable(Origin(origin.file, None, line, column), error.reason)
        return
    here = Origin(origin.file)
    found = documents_in_json(data, body, here, source, asked=asked, stream=stream, limits=limits)
    yield from (of_size(item, limits) for item in found)
