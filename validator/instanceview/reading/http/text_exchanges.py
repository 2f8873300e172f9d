"""One answer in a recording that is a text -> the instance views in it: what all readers of such texts share."""

from __future__ import annotations

from http import HTTPStatus
from json import JSONDecoder
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Skipped, Unreadable
from instanceview.places.body import Body, Turns
from instanceview.places.compact import repeats_keys
from instanceview.places.rows import Rows, rows
from instanceview.reading import views
from instanceview.reading.http.answer import CUT_OFF, Answer, documents, is_worth_reading
from instanceview.reading.http.chunked import begins_with_size, dechunked
from instanceview.reading.http.decoding import NotDecodedError, text_of
from instanceview.reading.http.lines import Line
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.operation import Request, request_of
from instanceview.reading.recognise import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin
    from instanceview.places.spans import Places

_COMPRESSED = b"\x1f\x8b"
_NO_URL = Request("", "vmss-vm", embedded=False, asked=True, api_version=None)


class Recorded(NamedTuple):
    """An answer as a text has it: method, URL and status as far as they are known, and its body's lines.

    `line` is where the answer begins, None where nothing was met yet. `body` may be of places already; `is_chunked`
    says that it came in chunks, whose sizes may stand in it; `is_last` that the text ends with it, where more follows
    what is whole.
    """

    method: str = ""
    url: str = ""
    status: int | None = None
    line: Line | None = None
    body: tuple[Line, ...] | Rows = ()
    is_chunked: bool = False
    is_last: bool = False


def read(answers: Iterable[Recorded], origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers of a text, numbered from 0, or why there is none."""
    for number, answer in enumerate(answers):
        body = (
            answer.body.text.encode() if isinstance(answer.body, Rows) else b"\n".join(row.data for row in answer.body)
        )
        if not _is_worth_reading(answer, body):
            continue
        line = answer.line or Line(1, b"")
        method, url = answer.method.upper() or None, answer.url or None
        here = origin._replace(entry=f"/{number}", line=line.number, column=line.column, method=method, url=url)
        if answer.is_last and _lacks_body(answer, body):
            yield Unreadable(here, CUT_OFF)
            continue
        try:
            source = _source(answer, body)
        except NotJSONError as error:
            yield Unreadable(_in_body(here, answer.body, error), f"the body is {error.reason}")
        except NotDecodedError as error:
            yield Unreadable(here, str(error))
        else:
            yield from of_answer(answer.status, source, here)


def _is_worth_reading(answer: Recorded, body: bytes) -> bool:
    """Return whether an answer may hold an instance view; to an unknown request, or compressed, it always may."""
    if answer.status is not None and answer.status < HTTPStatus.OK:  # an interim one, such as 100 Continue
        return False
    return not answer.url or is_worth_reading(answer.url.encode() + body) or body.startswith(_COMPRESSED)


def _lacks_body(answer: Recorded, body: bytes) -> bool:
    """Return whether an answer has no body, though an instance view was asked for and no error answered."""
    return not body.strip() and answer.status in {HTTPStatus.OK, None} and request_of(answer.url).asked


def _source(answer: Recorded, data: bytes) -> Places | None:
    """Return the text of a body with its places, None for no body; raises NotJSONError and NotDecodedError."""
    held = answer.body
    if not data.strip():
        return None
    if isinstance(held, Rows):
        return held
    if data.startswith(_COMPRESSED):
        place = Rows("", [0], [(held[0].number, held[0].column)])
        return Body(text_of(data), place, lambda: Turns([0], [0], exact=False))
    if answer.is_chunked and begins_with_size(held):
        return without_rest(dechunked(held))
    decode(data)  # for the place where it is no UTF-8
    return without_rest(rows((row.data.decode() + "\n", (row.number, row.column)) for row in held))


def _in_body(origin: Origin, held: tuple[Line, ...] | Rows, error: NotJSONError) -> Origin:
    if isinstance(held, Rows) or not error.line:
        return origin
    row = held[error.line - 1]
    return origin._replace(line=row.number, column=row.column + (error.column or 1) - 1)


def without_rest(body: Rows) -> Rows:
    """Return a body without what follows its JSON value, such as what a program printed next; as it is if broken."""
    start = len(body.text) - len(body.text.lstrip())
    try:
        end = JSONDecoder().raw_decode(body.text, start)[1]
    except (ValueError, RecursionError):
        return body._replace(text=body.text.rstrip())
    return body._replace(text=body.text[:end])


def of_answer(status: int | None, source: Places | None, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in an answer, or why there is none; where no URL is known, its shape tells."""
    if origin.url:
        yield from documents(Answer(origin, status, source))
    elif status not in {HTTPStatus.OK, None}:
        yield from documents(Answer(origin, status, source, request=_NO_URL))
    elif source is not None:
        yield from _by_shape(source, origin)


def _by_shape(source: Places, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in a body of which no URL says what was asked for."""
    data = source.text.encode("utf-8", "surrogatepass")
    try:
        value = parse(data)
    except NotJSONError as error:
        starts = source.text.split("\n", error.line or 1)[: (error.line or 1) - 1]
        offset = sum(len(row) + 1 for row in starts) + (error.column or 1) - 1
        line, column = source.line_and_column(offset)
        place = origin._replace(line=line, column=column, inside=source.inside(offset))
        yield Unreadable(place, f"the body is {error.reason}")
        return
    for each in views.views(value, origin, source, repeats=lambda: repeats_keys(data, value)):
        is_other = isinstance(each, Unreadable) and each.reason.startswith(NOT_OURS)
        yield Skipped(each.origin, each.reason) if isinstance(each, Unreadable) and is_other else each
