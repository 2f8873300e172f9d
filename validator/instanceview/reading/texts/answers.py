"""The answers in a text: each JSON value with what the text says above it -> the instance views that it has."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.dates import answered_at
from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.reading.http.text_exchanges import of_answer
from instanceview.reading.json_texts.faults import BEGINNING
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.reading.marks import may_hold_view
from instanceview.reading.operation import request_of
from instanceview.reading.other_forms import OtherForm
from instanceview.reading.recognise import recognise
from instanceview.reading.texts.above import Above, after
from instanceview.reading.texts.growing import Broken, Value
from instanceview.reading.texts.prefixes import prefix_at
from instanceview.reading.texts.values import values_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.limits import Limits
    from instanceview.places.source import Source

Item = Document | Skipped | Unreadable
"""What is read of a text."""

_AFTER = 200  # characters after a fault that its words may be about


class _Answer(NamedTuple):
    """A JSON value of a text, or what is broken, with what the text says above it."""

    value: Value | Broken | OtherForm
    above: Above


def has_documents(items: Iterable[Item]) -> bool:
    """Return True if there is an instance view among what was read; nothing after it is read."""
    return any(isinstance(item, Document) for item in items)


def in_json(whole: Source, origin: Origin, limits: Limits) -> Iterator[tuple[int, Item]]:
    """Yield the items of the JSON values in a text and the faults of broken ones, in order, each with its offset."""
    number, size = 0, len(whole.text.strip())
    for value, above in _answers(whole):
        if not isinstance(value, Value):
            yield value.start, _unreadable(whole, value, above, origin, limits)
            continue
        line, column = value.source.line_and_column(0)
        entry = origin.entry if _is_alone(value, size) else f"{origin.entry or ''}/{number}"
        here = origin._replace(
            entry=entry, line=line, column=column, method=above.method or None, url=above.url or None
        )
        for item in _of_value(value, above, here, limits):
            yield value.start, dated(_as_fragment(item) if value.is_fragment else item, above)
        number += 1


def _unreadable(
    whole: Source, broken: Broken | OtherForm, above: Above, origin: Origin, limits: Limits
) -> Unreadable | Skipped:
    """Return the fault of JSON in a text, with its place, and with the request above it if that asks for a view."""
    if isinstance(broken, OtherForm):
        line, column = whole.line_and_column(broken.start)
        here = origin._replace(line=line, column=column)
        return Unreadable(here, broken.reason) if broken.is_ours else Skipped(here, broken.reason, "other-form")
    if request_of(above.url).is_for_view:
        origin = origin._replace(method=above.method or None, url=above.url)
    part = whole.text[broken.start : min(broken.offset + _AFTER, broken.end)]
    prefix = (prefix_at(whole.text, broken.start) or "").strip()
    brace = "" if part[:1] in {"{", "["} else "{"  # of members without their object
    at, reason = broken.offset, "not JSON: broken here"
    try:
        parse(f"{brace}{part}".encode("utf-8", "replace"), limits)
    except NotJSONError as error:
        if not (prefix and part.startswith(prefix, error.offset)):  # else it is the prefix of the next line
            at, reason = broken.start + error.offset - len(brace), error.reason.removesuffix(BEGINNING)
    line, column = whole.line_and_column(at)
    return Unreadable(origin._replace(line=line, column=column), reason)


def _answers(whole: Source) -> Iterator[_Answer]:
    """Yield the values that may hold an instance view and broken ones, each with the request and status above it."""
    above, done, size = Above(), 0, len(whole.text.strip())
    for value in values_in(whole):
        above = after(whole.text, done, value.start, above)
        done = value.start
        if not isinstance(value, Value):
            yield _Answer(value, above)
            continue
        done = value.end
        is_error = isinstance(value.value, dict) and "error" in value.value
        may_hold = _is_alone(value, size) or may_hold_view(value.source.text.encode("utf-8", "replace"))
        if may_hold or (is_error and request_of(above.url).is_for_view):
            yield _Answer(value, above)
            above = above._replace(status=None, headers=None)
        elif answered_at(value.value):  # the headers of the answer that follows
            above = above._replace(headers=value.value)


def _is_alone(value: Value, size: int) -> bool:
    """Return True if a value is all that a text of so many characters, without white space around it, has."""
    return value.end - value.start >= size


def _of_value(value: Value, above: Above, origin: Origin, limits: Limits) -> list[Item]:
    """Return the instance views of a value: as its request has them, else by its shape, as a client printed it.

    That a request is above a value does not say that the value is its answer.
    """
    request = request_of(above.url)
    answer_of = partial(_answer_of, value, limits)
    is_ok = above.status in {HTTPStatus.OK, None}
    is_view = not (request.kind and not request.embedded and is_ok and not recognise(value.value, asked=True).evidence)
    found = list(answer_of(above.status, origin)) if is_view else []
    if has_documents(found) or not above.url or not is_ok or (request.kind is None and request.is_for_view):
        return found
    others = list(answer_of(None, origin._replace(url=None, method=None)))
    if not has_documents(others):
        return found or others
    return [with_request(item, origin) if isinstance(item, Document) else item for item in others]


def _answer_of(value: Value, limits: Limits, status: int | None, origin: Origin) -> Iterator[Item]:
    return of_answer(status, value.source, origin, asked=value.is_fragment, limits=limits)


def with_request(document: Document, origin: Origin) -> Document:
    """Return a document with what the request of an origin says, where that may have an instance view."""
    request = request_of(origin.url or "")
    if request.kind is None:
        return document
    return document._replace(
        kind=document.kind or request.kind,
        api_version=document.api_version or request.api_version,
        api_version_from="url" if request.api_version and not document.api_version else document.api_version_from,
        origin=document.origin._replace(url=origin.url, method=origin.method),
    )


def dated(item: Item, above: Above) -> Item:
    """Return an item with the headers above it, where it is a document without any."""
    return item._replace(headers=item.headers or above.headers) if isinstance(item, Document) else item


def _as_fragment(item: Item) -> Item:
    """Return the document of members that stood without their object, marked as such."""
    return item._replace(written_by="fragment") if isinstance(item, Document) and item.data is None else item
