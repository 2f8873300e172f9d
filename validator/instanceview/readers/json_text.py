"""A JSON text: an object is one document, an array many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from instanceview.model import Document, Origin, Unreadable
from instanceview.parse import decode, parse
from instanceview.positions import Source, item_starts, line_starts, may_repeat_keys, skip_space
from instanceview.resolve import NOT_OURS, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator


def sniff(head: bytes) -> bool:  # noqa: ARG001 (every reader has this form)
    """Return True: what no other reader knows is read as JSON, and refused with its place when it is none."""
    return True


def read(data: bytes, origin: Origin) -> Iterator[Document | Unreadable]:
    """Yield the document of an object, or those of an array's items.

    Raises NotJSONError when the text is no JSON.
    """
    body = parse(data)
    text = decode(data)
    repeats = repeats_keys(data, body)
    if not isinstance(body, list):
        yield document(body, origin, Source(text), repeats=repeats)
        return
    if not body:
        reason = f"{NOT_OURS}: an empty array; expected one document an item"
        yield Unreadable(Origin(origin.file, None, 1, 1), reason)
        return
    starts, lines = item_starts(text), line_starts(text)
    for index, item in enumerate(body):
        here = Origin(origin.file, f"/{index}")
        yield document(item, here, Source(text, starts[index], lines=lines), repeats=repeats)


def document(body: object, origin: Origin, source: Source, *, repeats: bool) -> Document | Unreadable:
    """Return a JSON value as a document with the place where it starts, or why it is none."""
    line, column = source.line_and_column(skip_space(source.text, source.start))
    here = Origin(origin.file, origin.entry, line, column)
    reason = why_not(body)
    if reason:
        return Unreadable(here, reason)
    return Document(body, here, source=source, repeats_keys=repeats)


def repeats_keys(data: bytes, body: object) -> bool:
    """Return whether a key may stand twice in a text with this value."""
    try:
        canonical = orjson.dumps(body)
    except TypeError:  # a lone surrogate
        return True
    return may_repeat_keys(data, canonical)
