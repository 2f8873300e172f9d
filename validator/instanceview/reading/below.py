"""Find the instance views below the root of a JSON or YAML value: in objects, in lists, and in texts that hold JSON."""

# Goal: whatever wraps an instance view (a recording of any tool, a list, a state file), find it. Find with it what the
# objects around it say of its request, and its exact place through every layer of text.
#
# Plan: the root first, since most values are an instance view themselves. Else one pass yields, for each text, the
# views in it and the strings, buffers and chunks that may hold JSON. The latter are texts of their own, each searched
# in turn.
#
# Invariants:
# - Of an instance view only the members are searched that are foreign to it, and nothing is searched twice.
# - A layer is at most `_LAYERS` texts deep, and each is shorter than the one around it: the time grows with the text.
# - Views of one text share the search for their places (`parts_of`), which is made when one of them has a finding. The
#   paths are searched for anew then, since those of all machines of a list take several times its text.

from __future__ import annotations

from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.model.limits import is_beyond
from instanceview.places.body import in_json_string, slice_of
from instanceview.places.compact import may_repeat_keys
from instanceview.places.part import Part, parts_of
from instanceview.places.source import Source
from instanceview.places.texts import Following
from instanceview.reading.asking import unanswered
from instanceview.reading.decoding import NotDecodedError, text_of
from instanceview.reading.found import Elsewhere, Failed, Held, Hit
from instanceview.reading.hits import OK, Text, at_value, document_of_hit, failed_answer, origin_below, path_of
from instanceview.reading.inner_texts import embedded_values, text_in_string
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.reading.marks import may_hold_view
from instanceview.reading.requests import said_by
from instanceview.reading.search import Beside, search, view_at
from instanceview.reading.unread import unread, why_unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.body import Body
    from instanceview.places.spans import Path, Places
    from instanceview.reading.asking import Asked
    from instanceview.reading.inner_texts import Inner

    Item = Document | Skipped | Unreadable

_LAYERS = 4  # texts inside texts: a body that is base64 in a JSON text in a line of a log has three


def documents_below(body: object, text: Text, reasons: list[str], *, is_in_view: bool = False) -> Iterator[Item]:
    """Yield the instance views below the root of a text, and those in the texts that it holds.

    `is_in_view` means that the root is one itself, whose repeated keys a rule reports.
    """
    asked: list[Asked] = []
    found = search(body, text.around, text.limits, Beside(reasons, asked))
    first = list(islice(found, 2))

    def paths() -> list[Path]:
        again: list[Asked] = []
        items = [path_of(item) for item in search(body, text.around, text.limits, Beside([], again))]
        return [*items, *(each.path for each in again)]

    part_at = parts_of(text.places, paths, many=len(first) > 1)
    told: set[Path] = set()  # of what is below a request: the paths of all machines of a list take twice its text
    for item in chain(first, found):
        is_below = said_by(item.around).url is not None
        for each in _documents_of_item(item, part_at(path_of(item)), text, reasons):
            told.update([path_of(item)] if is_below else ())
            yield each
    for path, skipped in unanswered(asked, told, text.origin):
        yield skipped._replace(origin=at_value(origin_below(skipped.origin, path), part_at(path)))
    if not (is_in_view or _is_yaml(text.places)):
        yield from _replaced(body, text)


def _is_yaml(places: Places) -> bool:
    """Return True if a value is one of a text in YAML, and not of a string in it."""
    while isinstance(places, Part):
        places = places.whole
    return isinstance(places, (Source, Following)) and places.tree is not None


def _replaced(body: object, text: Text) -> Iterator[Item]:
    """Yield the values with an instance view that a repeated key replaced."""
    if not text.may_repeat():
        return
    from instanceview.reading.replaced import replaced_views  # hardly a text repeats a key

    found = search(body, text.around, text.limits, Beside([], []))
    yield from replaced_views(text, [item.path for item in found if isinstance(item, Hit)])


def _documents_of_item(
    item: Hit | Held | Elsewhere | Failed, places: Places, text: Text, reasons: list[str]
) -> Iterator[Item]:
    if isinstance(item, Hit):
        yield document_of_hit(item, text, places)
    elif isinstance(item, Elsewhere):
        yield from _documents_elsewhere(item, places, text, reasons)
    elif isinstance(item, Failed):
        yield from failed_answer(item, places, text)
    elif text.layer < _LAYERS:
        yield from _documents_inside(item, places, text, reasons)


def _documents_inside(held: Held, places: Places, text: Text, reasons: list[str]) -> Iterator[Item]:
    """Yield the instance views in the text that a value holds; `places` are those of the value."""
    origin = origin_below(text.origin, held.path)
    if held.inner.fault:
        return iter([Unreadable(at_value(origin, places), held.inner.fault)])
    body = _body_at(places, held.inner)
    inner = text._replace(places=body, origin=origin, around=held.around, layer=text.layer + 1)
    return documents_in_text(inner, reasons)


def documents_in_text(text: Text, reasons: list[str]) -> Iterator[Item]:
    """Yield the instance views in a text that is JSON or has some; or why the body that was asked for has none."""
    fault: NotJSONError | None = None
    try:
        value = parse(_bytes_of(text.places), text.limits)
    except NotJSONError as error:
        fault = error
    if fault is None:
        yield from _documents_of(value, text, reasons)
        return
    has_any, done = False, 0
    for start, done in embedded_values(text.places.text):
        for item in _documents_of_part(text._replace(places=slice_of(text.places, start, done)), reasons):
            has_any = True
            yield item
    if not has_any:
        yield from why_unread(text, fault, done)


def _documents_of_part(part: Text, reasons: list[str]) -> Iterator[Item]:
    """Yield the instance views in a value that a text has among other things; and why it is not read, for a limit."""
    data = _bytes_of(part.places)
    try:
        value = parse(data, part.limits)
    except NotJSONError as error:
        if is_beyond(error.reason) and may_hold_view(data):
            yield unread(part, error)
        return
    yield from _documents_of(value, part, reasons)


def _bytes_of(places: Places) -> bytes:
    return places.text.encode("utf-8", "surrogatepass")


def _documents_elsewhere(body: Elsewhere, places: Places, text: Text, reasons: list[str]) -> Iterator[Item]:
    """Yield the instance views in a body that lies in a file beside the recording, if its request may have some."""
    from instanceview.reading.files.beside import body_beside, not_beside

    said = said_by(body.around)
    if said.kind is None or text.stream is None or said.status not in {None, OK}:
        return
    found = body_beside(text.stream, body.name)
    origin = origin_below(text.origin, body.path)._replace(url=said.url)
    try:
        content = text_of(found[0], text.limits) if found else ""
    except NotDecodedError as error:
        yield Unreadable(at_value(origin, places), str(error))
        return
    if found:
        here = text.origin._replace(file=found[1], line=1, column=1)
        inside = Text(Source(content), here, body.around, text.may_repeat, limits=text.limits)
        for item in documents_in_text(inside, reasons):
            yield item._replace(recording=text.origin.file) if isinstance(item, Document) else item
    elif said.is_for_view:
        yield Unreadable(at_value(origin, places), not_beside(body.name))


def _documents_of(value: object, text: Text, reasons: list[str]) -> Iterator[Item]:
    """Yield the instance views in the value of a text inside another: it is one, or has some, or is a text again."""
    text = text._replace(may_repeat=cache(partial(may_repeat_keys, _bytes_of(text.places), value)))
    view = view_at(value, (), text.around)
    inner = text_in_string(value, text.limits) if isinstance(value, str) else None
    if view:
        yield document_of_hit(view, text, text.places)
    elif inner and text.layer < _LAYERS:
        yield from _documents_inside(Held((), inner, text.around), text.places, text, reasons)
    else:
        yield from documents_below(value, text, reasons)


def _body_at(places: Places, inner: Inner) -> Body:
    """Return the text that a value holds, whose places are given, with its places in the text around it."""
    if _is_yaml(places):
        from instanceview.reading.yaml_texts.scalars import in_yaml_scalar  # with PyYAML, which JSON does without

        return in_yaml_scalar(places, (), inner.text, exact=inner.exact)
    return in_json_string(places, (), inner.text, exact=inner.exact)
