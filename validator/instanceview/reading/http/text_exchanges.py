"""Exchanges in a recording that is a text -> the instance views in them; shared by the readers of such texts."""

from __future__ import annotations

from http import HTTPStatus
from json import JSONDecoder
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.places.body import Body, only_start
from instanceview.places.compact import may_repeat_keys
from instanceview.places.source import Source, source_at, source_of_pieces
from instanceview.reading.decoding import NotDecodedError, text_of
from instanceview.reading.depth import documents_in
from instanceview.reading.files.signatures import GZIP
from instanceview.reading.files.stream import too_large
from instanceview.reading.http.answer import CUT_OFF, Answer, broken_body, is_worth_reading
from instanceview.reading.http.documents import documents_of
from instanceview.reading.http.lines import Line, Lines, begins_with_size, dechunked
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.operation import Request, request_of
from instanceview.reading.recognise import NOT_OURS
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.limits import Limits
    from instanceview.places.spans import Places

_NO_URL = Request("", KINDS[0], embedded=False, is_for_view=True, api_version=None)


class TextExchange(NamedTuple):
    """A request and its answer as a text has them: method, URL and status as far as they are known, and its body.

    `line` is where the answer begins, None where it has not begun. The body is in lines, or is their text already.
    `is_chunked` means that it came in chunks, whose sizes may be in it. `is_last` means that the text ends with it,
    where more follows what is whole. `is_noted` means that the status line is a note of curl, which begins with `<`.
    `headers` are lines of the answer's headers, at least that of `Date`.
    """

    method: str = ""
    url: str = ""
    status: int | None = None
    line: Line | None = None
    body: Lines | Source | None = None
    is_chunked: bool = False
    is_last: bool = False
    is_noted: bool = False
    headers: str = ""


def read_exchanges(
    exchanges: Iterable[TextExchange], origin: Origin, limits: Limits
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers of a text, numbered from 0, or the reason for none."""
    for number, exchange in enumerate(exchanges):
        body = exchange.body
        data = body.text.encode() if isinstance(body, Source) else body.data() if body else b""
        if not _is_worth_reading(exchange, data):
            continue
        line = exchange.line or Line(1, b"")
        method, url = exchange.method.upper() or None, exchange.url or None
        here = origin._replace(entry=f"/{number}", line=line.number, column=line.column, method=method, url=url)
        if exchange.is_last and _lacks_body(exchange, data):
            yield Unreadable(here, CUT_OFF)
            continue
        if isinstance(body, Lines) and body.is_beyond:
            yield from _beyond(exchange, here._replace(line=body.first.number, column=body.first.column), limits)
            continue
        try:
            places = _body(body, data, limits, is_chunked=exchange.is_chunked)
        except NotJSONError as error:
            yield broken_body(here, body if isinstance(body, Source) else source_of(body or ()), error)
        except NotDecodedError as error:
            yield Unreadable(here, str(error))
        else:
            yield from of_answer(exchange.status, places, here, headers=exchange.headers, limits=limits)


def _is_worth_reading(exchange: TextExchange, data: bytes) -> bool:
    """Return True if an answer may hold an instance view; to an unknown request, or compressed, it always may."""
    if exchange.status is not None and exchange.status < HTTPStatus.OK:  # an interim one, such as 100 Continue
        return False
    return not exchange.url or is_worth_reading(exchange.url.encode() + data) or data.startswith(GZIP)


def _lacks_body(exchange: TextExchange, data: bytes) -> bool:
    """Return True if an answer has no body, though an instance view was requested and no error answered."""
    is_ok = exchange.status in {HTTPStatus.OK, None}
    return not data.strip() and is_ok and request_of(exchange.url).is_for_view


def _beyond(exchange: TextExchange, origin: Origin, limits: Limits) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the reason why a body that is too large was not read, or the status that says that it has no view."""
    if exchange.status in {HTTPStatus.OK, None}:
        yield Unreadable(origin, too_large("the body", limits))
    else:
        yield from of_answer(exchange.status, None, origin, limits=limits)


def _body(body: Lines | Source | None, data: bytes, limits: Limits, *, is_chunked: bool) -> Places | None:
    """Return the text of a body with its places, None for no body; raises NotJSONError and NotDecodedError."""
    if not data.strip() or not body:
        return None
    if isinstance(body, Source):
        return body
    if data.startswith(GZIP):
        return Body(text_of(data, limits), source_at(b"", body.first.number, body.first.column), lambda: only_start(0))
    if is_chunked and begins_with_size(data):
        return without_rest(dechunked(body))
    decode(data)  # for the fault where it is not UTF-8
    return without_rest(source_of(body))


def source_of(lines: Iterable[Line]) -> Source:
    """Return the text of lines with their places; bytes that are not UTF-8 become U+FFFD."""
    return source_of_pieces((line.data.decode("utf-8", "replace") + "\n", (line.number, line.column)) for line in lines)


def without_rest(body: Source) -> Source:
    """Return a body without what follows its JSON value, such as what a program printed next; as it is if broken."""
    start = len(body.text) - len(body.text.lstrip())
    try:
        end = JSONDecoder().raw_decode(body.text, start)[1]
    except (ValueError, RecursionError):
        return body._replace(text=body.text.rstrip())
    return body._replace(text=body.text[:end])


def of_answer(  # noqa: PLR0913 (what is known of the answer)
    status: int | None,
    source: Places | None,
    origin: Origin,
    *,
    asked: bool = False,
    headers: object = None,
    limits: Limits,
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in an answer, or the reason for none; where no URL is known, its shape decides.

    `asked` means that it is meant as an instance view; `headers` are those of the answer, `limits` those of the file.
    """
    if origin.url:
        yield from documents_of(Answer(origin, status, source, headers=headers, limits=limits))
    elif status not in {HTTPStatus.OK, None}:
        yield from documents_of(Answer(origin, status, source, request=_NO_URL, limits=limits))
    elif source is not None:
        for item in _by_shape(source, origin, limits, asked=asked):
            yield item._replace(headers=item.headers or headers) if isinstance(item, Document) else item


def _by_shape(
    source: Places, origin: Origin, limits: Limits, *, asked: bool
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in a body whose request has no known URL."""
    data = source.text.encode("utf-8", "surrogatepass")
    try:
        value = parse(data, limits)
    except NotJSONError as error:
        yield broken_body(origin, source, error)
        return
    found = documents_in(
        value, origin, source, may_repeat=lambda: may_repeat_keys(data, value), asked=asked, limits=limits
    )
    for each in found:
        if isinstance(each, Unreadable) and each.reason.startswith(NOT_OURS):
            yield Skipped(each.origin, each.reason)
        else:
            yield each
