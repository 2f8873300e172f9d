"""The readers, one file for each container format, in the order in which they are tried."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document
from instanceview.reading.files.names import WITH_COMMENTS, suffix

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from instanceview.model.document import Origin, Skipped, Unreadable
    from instanceview.reading.files.stream import Stream


class Reader(NamedTuple):
    """A container format: its name, what reads it, and bytes of which one is in each text of it.

    `module` is a module, or one with a dot and the name of a row in it; it is loaded when a text may be its own. It has
    `read(stream, origin)` and `sniff(head)`, which returns True if a text begins as this format, by its first mebibyte,
    or all there is. `suffixes` are those of the files that are of this format even when they are broken; a recording is
    known by its content alone and has none. `with_bodies` is the next step where a recording has no bodies. `is_text`
    means that the format is one of lines, so that another program may have put something before each.
    """

    name: str
    module: str
    marks: tuple[bytes, ...] = ()
    suffixes: frozenset[str] = frozenset()
    with_bodies: str = "record it again with the bodies of the answers"
    is_text: bool = False

    def sniff(self, head: bytes) -> bool:
        """Return True if a text begins as this format."""
        if self.marks and not any(mark in head for mark in self.marks):
            return False
        is_own: bool = self._load().sniff(head)
        return is_own

    def read(self, stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
        """Yield the documents of a file, with the name of the format; raises NotJSONError, OSError, UnreadError."""
        for item in self._load().read(stream, origin):
            yield item._replace(container=item.container or self.name) if isinstance(item, Document) else item

    def _load(self) -> Any:  # noqa: ANN401 (a module, or a row of one)
        module, _, row = self.module.partition(".")
        loaded = import_module(f"instanceview.reading.formats.{module}")
        return getattr(loaded, row) if row else loaded


_HAR_WITH_BODIES = """save it again, with "Save all as HAR with content" in Chrome or content: 'embed' in Playwright"""

RECORDINGS = (
    Reader("HAR", "json_recordings.har", (b'"entries"',), with_bodies=_HAR_WITH_BODIES),
    Reader("session record", "json_recordings.session", (b'"Entries"',)),
    Reader("Java session record", "json_recordings.java", (b'"networkCallRecords"',)),
    Reader("VCR cassette", "json_recordings.vcr", (b'"interactions"',)),
    Reader("VCR cassette", "json_recordings.vcr_of_ruby", (b'"http_interactions"',)),
    Reader("VCR cassette", "vcr_yaml", (b"interactions",)),
    Reader("nock fixture", "json_recordings.nock", (b'"scope"',)),
    Reader("x-ms-example", "examples", (b'"responses"',)),
    Reader("recording of a PowerShell module", "powershell_modules", (b"+$",)),
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
    Reader("log of a container", "container_log", (b'"log"', b'"MESSAGE"'), suffixes=_JSON),
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
