"""Bytes -> documents: the readers in the order in which they are tried, one file for each container format."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Unreadable
from instanceview.reading.files.stream import UnreadError, stream_of
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.recognise import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from instanceview.model.document import Skipped
    from instanceview.reading.files.stream import Stream


class Reader(NamedTuple):
    """A container format: its name, the module that reads it, and bytes of which one is in each text of it.

    The module is loaded when a text may be its own. It has `read(stream, origin)` and `sniff(head)`, which returns True
    if a text begins as this format, by its first mebibyte, or all there is. `suffixes` are those of the files that are
    of this format even when they are broken; a recording is known by its content alone and has none. `is_text` means
    that the format is one of lines, so that another program may have put something before each.
    """

    name: str
    module: str
    marks: tuple[bytes, ...] = ()
    suffixes: frozenset[str] = frozenset()
    is_text: bool = False

    def sniff(self, head: bytes) -> bool:
        """Return True if a text begins as this format."""
        if self.marks and not any(mark in head for mark in self.marks):
            return False
        is_own: bool = self._load_module().sniff(head)
        return is_own

    def read(self, stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
        """Return the documents of a file; raises NotJSONError, OSError, UnreadError."""
        items: Iterator[Document | Skipped | Unreadable] = self._load_module().read(stream, origin)
        return items

    def _load_module(self) -> ModuleType:
        return import_module(f"instanceview.reading.formats.{self.module}")


RECORDINGS = (
    Reader("HAR", "har", (b'"entries"',)),
    Reader("session record", "session_records", (b'"Entries"',)),
    Reader("Java session record", "java_records", (b'"networkCallRecords"',)),
    Reader("VCR cassette", "vcr_json", (b'interactions"',)),
    Reader("VCR cassette", "vcr_yaml", (b"interactions",)),
    Reader("nock fixture", "nock_objects", (b'"scope"',)),
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
_WITH_COMMENTS = frozenset({".jsonc", ".json5"})
_NDJSON = Reader("NDJSON", "ndjson", suffixes=_JSON)

TEXTS = (
    Reader("YAML", "yaml_text", suffixes=frozenset({".yaml", ".yml"})),
    _NDJSON,
    Reader("JSON", "json_text", suffixes=_JSON | _WITH_COMMENTS),
)
"""The readers of bare documents; the last one takes whatever is left, be it any text with JSON in it."""

TEXT_SUFFIXES = frozenset({".md", ".markdown", ".log", ".txt", ".out", ".http", ".rest"})
"""The files of a folder that may be texts with JSON in them."""

SUFFIXES = frozenset[str]().union(*(reader.suffixes for reader in TEXTS))
"""The files of a folder that are read as bare documents; recordings may have any name."""

_PACKED = {".gz", ".zst"}


def is_known(stream: Stream, origin: Origin) -> bool:
    """Return True if a file is one to read where nobody named it: a recording, or named as JSON, NDJSON or YAML."""
    return suffix(origin.file) in SUFFIXES or any(reader.sniff(stream.head) for reader in RECORDINGS)


def is_ndjson(stream: Stream, origin: Origin) -> bool:
    """Return True if a file has a document a line; raises OSError, UnreadError."""
    if any(reader.sniff(stream.head) for reader in RECORDINGS):
        return False
    return text_reader(stream, origin) is _NDJSON


def suffix(file: str) -> str:
    """Return the suffix of a file's name that shows its format, that of compression left out.

    >>> suffix("captures/a.JSON.gz")
    '.json'
    """
    name, end = os.path.splitext(file)
    return (os.path.splitext(name)[1] if end.lower() in _PACKED else end).lower()


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of one file; what cannot be read is a value in the stream. Raises OSError."""
    recording = next((reader for reader in RECORDINGS if reader.sniff(stream.head)), None)
    try:
        if recording:
            yield from _recorded(recording, stream, origin)
        else:
            yield from text_reader(stream, origin).read(stream, origin)
    except NotJSONError as error:
        yield Unreadable(Origin(origin.file, None, error.line, error.column), error.reason)
    except UnreadError as error:
        yield Unreadable(Origin(origin.file), str(error))


def _recorded(reader: Reader, stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a recording, and an Unreadable where it has no instance view."""
    if reader.is_text:
        from instanceview.reading.texts import any_text  # loaded here, since few files are logs

        begun = reader.read(stream_of(stream.head), origin)
        if any_text.is_better(begun, stream.head, origin):
            yield from any_text.read(stream, origin)
            return
    has_any = False
    for item in reader.read(stream, origin):
        has_any = has_any or isinstance(item, (Document, Unreadable))
        yield item
    if not has_any:
        yield Unreadable(origin._replace(line=1, column=1), f"{NOT_OURS} in any answer of this {reader.name}")


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

        return readers[-1] if is_followed_by_text(stream.head) else found
    return found
