"""Logs with a record in JSON for each line of a program: of Docker (`json-file`), and of `journalctl -o json`."""

# Goal: an instance view that a program printed over many lines, or that Docker cut every 16 KiB, is read as one text.
#
# Plan: a record is read as a line of NDJSON, unless its text ends with an opening bracket or is cut.
# Then the texts of this writer are joined up to the line that closes the bracket, and searched as any text is.
#
# Invariants:
# - Each record is in one text at most, and is kept no longer than its text is open.
# - A text ends after `MOST_OTHERS` lines that do not go on as JSON, and where it is as large as a document may be.

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.body import json_offsets
from instanceview.places.source import source_of_pieces
from instanceview.reading.formats.ndjson import beyond_line, of_line
from instanceview.reading.marks import may_hold_view
from instanceview.reading.texts.items import items_of_source
from instanceview.reading.texts.prefixes import MOST_OTHERS, goes_on_as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.reading.files.stream import Stream

    Item = Document | Skipped | Unreadable

_TEXT = rb'"(?:log|MESSAGE)"\s*+:\s*+"(?:[^"\\]++|\\.)*+"'
_BEGINS = re.compile(rb"\s*+\{[^\n]*?" + _TEXT)
_WRITER = re.compile(rb'"(?:stream|time|__CURSOR|__REALTIME_TIMESTAMP)"\s*+:')
_OPENS = re.compile(rb'"(?:log|MESSAGE)"\s*+:\s*+"(?:[^"\\]|\\.)*[{\[](?:\\[rn])*+"')
_CUT = 16_380
"""Bytes of a text that Docker may have cut: it does at 16 KiB, in no character."""
_NAMES = ("log", "MESSAGE")


class _Record(NamedTuple):
    """A record: its line as it is, its number from 1, who wrote it, and its text with the start of its string."""

    data: bytes
    number: int
    writer: tuple[object, ...]
    text: str
    start: int


class _Open:
    """The records of one writer whose text is not closed."""

    def __init__(self) -> None:
        self.records: list[_Record] = []
        self.size = self._others = 0
        self._indent: int | None = None
        self._line = ""  # the beginning of the last line, and the last part of it

    def adds(self, record: _Record) -> bool:
        """Add a record; return True if the text is closed by it."""
        self.records.append(record)
        self.size += len(record.data)
        self._line = self._line or record.text
        if not record.text.endswith("\n"):
            return False
        line, self._line = self._line, ""
        if self._indent is None:
            self._indent = len(line) - len(line.lstrip())
            return record.text.rstrip()[-1:] not in {"{", "["}
        self._others = 0 if goes_on_as_json(line) else self._others + 1
        closes = line[self._indent : self._indent + 1] in {"}", "]"} and not line[: self._indent].strip()
        return closes or self._others > MOST_OTHERS


def sniff(head: bytes) -> bool:
    r"""Return True if a text begins with a record of such a log.

    >>> sniff(b'{"log":"a\\n","stream":"stdout","time":"2024-05-06T07:08:09Z"}\n'), sniff(b'{"log": {"entries": []}}')
    (True, False)
    """
    line = head.partition(b"\n")[0]
    return _BEGINS.match(line) is not None and _WRITER.search(line) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Item]:
    """Yield the documents of each record, and those that are written over several; raises OSError, UnreadError."""
    most = stream.limits.document_size
    texts: dict[tuple[object, ...], _Open] = {}
    for number, data in enumerate(stream.lines(most), start=1):
        if data is None:
            yield beyond_line(number, origin, stream.limits)
            continue
        opens = len(data) > _CUT or _OPENS.search(data)
        record = _record(data, number) if texts or opens else None
        if record is None or not (opens or record.writer in texts):
            yield from _of_record(data, number, origin, stream)
            continue
        text = texts.setdefault(record.writer, _Open())
        if text.adds(record) or text.size > most:
            yield from _of_text(texts.pop(record.writer).records, origin, stream)
    for text in texts.values():
        yield from _of_text(text.records, origin, stream)


def _record(data: bytes, number: int) -> _Record | None:
    """Return a line as a record, None where it has no text."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    name = next((name for name in _NAMES if isinstance(value, dict) and isinstance(value.get(name), str)), "")
    line = data.decode("utf-8", "replace")
    starts = [found.end() for found in re.finditer(rf'"{name}"\s*+:\s*+(?=")', line)] if name else []
    # The last of a repeated key counts; there may be such a key in an object, too.
    start = next((each for each in reversed(starts) if scanstring(line, each + 1)[0] == value[name]), None)
    if start is None:
        return None
    writer = tuple(str(value.get(each)) for each in ("stream", "_PID", "SYSLOG_IDENTIFIER", "CONTAINER_NAME"))
    text = value[name]
    is_whole = name == "MESSAGE" or len(text.encode("utf-8", "replace")) < _CUT
    text += "\n" if is_whole and not text.endswith("\n") else ""
    return _Record(data, number, writer, text, start)


def _of_record(data: bytes, number: int, origin: Origin, stream: Stream) -> Iterator[Item]:
    if data.strip():
        yield from of_line(data, number, origin, asked=stream.is_asked, stream=stream, limits=stream.limits)


def _of_text(records: list[_Record], origin: Origin, stream: Stream) -> Iterator[Item]:
    """Yield the items of the text that some records are together; of each record by itself where it has none."""
    whole = source_of_pieces(piece for record in records for piece in _pieces(record))
    may_hold = may_hold_view(whole.text.encode("utf-8", "surrogatepass"))
    items = list(items_of_source(whole, origin, stream.limits)) if may_hold else []
    if items:
        yield from items
        return
    for record in records:
        yield from _of_record(record.data, record.number, origin, stream)


def _pieces(record: _Record) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the parts of a text between its escapes, and its end, each with its line and column in the file."""
    line = record.data.decode("utf-8", "replace")
    offsets = json_offsets(line, record.start)
    ends = [*offsets.inside[1:], len(record.text)]
    for begin, end, outside in zip(offsets.inside, ends, offsets.outside, strict=True):
        yield record.text[begin:end], (record.number, outside + 1)
    yield "", (record.number, scanstring(line, record.start + 1)[1])
