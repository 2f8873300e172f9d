"""Harnesses of what turns bytes into documents: each reader, the whole dispatch, and what they are made of."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import seeds
from harness import Harness
from places_shown import assert_shown

from instanceview.checking.check import check_document
from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.places.source import Source
from instanceview.reading.depth import documents_in_json
from instanceview.reading.files.signatures import BOM
from instanceview.reading.files.stream import UnreadError, stream_of
from instanceview.reading.formats import RECORDINGS, TEXTS
from instanceview.reading.json_texts.items import items
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.plain_files import content
from instanceview.reading.texts import any_text
from instanceview.reading.texts.items import items_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from harness import Form

    from instanceview.reading.formats import Reader

    Item = Document | Skipped | Unreadable

FILE = "input"
_SUFFIXES = {"yaml_text": ".yaml", "ndjson": ".ndjson"}
_WHOLE = (FILE, *(f"{FILE}{suffix}" for suffix in _SUFFIXES.values()))
"""The names of an input whose places are its own, which those of what is in an archive are not."""


def assert_checked(found: Iterable[Item], data: bytes) -> None:
    """Check each document, and look up the place of each finding and of each reason."""
    lines = _lines(data)
    for item in found:
        assert item.origin.file.startswith(FILE), item.origin
        if not isinstance(item, Document):
            assert item.reason, item
            assert "\n" not in item.reason, item
        if item.origin.line is not None and item.origin.file in _WHOLE:
            assert 1 <= item.origin.line <= len(lines), item.origin
            assert 1 <= (item.origin.column or 0) <= len(lines[item.origin.line - 1]) + 1, item.origin
        if isinstance(item, Document):
            for finding in check_document(item):
                if finding.origin.file in _WHOLE:
                    assert_shown(finding, item, lines)


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file, as an editor counts them."""
    head = stream_of(data).head  # as UTF-8
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")


def assert_read(read_one: Callable[[bytes], Iterable[Item]], data: bytes) -> None:
    """Read an input, which may be refused with a reason and a place in it."""
    try:
        assert_checked(read_one(data), data)
    except NotJSONError as error:
        lines = _lines(data)
        assert 1 <= error.line <= len(lines), error.line
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1, error.column
    except UnreadError as error:
        assert "\n" not in str(error), error


def _by(reader: Reader, suffix: str) -> Callable[[bytes], Iterator[Item]]:
    def read_one(data: bytes) -> Iterator[Item]:
        reader.sniff(data)
        yield from reader.read(stream_of(data), Origin(FILE + suffix))

    return read_one


def _dispatched(data: bytes) -> Iterator[Item]:
    yield from content(stream_of(data), Origin(FILE))
    yield from content(stream_of(data), Origin(FILE), is_named=False, again=lambda: [data])


def _in_depth(data: bytes) -> Iterator[Item]:
    body = parse(data)
    yield from documents_in_json(data, body, Origin(FILE), Source(decode(data)), asked=False, stream=stream_of(data))


def _in_text(data: bytes) -> Iterator[Item]:
    yield from items_of(stream_of(data).whole(), Origin(FILE), DEFAULTS)  # which is UTF-8
    yield from any_text.read(stream_of(data), Origin(FILE))


def _items(data: bytes) -> None:
    """The items of an array are the same however the text comes in blocks, each with the place of its text."""
    later = [each * 7 % (len(data) + 1) for each in data[-5:]]
    cuts = sorted({0, len(data), *(each for each in later if each >= len(BOM))})  # the first block has it whole
    blocks = [data[start:end] for start, end in pairwise(cuts)]
    assert _all_items([data]) == _all_items(blocks)


def _all_items(blocks: list[bytes]) -> tuple[list[object], str]:
    found: list[object] = []
    try:
        found.extend((each.number, each.data, each.line, each.column) for each in items(blocks, ()))
    except NotJSONError as error:
        return found, f"{error.line}:{error.column}: {error.reason}"
    return found, ""


def _harness(name: str, read_one: Callable[[bytes], Iterable[Item]], inputs: object, form: Form = "bytes") -> Harness:
    return Harness(name, partial(assert_read, read_one), inputs, form)  # type: ignore[arg-type]


def _readers() -> Iterator[Harness]:
    for reader in (*RECORDINGS, *TEXTS):
        name = reader.module.replace("json_recordings.", "json_")
        form: Form = "yaml" if "yaml" in name else "bytes"
        inputs = partial(seeds.taken_by, reader.sniff)
        yield _harness(f"read-{name.replace('_', '-')}", _by(reader, _SUFFIXES.get(name, "")), inputs, form)


READERS = (
    *_readers(),
    _harness("dispatch", _dispatched, seeds.short_texts),
    _harness("depth", _in_depth, seeds.wrapped, "json"),
    _harness("text", _in_text, seeds.short_texts),
    Harness("items", _items, seeds.wrapped, "json"),
)
"""The harnesses of the readers: those of `reading/formats/` by themselves, so that a new one has a harness."""
