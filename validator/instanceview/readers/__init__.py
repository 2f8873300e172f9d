"""Bytes -> documents: the readers, in the order they are asked, one file per container format."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model import Document, Origin, Unreadable
from instanceview.parse import NotJSONError
from instanceview.readers import (
    az_log,
    examples,
    har,
    http_text,
    java_records,
    json_text,
    ndjson,
    nock,
    powershell_log,
    session_records,
    vcr_json,
    vcr_yaml,
    yaml_text,
)
from instanceview.resolve import NOT_OURS
from instanceview.stream import UnreadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model import Skipped
    from instanceview.stream import Stream


class Reader(NamedTuple):
    """A container format: its name, whether a text begins as one, how its documents are read.

    `sniff` is given the first mebibyte, or all there is. `suffixes` are those of the files that are of this format
    even when they are broken; a recording is known by its content alone and has none.
    """

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[Stream, Origin], Iterator[Document | Skipped | Unreadable]]
    suffixes: frozenset[str] = frozenset()


RECORDINGS = (
    Reader("HAR", har.sniff, har.read),
    Reader("session record", session_records.sniff, session_records.read),
    Reader("Java session record", java_records.sniff, java_records.read),
    Reader("VCR cassette", vcr_json.sniff, vcr_json.read),
    Reader("VCR cassette", vcr_yaml.sniff, vcr_yaml.read),
    Reader("x-ms-example", examples.sniff, examples.read),
    # What is logged or answered may hold what the later ones are known by, and not the other way round.
    Reader("az log", az_log.sniff, az_log.read),
    Reader("PowerShell log", powershell_log.sniff, powershell_log.read),
    Reader("HTTP text", http_text.sniff, http_text.read),
    Reader("nock fixture", nock.sniff, nock.read),
)
"""The readers of files that hold requests and their answers; asked first, whatever the file is called."""

_JSON = frozenset({".json", ".ndjson", ".jsonl"})

TEXTS = (
    Reader("YAML", yaml_text.sniff, yaml_text.read, frozenset({".yaml", ".yml"})),
    Reader("NDJSON", ndjson.sniff, ndjson.read, _JSON),
    Reader("JSON", json_text.sniff, json_text.read, _JSON),
)
"""The readers of bare documents; the last one takes whatever is left."""


SUFFIXES = frozenset[str]().union(*(reader.suffixes for reader in TEXTS))
"""The files of a folder that are read as bare documents; recordings may have any name."""

_PACKED = {".gz", ".zst"}


def is_known(stream: Stream, origin: Origin) -> bool:
    """Return whether a file is one to read where nobody named it: a recording, or named as JSON, NDJSON or YAML."""
    return _suffix(origin) in SUFFIXES or any(reader.sniff(stream.head) for reader in RECORDINGS)


def is_ndjson(stream: Stream, origin: Origin) -> bool:
    """Return whether a file has a document a line; raises OSError, UnreadError."""
    if any(reader.sniff(stream.head) for reader in RECORDINGS):
        return False
    return text_reader(stream, origin).read is ndjson.read


def _suffix(origin: Origin) -> str:
    """Return the suffix of a file's name that tells its format, that of compression left out."""
    path = PurePath(origin.file)
    return (PurePath(path.stem) if path.suffix.lower() in _PACKED else path).suffix.lower()


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in one file; what cannot be read is a value in the stream. Raises OSError."""
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
    """Yield what is in a recording, and that it has no instance view where that is so."""
    met = False
    for item in reader.read(stream, origin):
        met = met or isinstance(item, (Document, Unreadable))
        yield item
    if not met:
        yield Unreadable(origin._replace(line=1, column=1), f"{NOT_OURS} in any answer of this {reader.name}")


def text_reader(stream: Stream, origin: Origin) -> Reader:
    """Return the reader of a file that is no recording; raises OSError, UnreadError.

    A file whose name says its format is of that format, be it broken: flow style in a `.yaml` is no broken JSON, and
    a broken `.json` is no YAML. Anything else is what it looks like.
    """
    suffix = _suffix(origin)
    readers = [reader for reader in TEXTS if suffix in reader.suffixes] or TEXTS
    if not stream.is_whole and stream.head.lstrip()[:1] == b"{":
        stream.read_first_line()  # which may be a document of its own, or the beginning of the only one
    return next((reader for reader in readers if reader.sniff(stream.head)), readers[-1])
