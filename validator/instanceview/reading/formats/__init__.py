"""Bytes -> documents: the readers in the order in which they are tried, one file for each container format."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.files.names import WITH_COMMENTS, suffix
from instanceview.reading.files.signatures import MAYBE_BOM, begins_as_json
from instanceview.reading.files.stream import UnreadError, stream_of
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.recognise import NO_BODY, NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from instanceview.reading.files.stream import Stream


class Reader(NamedTuple):
    """A container format: its name, what reads it, and bytes of which one is in each text of it.

    `module` is a module, or one with a dot and the name of a row in it; it is loaded when a text may be its own. It has
    `read(stream, origin)` and `sniff(head)`, which returns True if a text begins as this format, by its first mebibyte,
    or all there is. `suffixes` are those of the files that are
    of this format even when they are broken; a recording is known by its content alone and has none. `with_bodies` is
    the next step where a recording has no bodies. `is_text` means that the format is one of lines, so that another
    program may have put something before each.
    """

    name: str
    module: str
    marks: tuple[bytes, ...] = ()
    suffixes: frozenset[str] = frozenset()
    with_bodies: str = "record it again, with the bodies of the answers"
    is_text: bool = False

    def sniff(self, head: bytes) -> bool:
        """Return True if a text begins as this format."""
        if self.marks and not any(mark in head for mark in self.marks):
            return False
        is_own: bool = self._load().sniff(head)
        return is_own

    def read(self, stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
        """Return the documents of a file; raises NotJSONError, OSError, UnreadError."""
        items: Iterator[Document | Skipped | Unreadable] = self._load().read(stream, origin)
        return items

    def _load(self) -> Any:  # noqa: ANN401 (a module, or a row of one)
        module, _, row = self.module.partition(".")
        loaded = import_module(f"instanceview.reading.formats.{module}")
        return getattr(loaded, row) if row else loaded


_HAR_WITH_BODIES = """save it again, by "Save all as HAR with content" in Chrome, by content: 'embed' in Playwright"""

RECORDINGS = (
    Reader("HAR", "json_recordings.har", (b'"entries"',), with_bodies=_HAR_WITH_BODIES),
    Reader("session record", "json_recordings.session", (b'"Entries"',)),
    Reader("Java session record", "json_recordings.java", (b'"networkCallRecords"',)),
    Reader("VCR cassette", "json_recordings.vcr", (b'"interactions"',)),
    Reader("VCR cassette", "json_recordings.vcr_of_ruby", (b'"http_interactions"',)),
    Reader("VCR cassette", "vcr_yaml", (b"interactions",)),
    Reader("nock fixture", "json_recordings.nock", (b'"scope"',)),
    Reader("x-ms-example", "examples", (b'"responses"',)),
    # The earlier of these may hold the marks of the later ones, and not the other way round.
    Reader("az log", "az_log", (b"urllib3", b"Request ", b"Response "), is_text=True),
    Reader("PowerShell log", "powershell_log", (b"== HTTP RE",), is_text=True),
    Reader("HTTP text", "http_text", (b"HTTP/",), is_text=True),
    Reader("nock fixture", "nock", (b"nock",)),
)
"""The readers of files that hold requests and their answers; tried first, whatever the file is called."""

_JSON = frozenset({".json", ".ndjson", ".jsonl"})
_BY_LINES = frozenset({".ndjson", ".jsonl"})
_NDJSON = Reader("NDJSON", "ndjson", suffixes=_JSON)

TEXTS = (
    Reader("YAML", "yaml_text", suffixes=frozenset({".yaml", ".yml"})),
    _NDJSON,
    Reader("JSON", "json_text", suffixes=_JSON | WITH_COMMENTS),
)
"""The readers of bare documents; the last one takes whatever is left, be it any text with JSON in it."""

TEXT_SUFFIXES = frozenset({".md", ".markdown", ".log", ".txt", ".out", ".http", ".rest"})
"""The files of a folder that may be texts with JSON in them."""

SUFFIXES = frozenset[str]().union(*(reader.suffixes for reader in TEXTS))
"""The files of a folder that are read as bare documents; recordings may have any name."""


def is_known(stream: Stream, origin: Origin) -> bool:
    """Return True if a file that nobody named is one to read: a recording, or of JSON, NDJSON, YAML or text by name."""
    return suffix(origin.file) in SUFFIXES | TEXT_SUFFIXES or any(reader.sniff(stream.head) for reader in RECORDINGS)


def is_ndjson(stream: Stream, origin: Origin) -> bool:
    """Return True if a file has a document a line; raises OSError, UnreadError."""
    if any(reader.sniff(stream.head) for reader in RECORDINGS):
        return False
    return text_reader(stream, origin) is _NDJSON


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of one file; what cannot be read is a value in the stream. Raises OSError."""
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
    named = _named(stream, origin)
    if named and begins_as_json(stream.head):
        step = named.reason.removeprefix(f"{NOT_OURS}: ")
        return Unreadable(here, f"{error.reason.partition('; ')[0]}; this is {step}")
    if named:
        return named
    if suffix(origin.file) in TEXT_SUFFIXES and not _JSON_TEXT.match(stream.head):
        return Unreadable(here, f"{NOT_OURS}: nothing like one in this text; pass one with the answer of the service")
    return Unreadable(here, error.reason)


_JSON_TEXT = re.compile(MAYBE_BOM + rb"\s*+(?:\"\w++\"\s*+:|\{|\[(?![\w:. /-]++\]))")  # members may lack their braces
_LISTING = re.compile(MAYBE_BOM + rb"\s*+[A-Z]\w*+ ++: ")  # as PowerShell prints an object
_FEW = 100  # reasons of a text that are kept until a document comes; NDJSON may have any number


def _of_text(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the items of a text: what is not ours is skipped beside documents, and named where there are none."""
    listing = _named(stream, origin) if _LISTING.match(stream.head) else None
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
    named = _named(stream, origin) if first and not begins_as_json(stream.head) else None
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
    return Skipped(item.origin, item.reason) if isinstance(item, Unreadable) and is_not_ours(item) else item


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
            if not isinstance(item, Unreadable):  # one that was skipped has a request, so that the format is right
                break
    except NotJSONError:
        yield from first
        raise
    if first and not isinstance(first[-1], Unreadable):
        yield from chain(first, items)
        return
    others = list(_of_text(stream, origin))
    yield from others if any(isinstance(item, Document) for item in others) else first


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

        begun = reader.read(stream_of(stream.head), origin)
        if any_text.is_better(begun, stream.head, origin):
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
        why = f": recorded without bodies; {reader.with_bodies}" if lacks_bodies else ""
        yield Unreadable(origin._replace(line=1, column=1), f"{NOT_OURS} in any answer of this {reader.name}{why}")


def _and_others(
    items: Iterator[Document | Skipped | Unreadable], reader: Reader, stream: Stream, origin: Origin
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the items of a recording that is a text, then the instance views that the text has beside its answers.

    What has the same content as an answer is that answer, printed once more.
    """
    if not (reader.is_text and stream.is_whole):
        yield from items
        return
    from instanceview.reading.texts import any_text  # few files are logs

    seen = []
    for item in items:
        seen += [item.body] if isinstance(item, Document) else []
        yield item
    try:
        others = list(any_text.read(stream_of(stream.head), origin))
    except NotJSONError:  # it is not UTF-8
        return
    yield from (item for item in others if isinstance(item, Document) and item.body not in seen)


def text_reader(stream: Stream, origin: Origin) -> Reader:
    """Return the reader of a file that is not a recording; raises OSError, UnreadError.

    A file whose name says its format is of that format, be it broken: flow style in a `.yaml` is not broken JSON,
    and a broken `.json` is not YAML. Anything else is what it looks like.
    """
    end = suffix(origin.file)
    readers = [reader for reader in TEXTS if end in reader.suffixes] or TEXTS
    if not stream.is_whole and stream.head.lstrip()[:1] == b"{":
        stream.read_first_line()  # which may be a document of its own, or the beginning of the only one
    found = next((reader for reader in readers if reader.sniff(stream.head)), readers[-1])
    if found is _NDJSON and end not in _BY_LINES and (stream.is_whole or end not in _JSON):
        from instanceview.reading.formats.ndjson import is_followed_by_text

        lines = stream.head if stream.is_whole else stream.head.rpartition(b"\n")[0]  # a line that is cut says nothing
        return readers[-1] if is_followed_by_text(lines) else found
    return found
