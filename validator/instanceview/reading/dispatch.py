"""Bytes -> documents: the first reader that takes a file, what else is in it, and what it is where there is nothing."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.limits import is_beyond
from instanceview.places.source import Source
from instanceview.places.spans import value_start
from instanceview.reading.bounded import bounded, is_lost
from instanceview.reading.files.names import suffix
from instanceview.reading.files.signatures import MAYBE_BOM, begins_as_json
from instanceview.reading.files.stream import UnreadError, stream_of
from instanceview.reading.formats import RECORDINGS, TEXT_SUFFIXES, text_reader
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.recognise import NO_BODY, NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.reading.files.stream import Stream
    from instanceview.reading.formats import Reader


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of one file; what cannot be read is a value in the stream. Raises OSError."""
    return bounded(_read(stream, origin), stream.limits)


def _read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    recording = next((reader for reader in RECORDINGS if reader.sniff(stream.head)), None)
    try:
        if recording:
            yield from _recorded(recording, stream, origin)
        else:
            yield from _of_text(stream, origin)
    except NotJSONError as error:
        yield _broken(stream, origin, error)
    except UnreadError as error:
        yield Unreadable(Origin(origin.file), str(error))


def _broken(stream: Stream, origin: Origin, error: NotJSONError) -> Unreadable:
    """Return the reason why a file is not JSON: what it looks like where that is known, else the fault."""
    here = Origin(origin.file, None, error.line, error.column)
    if is_beyond(error.reason):
        return Unreadable(here, error.reason)
    named = _named(stream, origin)
    if named and begins_as_json(stream.head):
        step = named.reason.removeprefix(f"{NOT_OURS}: ")
        return Unreadable(here, f"{error.reason.partition('; ')[0]}; {step}")
    if named:
        return named
    is_wide = b"\x00" in stream.head[:4]
    if suffix(origin.file) in TEXT_SUFFIXES and not (is_wide or _JSON_TEXT.match(stream.head)):
        return Unreadable(here, f"{NOT_OURS}: this text has none; pass a text with the answer of the service")
    return Unreadable(here, error.reason)


_JSON_TEXT = re.compile(MAYBE_BOM + rb"\s*+(?:\"\w++\"\s*+:|\{|\[(?![\w:. /-]++\]))")  # members may lack their braces
_LISTING = re.compile(MAYBE_BOM + rb"\s*+[A-Z]\w*+(?:\[\d++\])?+ ++:(?=\s)")  # as PowerShell prints an object
_MEMBER = re.compile(rb"\"\w++\"\s*+:")  # of JSON, which may be a view that a value of a listing has
_FEW = 100  # reasons of a text that are kept until a document comes; NDJSON may have any number


def _of_text(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the items of a text: what is not ours is skipped beside documents, and named where there are none."""
    listing = _named(stream, origin) if _LISTING.match(stream.head) and not _MEMBER.search(stream.head) else None
    if listing:  # it is YAML, too
        yield listing
        return
    items = text_reader(stream, origin).read(stream, origin)
    first: list[Document | Skipped | Unreadable] = []
    for item in items:
        first.append(item)
        if isinstance(item, Document) or len(first) > _FEW:
            yield from _or_none(map(as_skipped, chain(first, items)), stream, origin)
            return
    named = _named(stream, origin) if first and not (begins_as_json(stream.head) or any(map(is_lost, first))) else None
    is_any_broken = any(not is_not_ours(item) for item in first)
    yield from [named] if named else _or_none(map(as_skipped, first) if is_any_broken else first, stream, origin)


def _or_none(
    items: Iterable[Document | Skipped | Unreadable], stream: Stream, origin: Origin
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield items, and an Unreadable if a file that is meant as instance views has none: all were skipped."""
    reason, has_any = "", False
    for item in items:
        has_any = has_any or not isinstance(item, Skipped)
        reason = reason or (item.reason if isinstance(item, Skipped) else "")
        yield item
    if reason and stream.is_asked and not has_any:
        yield Unreadable(origin._replace(line=1, column=1), reason)


def is_not_ours(item: Document | Skipped | Unreadable) -> bool:
    """Return True if an item was read and is not an instance view."""
    return isinstance(item, Skipped) or (isinstance(item, Unreadable) and item.reason.startswith(NOT_OURS))


def as_skipped(item: Document | Skipped | Unreadable) -> Document | Skipped | Unreadable:
    """Return an item as skipped where it was read and is not an instance view."""
    if isinstance(item, Unreadable) and is_not_ours(item):
        return Skipped(item.origin, item.reason, value=item.value)
    return item


def _recorded_items(reader: Reader, stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the items of a recording; of a JSON file that only seems to be one, those at any depth, if it has some."""
    items = reader.read(stream, origin)
    if not (stream.is_whole and begins_as_json(stream.head)):
        yield from items
        return
    first: list[Document | Skipped | Unreadable] = []
    try:
        for item in items:
            first.append(item)
            if _is_of_format(item, reader):
                break
    except NotJSONError:
        yield from first
        raise
    if first and _is_of_format(first[-1], reader):
        yield from chain(first, items)
        return
    others = list(_of_text(stream, origin))
    yield from others if any(isinstance(item, Document) for item in others) else first


def _is_of_format(item: Document | Skipped | Unreadable, reader: Reader) -> bool:
    """Return True if an item shows that a recording is of its format: it is an answer, and not beside the answers."""
    # One that was skipped has a request.
    return item.container == reader.name if isinstance(item, Document) else isinstance(item, Skipped)


def _named(stream: Stream, origin: Origin) -> Unreadable | None:
    """Return the reason why a text that is not JSON has no instance view, by what it looks like; None if unknown."""
    from instanceview.reading.other_texts import looks_like_text  # most texts have instance views

    what = looks_like_text(stream.head.decode("utf-8", "replace"))
    return Unreadable(origin._replace(line=1, column=1), f"{NOT_OURS}: {what}") if what else None


def _recorded(reader: Reader, stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a recording, and an Unreadable where it has no instance view."""
    has_any = lacks_bodies = False
    if reader.is_text:
        from instanceview.reading.texts import any_text  # loaded here, since few files are logs

        begun = reader.read(stream_of(stream.head, stream.limits), origin)
        if any_text.is_better(begun, stream.head, origin, stream.limits):
            yield from any_text.read(stream, origin)
            return
    for item in _and_others(_recorded_items(reader, stream, origin), reader, stream, origin):
        has_any = has_any or isinstance(item, (Document, Unreadable))
        lacks_bodies = lacks_bodies or (isinstance(item, Skipped) and item.reason == NO_BODY)
        yield item
    named = _named(stream, origin) if reader.is_text and not has_any else None
    if named:
        yield named
    elif not has_any:
        why = f": it was recorded without bodies; {reader.with_bodies}" if lacks_bodies else ""
        yield Unreadable(origin._replace(line=1, column=1), f"{NOT_OURS} in any answer of this {reader.name}{why}")


def _and_others(
    items: Iterator[Document | Skipped | Unreadable], reader: Reader, stream: Stream, origin: Origin
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the items of a recording that is a text, then the instance views that the text has beside its answers.

    What has the same content as an answer is that answer, printed once more. A page may have broken samples, too. What
    is beyond a limit may be in an answer that the reader of the recording does not know.
    """
    if not (reader.is_text and stream.is_whole):
        yield from items
        return
    from instanceview.reading.texts import any_text  # few files are logs

    # Each content as its hash: to compare all with all takes a time that grows with the square.
    seen: set[bytes] = set()
    # Of documents and of what is beyond a limit: they are not found twice.
    places: set[tuple[int | None, int | None]] = set()
    is_page = b"```" in stream.head or b"~~~" in stream.head
    for item in items:
        if isinstance(item, Document):
            seen.add(_hash(item))
        if isinstance(item, Document) or is_lost(item):
            places.add(_place(item))
        is_page = is_page and not isinstance(item, Unreadable)
        yield item
    try:
        others = list(any_text.read(stream_of(stream.head, stream.limits), origin))
    except NotJSONError:  # it is not UTF-8
        return
    for item in others:
        is_twice = _hash(item) in seen if isinstance(item, Document) else not is_page and not is_lost(item)
        if not (isinstance(item, Skipped) or is_twice or _place(item) in places):
            yield item


def _place(item: Document | Skipped | Unreadable) -> tuple[int | None, int | None]:
    """Return the line and column of an item: of a document those of its text, where its answer begins before it."""
    if isinstance(item, Document) and isinstance(item.source, Source):  # the whole body; a part has its own place
        return item.source.line_and_column(value_start(item.source.text, item.source.start))
    return item.origin.line, item.origin.column


def _hash(document: Document) -> bytes:
    """Return a hash of the content of a document, in whatever order its members are."""
    import json  # few files are logs
    from hashlib import blake2b

    return blake2b(json.dumps(document.body, sort_keys=True).encode(), digest_size=16).digest()
