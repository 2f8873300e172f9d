"""Reasons why a text inside a value is not read, where it may be an instance view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.document import Skipped, Unreadable
from instanceview.model.limits import is_beyond
from instanceview.places.body import slice_of
from instanceview.reading.hits import OK
from instanceview.reading.json_texts.parse import NotJSONError, in_body, parse
from instanceview.reading.marks import has_code_of_status
from instanceview.reading.requests import said_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.hits import Text

_BEGINS = re.compile(r"[\s\ufeff]*+[{\[]")


def why_unread(text: Text, fault: NotJSONError, done: int) -> Iterator[Skipped | Unreadable]:
    """Yield why a text that is not JSON and has no document is not read; up to an offset, it has other words."""
    if not _BEGINS.match(text.places.text):
        yield from _cut_off(text, done)
    elif is_beyond(fault.reason) or has_code_of_status(text.places.text) or _is_asked_for(text):
        yield unread(text, fault)


def _cut_off(text: Text, start: int) -> Iterator[Skipped | Unreadable]:
    """Yield why a status is not read, which a text has after other words from an offset on: cut off, or not as JSON."""
    begin = text.places.text.find("{", start)
    if begin < 0:
        return
    part = text._replace(places=slice_of(text.places, begin, text.places.length))
    if not has_code_of_status(text.places.text, begin):
        yield from _in_other_form(part)
        return
    try:
        parse(part.places.text.encode("utf-8", "surrogatepass"), part.limits)
    except NotJSONError as error:
        yield unread(part, error)


def _in_other_form(text: Text) -> Iterator[Skipped]:
    """Yield the first status in a text that is not in JSON: nothing says that a string should be."""
    from instanceview.reading.other_forms import OF_PROGRAM, status_in  # hardly a string has one

    found = status_in(text.places.text, 0, text.places.length)
    if found and found.is_ours:
        line, column = text.places.line_and_column(found.start)
        here = text.origin._replace(line=line, column=column, inside=text.places.inside(found.start))
        yield Skipped(here, OF_PROGRAM, "other-form")


def unread(text: Text, fault: NotJSONError) -> Unreadable:
    """Return a text that cannot be read as JSON, with the place of its fault."""
    line, column = text.places.line_and_column(fault.offset)
    url = text.origin.url or said_by(text.around).url
    here = text.origin._replace(line=line, column=column, url=url, inside=text.places.inside(fault.offset))
    return Unreadable(here, in_body(fault.reason))


def _is_asked_for(text: Text) -> bool:
    """Return True if the request around a text asks for an instance view, and no error was answered."""
    said = said_by(text.around)
    return bool(said.is_for_view) and said.status in {None, OK}
