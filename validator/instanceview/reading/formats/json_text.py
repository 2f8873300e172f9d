"""A JSON text: an object is one document or an answer with some, an array many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import Unreadable
from instanceview.places.source import Source
from instanceview.reading.depth import documents_in_json
from instanceview.reading.files.signatures import BOM
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.recognise import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin, Skipped
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.json_texts.window import TextItem


def sniff(head: bytes) -> bool:  # noqa: ARG001 (every reader has this form)
    """Return True: what no other reader knows is read as JSON, and refused with its place when it is not."""
    return True


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the document of an object, or those of an array's items, one at a time.

    Raises NotJSONError when the text is not JSON, after the items before that place.
    """
    if stream.head.removeprefix(BOM).lstrip()[:1] == b"[":
        return _array(stream.blocks(), origin, stream)
    return of_text(stream.whole(), origin, stream)


def of_text(data: bytes, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a JSON text that is in memory; raises NotJSONError when it is not JSON."""
    body = parse(data)
    if isinstance(body, list):
        yield from _array([data], origin, stream)
    else:
        yield from documents_in_json(data, body, origin, Source(decode(data)), asked=stream.is_asked, stream=stream)


def _array(blocks: Iterable[bytes], origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    # Loaded here, since only arrays need it: its expressions are long, and it saves 1.8 ms of a cold start of 65.
    from instanceview.reading.json_texts.items import items

    item = None
    for item in items(blocks, ()):
        yield from _item(item, origin, stream)
    if item is None:
        reason = f"{NOT_OURS}: an empty array; expected one document an item"
        yield Unreadable(origin._replace(line=1, column=1), reason)


def _item(item: TextItem, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    here = origin._replace(entry=f"{origin.entry or ''}/{item.number}", line=item.line, column=item.column)
    try:
        body = item.value()
        source = item.source()
    except NotJSONError as error:
        yield Unreadable(here._replace(line=error.line, column=error.column), error.reason)
        return
    yield from documents_in_json(item.data, body, here, source, asked=stream.is_asked, stream=stream)
