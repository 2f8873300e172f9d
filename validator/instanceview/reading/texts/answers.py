"""The answers in a text: each JSON value with what the text says above it, as the instance views that it has."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from http import HTTPStatus
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.dates import answered_at
from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.reading.depth import documents_in
from instanceview.reading.files.names import WITH_COMMENTS, suffix
from instanceview.reading.files.signatures import BOM
from instanceview.reading.http.text_exchanges import of_answer
from instanceview.reading.json_texts.faults import BEGINNING
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.marks import may_hold_view
from instanceview.reading.operation import request_of
from instanceview.reading.recognise import recognise
from instanceview.reading.texts.above import Above, after
from instanceview.reading.texts.cleaned import (
    cleaned,
    has_lost_colours,
    without_comments,
    without_comments_in_fences,
)
from instanceview.reading.texts.growing import Broken, Value
from instanceview.reading.texts.regions import cut
from instanceview.reading.texts.values import values_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.places.source import Source
    from instanceview.reading.texts.fences import Fenced

Item = Document | Skipped | Unreadable
"""What is read of a text."""

_LINE = re.compile(r"[^\n]*+(?:\n|\Z)")
# The name of a container before each line: of docker compose, and of kubectl with --prefix.
_WRITER = re.compile(r"[^\s|]++ *+\| ?|\[pod/[^\]\n]++\] ")
_BEHIND = 200  # characters behind a fault that its words may be about


class _Answer(NamedTuple):
    """A JSON value of a text with what the text says above it."""

    value: Value
    above: Above


def items_of(data: bytes, origin: Origin) -> list[Item]:
    """Return the instance views in a text, or what its answers have in place of one; none where it has no JSON.

    What is not UTF-8 may be in the prose around them. Raises NotJSONError where it is in a value, or none is found.
    """
    fault: NotJSONError | None = None
    try:
        text = decode(data)
    except NotJSONError as error:
        fault, text = error, data.removeprefix(BOM).decode("utf-8", "replace")
    whole = cleaned(text, lost=has_lost_colours(text))
    items = [item for each in _by_writer(whole) for item in _items(each, origin)]
    if fault and not (has_documents(items) and not any(_is_replaced(item) for item in items)):
        raise fault
    return items


def _by_writer(whole: Source) -> list[Source]:
    """Return the texts of the containers whose lines alternate in a log, each by itself; the whole for other texts."""
    lines: dict[str, list[tuple[int, int]]] = {}
    for line in _LINE.finditer(whole.text):
        writer = _WRITER.match(line[0])
        if writer is None and line[0].strip():
            return [whole]
        lines.setdefault(writer[0].strip() if writer else "", []).append(line.span())
    return [cut(whole, iter(each)) for each in lines.values()] if len(lines) > 1 else [whole]


def _is_replaced(item: Item) -> bool:
    """Return True if a document has a character in place of bytes that are not UTF-8."""
    return isinstance(item, Document) and "\ufffd" in json.dumps(item.body, ensure_ascii=False)


def has_documents(items: list[Item]) -> bool:
    """Return True if there is an instance view among what was read."""
    return any(isinstance(item, Document) for item in items)


def _items(whole: Source, origin: Origin) -> list[Item]:
    """Return the items of the answers in a text and the faults of broken ones, in the order of their places.

    What is in a fence with YAML is JSON only where it has no document of YAML.
    """
    blanked = without_comments if has_comments(origin) else without_comments_in_fences
    whole = whole._replace(text=blanked(whole.text))
    found = sorted(_in_json(whole, origin), key=itemgetter(0))
    kept, done = [], 0
    for fence, items in _fenced(whole, origin):
        begin, end = (bisect_left(found, offset, key=itemgetter(0)) for offset in fence)
        inside = [item for _, item in found[begin:end]]
        kept += [item for _, item in found[done:begin]]
        kept += inside if has_documents(inside) and not has_documents(items) else items
        done = end
    return [*kept, *(item for _, item in found[done:])]


def _in_json(whole: Source, origin: Origin) -> Iterator[tuple[int, Item]]:
    """Yield the items of the JSON values in a text, each with the offset of its value."""
    broken: list[tuple[Broken, Above]] = []
    size = len(whole.text.strip())
    for number, (value, above) in enumerate(_answers(whole, broken)):
        line, column = value.source.line_and_column(0)
        entry = origin.entry if _is_alone(value, size) else f"{origin.entry or ''}/{number}"
        here = origin._replace(
            entry=entry, line=line, column=column, method=above.method or None, url=above.url or None
        )
        for item in _of_value(value, above, here):
            yield value.start, _dated(_as_fragment(item) if value.is_fragment else item, above)
    yield from ((each.start, _unreadable(whole, each, above, origin)) for each, above in broken)


def _unreadable(whole: Source, broken: Broken, above: Above, origin: Origin) -> Unreadable:
    """Return the fault of JSON in a text, with its place, and with the request above it if that asks for a view."""
    if request_of(above.url).is_for_view:
        origin = origin._replace(method=above.method or None, url=above.url)
    part = whole.text[broken.start : min(broken.offset + _BEHIND, broken.end)]
    prefix = whole.text[whole.text.rfind("\n", 0, broken.start) + 1 : broken.start].strip()
    brace = "" if part[:1] in {"{", "["} else "{"  # of members without their object
    at, reason = broken.offset, "not JSON: broken here"
    try:
        parse(f"{brace}{part}".encode("utf-8", "replace"))
    except NotJSONError as error:
        if not (prefix and part.startswith(prefix, error.offset)):  # else it is the prefix of the next line
            at, reason = broken.start + error.offset - len(brace), error.reason.removesuffix(BEGINNING)
    line, column = whole.line_and_column(at)
    return Unreadable(origin._replace(line=line, column=column), reason)


def has_comments(origin: Origin) -> bool:
    """Return True if the name of a file says that its JSON may have comments."""
    return suffix(origin.file) in WITH_COMMENTS


def _answers(whole: Source, broken: list[tuple[Broken, Above]]) -> Iterator[_Answer]:
    """Yield the values that may hold an instance view, each with the request and status above it; add broken ones."""
    above, done, size = Above(), 0, len(whole.text.strip())
    for value in values_in(whole):
        above = after(whole.text, done, value.start, above)
        done = value.start
        if isinstance(value, Broken):
            broken.append((value, above))
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


def _of_value(value: Value, above: Above, origin: Origin) -> list[Item]:
    """Return the instance views of a value: as its request has them, else by its shape, as a client printed it.

    That a request is above a value does not say that the value is its answer.
    """
    request = request_of(above.url)
    is_ok = above.status in {HTTPStatus.OK, None}
    is_view = not (request.kind and not request.embedded and is_ok and not recognise(value.value, asked=True).evidence)
    found = list(of_answer(above.status, value.source, origin, asked=value.is_fragment)) if is_view else []
    if has_documents(found) or not above.url or not is_ok or (request.kind is None and request.is_for_view):
        return found
    others = list(of_answer(None, value.source, origin._replace(url=None, method=None), asked=value.is_fragment))
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


def _fenced(whole: Source, origin: Origin) -> Iterator[tuple[tuple[int, int], list[Item]]]:
    """Yield the offsets of the fences with YAML, with the instance views and the faults in each."""
    if "```y" not in whole.text and "~~~y" not in whole.text and "` y" not in whole.text:
        return
    from instanceview.reading.texts.fences import BrokenYAML, fences  # with PyYAML, which few texts need

    above, done, number = Above(), 0, 0
    for fence in fences(whole):
        above, done = after(whole.text, done, fence.start, above), fence.start
        line, column = whole.line_and_column(fence.start)
        here = origin._replace(line=line, column=column, method=above.method or None, url=above.url or None)
        items: list[Item] = []
        for each in fence.parts:
            if isinstance(each, BrokenYAML):
                items.append(Unreadable(origin._replace(line=each.line, column=each.column), each.reason))
            else:
                items += _of_yaml(each, here._replace(entry=f"{origin.entry or ''}/fence-{number}"))
                number += 1
        yield (fence.start, fence.end), [_dated(item, above) for item in items]


def _of_yaml(each: Fenced, origin: Origin) -> list[Item]:
    found = documents_in(each.value, origin, each.source, may_repeat=lambda: each.repeats, asked=False)
    return [_with_request(item, origin) for item in found if isinstance(item, Document)]


def _dated(item: Item, above: Above) -> Item:
    """Return an item with the headers above it, where it is a document without any."""
    return item._replace(headers=item.headers or above.headers) if isinstance(item, Document) else item


def _as_fragment(item: Item) -> Item:
    """Return the document of members that stood without their object, marked as such."""
    return item._replace(written_by="fragment") if isinstance(item, Document) and item.data is None else item
