"""Any text: logs, pages, mails and pastes, with instance views among other lines, whatever is before each line."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.reading.files.signatures import MAYBE_BOM
from instanceview.reading.http.answer import CUT_OFF
from instanceview.reading.http.text_exchanges import of_answer
from instanceview.reading.json_texts.parse import NotJSONError, decode
from instanceview.reading.operation import request_of
from instanceview.reading.recognise import NOT_OURS, why_not
from instanceview.reading.texts.cleaned import cleaned, has_lost_colours, is_marked
from instanceview.reading.texts.comments import without_comments, without_comments_in_fences
from instanceview.reading.texts.members import folded, member_names
from instanceview.reading.texts.requests import Above, after
from instanceview.reading.texts.values import values_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.places.source import Source
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.texts.growing import Value

Item = Document | Skipped | Unreadable

WITH_COMMENTS = (".jsonc", ".json5")
"""The ends of the names of files whose JSON may have comments and trailing commas."""

_JSON = re.compile(MAYBE_BOM + rb"\s*+(?:\{|\[\s*+(?:[\[{\"\]]|[^\s,\[\]{}\"]++\s*+(?:,|\]?\s*+\Z)))")
_COMMENT = re.compile(MAYBE_BOM + rb"\s*+(?:#|//|/\*)")
_OUTPUT = re.compile(r"[^\[\]{},:\"'#/\x00]")  # what a program printed behind a value, such as the status of `curl -w`


class _Answer(NamedTuple):
    """A JSON value of a text with what the text says above it."""

    value: Value
    above: Above


def read(stream: Stream, origin: Origin) -> Iterator[Item]:
    """Yield the instance views in a text; raises NotJSONError where the bytes are not UTF-8, OSError, UnreadError."""
    return of_text(stream.whole(), origin)


def of_text(data: bytes, origin: Origin) -> Iterator[Item]:
    """Yield the instance views in a text, or what its answers have in place of one; nothing where it has no JSON."""
    text = decode(data)
    items = list(_items(cleaned(text, lost=has_lost_colours(text)), origin))
    yield from items


def instead_of_json(data: bytes, origin: Origin, fault: NotJSONError) -> Iterator[Item]:
    """Yield the instance views in a text that is not JSON; raises its fault as JSON where that is what it should be."""
    if _is_broken_json(data, origin, fault):
        raise fault
    items = list(of_text(data, origin))
    yield from items
    if not has_documents(items):
        yield from _nothing(items, origin, fault)


def is_better(begun: Iterator[Item], head: bytes, origin: Origin) -> bool:
    """Return True if the beginning of a log has instance views as any text, and none for the reader of its format.

    A prefix that this reader does not know hides the answers from it, or makes their bodies broken JSON.
    """
    if any(map(_is_own, begun)):
        return False
    try:
        return any(isinstance(item, Document) for item in of_text(head, origin))
    except NotJSONError:  # it is not UTF-8
        return False


def _is_own(item: Item) -> bool:
    """Return True if an item shows that a log is as the reader of its format expects."""
    if isinstance(item, Unreadable):
        return not item.reason.startswith(("the body is not JSON", CUT_OFF))
    return isinstance(item, Document)


def _is_broken_json(data: bytes, origin: Origin, fault: NotJSONError) -> bool:
    """Return True if a text begins as JSON, or with a comment where a file's name says JSON, and is not a paste."""
    if _has_comments(origin):
        return False
    if _COMMENT.match(data) and origin.file.lower().endswith(".json"):
        return True
    if not _JSON.match(data) or is_marked(data):
        return False
    if not fault.reason.startswith("not JSON: expected the end"):
        return True
    is_several = fault.column == 1 and not origin.file.lower().endswith(".json")
    return not (is_several or _OUTPUT.match(decode(data), fault.offset))


def _nothing(items: list[Item], origin: Origin, fault: NotJSONError) -> Iterator[Item]:
    """Yield the reason why a text has no instance view; raises its fault as JSON where nothing is known of it."""
    if any(isinstance(item, Unreadable) for item in items):
        return
    here = origin._replace(line=1, column=1)
    if items:
        yield Unreadable(here, f"{NOT_OURS} in any JSON of this text")
    else:
        raise fault


def has_documents(items: list[Item]) -> bool:
    """Return True if there is an instance view among what was read."""
    return any(isinstance(item, Document) for item in items)


def _items(whole: Source, origin: Origin) -> Iterator[Item]:
    blanked = without_comments if _has_comments(origin) else without_comments_in_fences
    whole = whole._replace(text=blanked(whole.text))
    answers = list(_answers(whole))
    for number, (value, above) in enumerate(answers):
        line, column = value.source.line_and_column(0)
        is_alone = len(answers) == 1 and not whole.text[: value.start].strip() and not whole.text[value.end :].strip()
        entry = origin.entry if is_alone else f"{origin.entry or ''}/{number}"
        here = origin._replace(entry=entry, line=line, column=column, method=above.method or None, url=above.url or None)
        for item in _of_value(value, above, here):
            yield _as_fragment(item) if value.is_fragment else item


def _has_comments(origin: Origin) -> bool:
    return origin.file.lower().removesuffix(".gz").removesuffix(".zst").endswith(WITH_COMMENTS)


def _answers(whole: Source) -> Iterator[_Answer]:
    """Yield the values that may hold an instance view, each with the request and status above it."""
    above, done = Above(), 0
    for value in values_in(whole):
        above = after(whole.text, done, value.start, above)
        done = value.end
        is_error = isinstance(value.value, dict) and "error" in value.value
        if _may_hold(value) or (is_error and request_of(above.url).is_for_view):
            yield _Answer(value, above)
            above = above._replace(status=None)


def _may_hold(value: Value) -> bool:
    """Return True if a value has a name of an instance view in its text, or packed text; False is certain."""
    text = folded(value.source.text)
    return "h4si" in text or any(name in text for name in member_names())


def _of_value(value: Value, above: Above, origin: Origin) -> list[Item]:
    """Return the instance views of a value: as its request has them, else by its shape, as a client printed it.

    That a request is above a value does not say that the value is its answer.
    """
    request = request_of(above.url)
    is_ok = above.status in {HTTPStatus.OK, None}
    is_view = not (request.kind and not request.embedded and is_ok and why_not(value.value))
    found = list(of_answer(above.status, value.source, origin)) if is_view else []
    if has_documents(found) or not above.url or not is_ok or (request.kind is None and request.is_for_view):
        return found
    others = list(of_answer(None, value.source, origin._replace(url=None, method=None)))
    if not has_documents(others):
        return found or others
    return [_with_request(item, origin) if isinstance(item, Document) else item for item in others]


def _with_request(document: Document, origin: Origin) -> Document:
    request = request_of(origin.url or "")
    if request.kind is None:
        return document
    return document._replace(
        kind=document.kind or request.kind,
        api_version=document.api_version or request.api_version,
        api_version_from="url" if request.api_version and not document.api_version else document.api_version_from,
        origin=document.origin._replace(url=origin.url, method=origin.method),
    )


def _as_fragment(item: Item) -> Item:
    """Return the document of members that stood without their object, marked as such."""
    return item._replace(written_by="fragment") if isinstance(item, Document) and item.data is None else item
