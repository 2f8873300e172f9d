"""Recordings in JSON: an array or an object of entries, each with a request and the body of its answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Unreadable
from instanceview.model.pointer import pointer
from instanceview.places.body import in_json_string
from instanceview.places.part import Part
from instanceview.places.source import Source
from instanceview.places.spans import value_start
from instanceview.reading.decoding import NotDecodedError, chunks_of, text_in, text_of
from instanceview.reading.files.beside import body_beside, not_beside
from instanceview.reading.http.answer import OK, Answer, is_worth_reading
from instanceview.reading.http.beside import beside_entries
from instanceview.reading.http.documents import documents_of
from instanceview.reading.json_texts.items import items, members
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.operation import request_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from instanceview.model.document import Origin, Skipped
    from instanceview.model.limits import Limits
    from instanceview.places.body import Body
    from instanceview.places.spans import Path, Places
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.json_texts.text_item import TextItem

    class BodyAt(Protocol):
        """Makes the body of the text at a path of an entry, in JSON or in YAML."""

        def __call__(self, path: Path, text: str, /, *, exact: bool) -> Body:
            """Return the body; `exact` is False where its text was decoded further."""


class Exchange(NamedTuple):
    """The request and answer of an entry: method, URL, status, and the paths of body and headers in the entry.

    `encoded` means that the recording calls the body base64. `file` is the name of a file beside the recording that
    holds the body; empty where the recording holds it.
    """

    method: str
    url: str
    status: int | None
    body: Path
    headers: Path
    encoded: bool = False
    file: str = ""


def read_exchanges(
    stream: Stream, origin: Origin, at: tuple[str, ...], exchange_of: Callable[[dict[str, object]], Exchange | None]
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the entries of the array at a path of member names, and those beside it.

    `exchange_of` reads one entry, and returns None for what is not an exchange. Raises NotJSONError where the file is
    broken.
    """
    for item in items(stream.blocks(), at, stream.limits):
        if item.beside is not None:
            yield from beside_entries(item, origin, stream)
            continue
        yield from _if_worth(item, origin._replace(entry=pointer((*at, item.number))), exchange_of, stream)


def read_members(
    stream: Stream, origin: Origin, exchange_of: Callable[[str, dict[str, object]], Exchange | None]
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the members of the object that a recording is, each of which is an entry.

    `exchange_of` reads one entry with its name, and returns None for what is not an exchange. Raises NotJSONError where
    the file is broken.
    """
    for name, item in members(stream.blocks(), stream.limits):
        yield from _if_worth(item, origin._replace(entry=pointer((name,))), partial(exchange_of, name), stream)


def _if_worth(
    item: TextItem, origin: Origin, exchange_of: Callable[[dict[str, object]], Exchange | None], stream: Stream
) -> Iterator[Document | Skipped | Unreadable]:
    # A cut entry may have lost what would make it worth reading, and one that is too large was not kept.
    if item.is_last or item.is_beyond or is_worth_reading(item.data):
        yield from _entry(item, origin._replace(line=item.line, column=item.column), exchange_of, stream)


def _entry(
    item: TextItem, origin: Origin, exchange_of: Callable[[dict[str, object]], Exchange | None], stream: Stream
) -> Iterator[Document | Skipped | Unreadable]:
    try:
        entry = item.value()
        holder = item.source()
    except NotJSONError as error:
        yield Unreadable(origin._replace(line=error.line, column=error.column), error.reason)
        return
    exchange = exchange_of(entry) if isinstance(entry, dict) else None
    if exchange and exchange.file:
        origin = origin._replace(method=exchange.method.upper() or None, url=exchange.url or None)
        headers = at_path(entry, exchange.headers)
        answer = Answer(origin, exchange.status, None, headers=headers, limits=stream.limits)
        yield from _documents_beside(stream, exchange.file, answer)
        return
    yield from of_entry(entry, exchange, origin, holder, partial(in_json_string, holder), limits=stream.limits)


def _documents_beside(stream: Stream, name: str, answer: Answer) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the body of an answer that is in a file of this name, or the reason for none.

    Their places are those in that file; entry, method and URL are those of the recording. Raises UnreadError.
    """
    origin = answer.origin
    request = request_of(origin.url or "")
    found = body_beside(stream, name) if request.kind else None
    if found is None:
        if request.is_for_view and request.kind and answer.status in {OK, None}:
            yield Unreadable(origin, not_beside(name))
        else:
            yield from documents_of(answer)
        return
    data, file = found
    try:
        source = Source(text_of(data, stream.limits))
    except NotDecodedError as error:
        yield Unreadable(origin, str(error))
        return
    line, column = source.line_and_column(value_start(source.text, 0))
    here = origin._replace(file=file, line=line, column=column)
    for item in documents_of(answer._replace(origin=here, source=source)):
        yield item._replace(recording=origin.file) if isinstance(item, Document) else item


def of_entry(  # noqa: PLR0913 (what is known of the entry)
    entry: object, exchange: Exchange | None, origin: Origin, holder: Places, body_at: BodyAt, *, limits: Limits
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in an entry whose place is `origin`; `exchange` is None for what is not an exchange."""
    if exchange is None:
        yield Unreadable(origin, "the entry is not a request with an answer; record it again")
        return
    origin = origin._replace(method=exchange.method.upper() or None, url=exchange.url or None)
    try:
        answer = _answer(entry, exchange, Answer(origin, exchange.status, None, limits=limits), holder, body_at)
    except NotDecodedError as error:
        yield Unreadable(origin, str(error))
        return
    yield from documents_of(answer._replace(headers=at_path(entry, exchange.headers)))


def _answer(entry: object, exchange: Exchange, answer: Answer, holder: Places, body_at: BodyAt) -> Answer:
    """Return an answer with its body, decoded where it is encoded; raises NotDecodedError."""
    body = at_path(entry, exchange.body)
    if body is None:
        return answer
    chunks = chunks_of(body, answer.limits)
    decoded = None
    if chunks or isinstance(body, str):
        decoded = text_in(chunks or str(body), encoded=exchange.encoded, limits=answer.limits)
    if decoded is None and not isinstance(body, str):
        return answer._replace(source=Part(holder, exchange.body), value=body, is_parsed=True)
    text = str(body) if decoded is None else decoded
    return answer._replace(source=body_at(exchange.body, text, exact=decoded is None))


def at_path(value: object, path: Path) -> object:
    """Return the value at a path, None where there is none.

    >>> at_path({"response": {"status": 200}}, ("response", "status")), at_path({}, ("response", "status"))
    (200, None)
    """
    for step in path:
        value = value.get(str(step)) if isinstance(value, dict) else None
    return value


def text_at(value: object, *path: str) -> str:
    """Return the text at a path, empty where there is none."""
    found = at_path(value, path)
    return found if isinstance(found, str) else ""


def status_at(value: object, *path: str) -> int | None:
    """Return the status at a path, a number or its text; None where there is none."""
    found = at_path(value, path)
    if isinstance(found, str) and found[:3].isdecimal():
        return int(found[:3])
    return found if isinstance(found, int) else None
