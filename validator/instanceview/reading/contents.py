"""One file or standard input -> its documents: packed or not, an archive or not, and what is passed over unread."""

from __future__ import annotations

import os
import re
import sys
from contextlib import nullcontext, suppress
from functools import cache, partial
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.dispatch import read
from instanceview.reading.files.names import is_archive_name
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.signatures import begins_as_json, unread
from instanceview.reading.files.stream import BLOCK, Stream, UnreadError
from instanceview.reading.formats import is_known
from instanceview.reading.recognise import NOT_OURS, USE_KIND
from instanceview.reading.sources import File, StandardInput, closed, is_telling, may_be_ours, shown, why, with_advice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from instanceview.reading.files.members import Member
    from instanceview.reading.files.packings import Begun
    from instanceview.reading.files.stream import Beside

    Again = Callable[[], Iterable[bytes]]

_REPORT = re.compile(
    rb'\s*+\{\s*+(?:"version":\s*+[0-9]++,\s*+"summary":\s*+\{\s*+"documents":'
    rb'|"\$schema":\s*+"[^"]*+",\s*+"version":\s*+"[^"]*+",\s*+"runs":\s*+\[\s*+\{\s*+"tool":\s*+\{'
    rb'\s*+"driver":\s*+\{\s*+"name":\s*+"instanceview")'
)
"""The beginning of our reports in JSON and SARIF, whose texts of rules have instance views."""
_UTF16 = rb"\xff\xfe|\xfe\xff|([^\x00]\x00){2}|(\x00[^\x00]){2}"


def contents(step: File | StandardInput, *, is_asked: bool = False) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of one file or of standard input; a missing or forbidden one is a value in the stream.

    `is_asked` means that what is in it is meant as an instance view, as it is in a file that the caller named.
    """
    origin = Origin(step.name)
    is_named = isinstance(step, StandardInput) or step.is_named
    has_any = False
    try:
        with nullcontext(sys.stdin.buffer) if isinstance(step, StandardInput) else open(step.path, "rb") as file:
            beside = None if isinstance(step, StandardInput) else partial(_beside_file, step.path)
            again = partial(_blocks_of, step.path) if isinstance(step, File) else None
            is_meant = is_asked or is_named or is_telling(origin.file)
            for item in _opened(file, origin, beside, again, is_named=is_named, is_asked=is_meant):
                has_any = has_any or not isinstance(item, Skipped)
                yield _without_kind(item) if is_asked else item
    except FileNotFoundError as error:
        yield Unreadable(origin, with_advice(why(error), step.name))
    except NotADirectoryError as error:
        yield from _in_archive(step.name, error)
    except (OSError, ValueError) as error:
        yield closed(step.name, error, is_named=is_named, has_evidence=has_any)


def _without_kind(item: Document | Skipped | Unreadable) -> Document | Skipped | Unreadable:
    """Return an item without the advice to use --kind, which was given."""
    return item if isinstance(item, Document) else item._replace(reason=item.reason.removesuffix(USE_KIND))


def _in_archive(name: str, error: OSError) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a file in an archive, whose name is as a report has it: `all.zip/folder/a.json`."""
    from instanceview.reading.files.beside import beside_member  # few arguments are in an archive

    outer = os.path.dirname(name)
    while outer and not os.path.lexists(outer):
        outer = os.path.dirname(outer)
    try:
        with open(outer, "rb") as file:
            begun = unpacked(file)
            for member in _members(file, begun) if begun.is_archive else ():
                if f"{outer}/{shown(member.name)}" == name:
                    beside = partial(beside_member, member, outer)
                    yield from _read_member(member, Origin(name), beside, is_named=True, is_asked=True)
                    return
    except (OSError, ValueError) as fault:
        yield Unreadable(Origin(outer), why(fault))
        return
    reason = "no such file in this archive; pass the archive to check all of them" if begun.is_archive else why(error)
    yield Unreadable(Origin(name), reason)


def _beside_file(path: str) -> Beside:
    from instanceview.reading.files.beside import beside_file  # loaded here, since most files name no other

    return beside_file(path, shown(path))


def _blocks_of(path: str) -> Iterator[bytes]:
    """Yield the blocks of a file, as far as it can be unpacked; raises OSError."""
    with open(path, "rb") as file, suppress(UnreadError):
        yield from Stream(unpacked(file)).blocks()


def _opened(  # noqa: PLR0913 (what is known of the file)
    file: BinaryIO,
    origin: Origin,
    beside: Callable[[], Beside] | None,
    again: Again | None,
    *,
    is_named: bool,
    is_asked: bool,
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of an open file, or of the files of an archive."""
    begun = unpacked(file)
    if not begun.is_archive:
        yield from content(Stream(begun, beside, is_asked=is_asked), origin, is_named=is_named, again=again)
    elif is_named or is_archive_name(origin.file):
        yield from archive(file, begun, origin, is_named=is_named, is_asked=is_asked and not is_named)
    else:  # office files and packages of programs are archives too
        yield Skipped(origin, "an archive without a suffix such as .zip or .tar")


def archive(
    file: BinaryIO, begun: Begun, origin: Origin, *, is_named: bool = True, is_asked: bool = False
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of the files of an archive, as of a folder; an archive inside it is not read."""
    from instanceview.reading.files.beside import beside_member  # loaded here, since most files are not archives

    found_any = False
    bodies: set[str] = set()
    for member in _members(file, begun):
        inside = origin._replace(file=f"{origin.file}/{shown(member.name)}")
        if inside.file in bodies:  # read already, with the request of the recording that names it
            continue
        beside = partial(beside_member, member, origin.file)
        for item in _read_member(member, inside, beside, is_asked=is_asked, is_in_named=is_named):
            found_any = found_any or not isinstance(item, Skipped)
            bodies.update({item.origin.file} - {inside.file})
            yield item
    if is_named and not found_any:
        yield Unreadable(
            origin, "no instance view found in the files of this archive; unpack it and check a single file to see why"
        )


def _members(file: BinaryIO, begun: Begun) -> Iterator[Member]:
    """Yield each file in an archive; nothing is written by its name, whatever the names say. Raises UnreadError."""
    # Loaded here: each takes some 10 ms.
    from instanceview.reading.files.members import is_hidden

    if begun.is_zip:
        from instanceview.reading.files.zips import zip_members as members
    else:
        from instanceview.reading.files.tars import tar_members as members
    yield from (member for member in members(file, begun) if not is_hidden(member.name))


def _read_member(  # noqa: PLR0913 (what is known of the file)
    member: Member,
    origin: Origin,
    beside: Callable[[], Beside],
    *,
    is_named: bool = False,
    is_asked: bool,
    is_in_named: bool = True,
) -> Iterator[Document | Skipped | Unreadable]:
    try:
        with member.content as file:
            begun = unpacked(file)
            if begun.is_archive:
                yield Skipped(origin, "an archive inside an archive; unpack the outer one to check it")
            else:
                yield from content(
                    Stream(begun, beside, is_asked=is_asked),
                    origin,
                    is_named=is_named,
                    again=None if is_in_named else _gone,
                )
    except (OSError, ValueError) as error:
        yield closed(origin.file, error, is_named=is_named or may_be_ours(origin.file))


def _gone() -> Iterator[bytes]:
    """Raise OSError: a file of an archive is read once."""
    raise OSError


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
