"""A JSON text: an object is one document or an answer with some, an array many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.document import Unreadable
from instanceview.places.source import Source
from instanceview.reading.depth import documents_in_json
from instanceview.reading.files.signatures import MAYBE_BOM
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.structures import is_list_of_statuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin, Skipped
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.json_texts.text_item import TextItem

# A time or a level in brackets, at the beginning of a log, is not an array.
_ARRAY = re.compile(MAYBE_BOM + rb"\s*\[\s*+(?:[\[{\"\]]|\Z|[^\s,\[\]{}\"]++\s*+(?:,|\]\s*+\Z|\Z))")

# A list of statuses is one document; others have one an item, so that any number of them is read.
_STATUS = MAYBE_BOM + rb"(?i:\s*\[\s*+\{\s*+\"(?:code|level|message|time|display_?status)\")"
_PASTED = (b"\x1b", b"^M\n", b"^M\r", b"]\n----", b"]\r\n----")
"""Colours, carriage returns as two characters, and a block of AsciiDoc."""


def sniff(head: bytes) -> bool:  # noqa: ARG001 (every reader has this form)
    """Return True: what no other reader knows is read as JSON, and refused with its place when it is not."""
    return True


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the document of an object, or those of an array's items, one at a time.

    What is not JSON is read as a text that holds some. Raises NotJSONError where it holds none, with the fault of it as
    JSON; in an array after the items before that place.
    """
    is_array = _ARRAY.match(stream.head) and not any(mark in stream.head for mark in _PASTED)
    if is_array and not (stream.is_whole and re.match(_STATUS, stream.head)):
        return _array(stream.blocks(), origin, stream)
    return _of_json_or_text(stream.whole(), origin, stream)


def _of_json_or_text(data: bytes, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    try:
        body = parse(data, stream.limits)
    except NotJSONError as error:
        fault = error.again()
    else:
        yield from of_value(body, data, origin, stream)
        return
    # Loaded here, since most files are JSON, and the command line starts that much sooner.
    from instanceview.reading.texts import any_text

    yield from any_text.instead_of_json(data, origin, fault, stream.limits)


def of_text(data: bytes, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a JSON text that is in memory; raises NotJSONError when it is not JSON."""
    yield from of_value(parse(data, stream.limits), data, origin, stream)


def of_value(body: object, data: bytes, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of the value of a JSON text that is in memory."""
    if isinstance(body, list) and not is_list_of_statuses(body):
        yield from _array([data], origin, stream)
    else:
        source = Source(decode(data))
        yield from documents_in_json(
            data, body, origin, source, asked=stream.is_asked, stream=stream, limits=stream.limits
        )


def _array(blocks: Iterable[bytes], origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    # Loaded here, since only arrays need it: its expressions are long, and it saves 1.8 ms of a cold start of 65.
    from instanceview.reading.json_texts.items import items

    item = None
    for item in items(blocks, (), stream.limits):
        yield from _item(item, origin, stream)
    if item is None:
        reason = f"{NOT_OURS}: this is an empty array; expected one document per item"
        yield Unreadable(origin._replace(line=1, column=1), reason)


def _item(item: TextItem, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    here = origin._replace(entry=f"{origin.entry or ''}/{item.number}", line=item.line, column=item.column)
    try:
        body = item.value()
        source = item.source()
    except NotJSONError as error:
        yield Unreadable(here._replace(line=error.line, column=error.column), error.reason)
        return
    yield from documents_in_json(
        item.data, body, here, source, asked=stream.is_asked, stream=stream, limits=stream.limits
    )
