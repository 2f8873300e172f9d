"""The bytes of one file, which is not packed -> its documents, and what is passed over unread."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.dispatch import read
from instanceview.reading.files.signatures import begins_as_json, unread
from instanceview.reading.files.stream import BLOCK
from instanceview.reading.formats import is_known
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.sources import is_telling, may_be_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.reading.files.stream import Stream

    Again = Callable[[], Iterable[bytes]]

_REPORT = re.compile(
    rb'\s*+\{\s*+(?:"version":\s*+[0-9]++,\s*+"summary":\s*+\{\s*+"documents":'
    rb'|"\$schema":\s*+"[^"]*+",\s*+"version":\s*+"[^"]*+",\s*+"runs":\s*+\[\s*+\{\s*+"tool":\s*+\{'
    rb'\s*+"driver":\s*+\{\s*+"name":\s*+"instanceview")'
)
"""The beginning of our reports in JSON and SARIF, whose texts of rules have instance views."""
_UTF16 = rb"\xff\xfe|\xfe\xff|([^\x00]\x00){2}|(\x00[^\x00]){2}"


def content(
    stream: Stream, origin: Origin, *, is_named: bool = True, again: Again | None = None
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents in the bytes of one file; in a file that nobody named, only what we surely read.

    `again` returns the blocks of the file once more, where it can be read twice.
    """
    packed = unread(stream.head, origin.file)
    if _REPORT.match(stream.head):
        reason = f"{NOT_OURS}: this is a report of instanceview; check the files that it names"
        yield Unreadable(origin, reason) if is_named else Skipped(origin, reason)
    elif packed:
        reason = f"{packed}; unpack it first"
        is_meant = is_named or may_be_ours(origin.file)
        yield Unreadable(origin, reason) if is_meant else Skipped(origin, reason, "closed")
    elif not is_named:
        yield from _of_member(stream, origin, again)
    elif b"\x00" in stream.head and not (is_known(stream, origin) or re.match(_UTF16, stream.head)):
        yield Unreadable(origin, _of_bytes(stream.head))
    else:
        yield from read(stream, origin)


def _of_member(stream: Stream, origin: Origin, again: Again | None) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents in a file that nobody named; what is broken in it counts if it shows an instance view."""
    if not is_telling(origin.file) and _is_without_marks(stream):
        yield Skipped(origin, "no instance view: the file has no member name and no status code of one")
    elif is_known(stream, origin) or (b"\x00" not in stream.head and begins_as_json(stream.head)):
        # What follows less than a block cannot be unpacked.
        is_all = stream.is_whole or (again is not None and len(stream.head) < BLOCK)
        yield from weighed(read(stream, origin), (lambda: [stream.head]) if is_all else again)
    elif b"\x00" in stream.head:
        yield Skipped(origin, "a binary file")
    else:
        yield Skipped(
            origin, "not a recording, and without a suffix of JSON, NDJSON, YAML or text; name it to check it"
        )


def weighed(
    items: Iterable[Document | Skipped | Unreadable], blocks: Again | None
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield items of a file that nobody named, those that cannot be read as skipped where nothing shows a view.

    A document beside what is broken shows it. `blocks` returns the bytes of the file, None where they are gone.
    """
    has_any = False
    has_evidence: Callable[[], bool] | None = None  # made for a broken item: most files have none
    for item in items:
        each = item
        if isinstance(item, Unreadable):
            from instanceview.reading.evidence import weigh  # as above

            shows = has_evidence = has_evidence or cache(partial(_has_evidence, blocks))
            each = weigh(item, lambda: has_any or is_telling(item.origin.file) or shows())  # noqa: B023 (called at once)
        has_any = has_any or not isinstance(each, Skipped)
        yield each


def _has_evidence(blocks: Again | None) -> bool:
    """Return True if the bytes of a file show an instance view; they may, where they are gone."""
    from instanceview.reading.evidence import shows_view_in  # as above

    try:
        return blocks is None or shows_view_in(blocks())
    except (OSError, ValueError):  # it was readable before
        return True


def _is_without_marks(stream: Stream) -> bool:
    """Return True if a file surely has no instance view."""
    from instanceview.reading.marks import may_hold_view  # a file that somebody named is read whatever is in it

    return stream.is_whole and not may_hold_view(stream.head)


def _of_bytes(head: bytes) -> str:
    """Return the reason why a binary file has no instance view, by what it looks like."""
    from instanceview.reading.other_texts import looks_like_bytes  # few files are binary

    what = looks_like_bytes(head)
    return f"{NOT_OURS}: {what}" if what else "a binary file; expected a recording, JSON, NDJSON, YAML or text"
