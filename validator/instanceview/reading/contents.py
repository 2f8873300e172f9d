"""One file or standard input -> its documents: packed or not, an archive or not."""

from __future__ import annotations

import io
import math
import sys
from contextlib import nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.dispatch import read
from instanceview.reading.files.names import NO_SUFFIX, is_archive_name
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream, UnreadError, stream_of
from instanceview.reading.plain_files import content
from instanceview.reading.recognise import USE_KIND
from instanceview.reading.sources import File, StandardInput, closed, is_telling, shown, why, with_advice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from instanceview.reading.files.stream import Beside
    from instanceview.reading.plain_files import Again


def contents(
    step: File | StandardInput, limits: Limits = DEFAULTS, *, is_asked: bool = False
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of one file or of standard input; a missing or forbidden one is a value in the stream.

    `is_asked` means that what is in it is meant as an instance view, as it is in a file that the caller named.
    """
    return in_time(_contents(step, limits, is_asked=is_asked), Origin(step.name), limits)


def in_memory(data: bytes, origin: Origin, limits: Limits) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a text, or of the bytes of a packed file or an archive, as of a named file."""
    return in_time(to_its_end(_in_memory(data, origin, limits), origin), origin, limits)


def _in_memory(data: bytes, origin: Origin, limits: Limits) -> Iterator[Document | Skipped | Unreadable]:
    begun = unpacked(io.BytesIO(data), limits)
    if begun.is_packed or begun.is_archive:
        yield from _opened(io.BytesIO(data), origin, limits, None, None, is_named=True, is_asked=True)
    else:
        yield from read(stream_of(data, limits), origin)


def to_its_end(
    items: Iterable[Document | Skipped | Unreadable], origin: Origin
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield items, and the reason why no more can be read, where that is so."""
    try:
        yield from items
    except (OSError, ValueError) as error:
        yield Unreadable(origin, why(error))


def in_time(
    items: Iterable[Document | Skipped | Unreadable], origin: Origin, limits: Limits
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the items of one file as long as its time lasts; the last one says so where that is over."""
    if limits.seconds == math.inf:
        return iter(items)
    from instanceview.reading.alarms import timed  # most runs have no such limit

    return timed(items, origin, limits)


def _contents(
    step: File | StandardInput, limits: Limits, *, is_asked: bool
) -> Iterator[Document | Skipped | Unreadable]:
    origin = Origin(step.name)
    is_named = isinstance(step, StandardInput) or step.is_named
    has_any = False
    try:
        with nullcontext(sys.stdin.buffer) if isinstance(step, StandardInput) else open(step.path, "rb") as file:
            beside = None if isinstance(step, StandardInput) else partial(_beside_file, step.path, limits)
            again = partial(_blocks_of, step.path, limits) if isinstance(step, File) else None
            is_meant = is_asked or is_named or is_telling(origin.file)
            for item in _opened(file, origin, limits, beside, again, is_named=is_named, is_asked=is_meant):
                has_any = has_any or not isinstance(item, Skipped)
                yield _without_kind(item) if is_asked else item
    except FileNotFoundError as error:
        yield Unreadable(origin, with_advice(why(error), step.name))
    except NotADirectoryError as error:
        from instanceview.reading.archives import in_archive  # few arguments are in an archive

        yield from in_archive(step.name, error, limits)
    except (OSError, ValueError) as error:
        yield closed(step.name, error, is_named=is_named, has_evidence=has_any)


def _without_kind(item: Document | Skipped | Unreadable) -> Document | Skipped | Unreadable:
    """Return an item without the advice to use --kind, which was given."""
    return item if isinstance(item, Document) else item._replace(reason=item.reason.removesuffix(USE_KIND))


def _beside_file(path: str, limits: Limits) -> Beside:
    from instanceview.reading.files.beside import beside_file  # loaded here, since most files name no other

    return beside_file(path, shown(path), limits)


def _blocks_of(path: str, limits: Limits) -> Iterator[bytes]:
    """Yield the blocks of a file, as far as it can be unpacked; raises OSError."""
    with open(path, "rb") as file, suppress(UnreadError):
        yield from Stream(unpacked(file, limits), limits=limits).blocks()


def _opened(  # noqa: PLR0913 (what is known of the file)
    file: BinaryIO,
    origin: Origin,
    limits: Limits,
    beside: Callable[[], Beside] | None,
    again: Again | None,
    *,
    is_named: bool,
    is_asked: bool,
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of an open file, or of the files of an archive."""
    begun = unpacked(file, limits)
    if not begun.is_archive:
        stream = Stream(begun, beside, is_asked=is_asked, limits=limits)
        yield from content(stream, origin, is_named=is_named, again=again)
    elif is_named or is_archive_name(origin.file):
        from instanceview.reading.archives import archive  # most files are not archives

        yield from archive(file, begun, origin, limits, is_named=is_named, is_asked=is_asked and not is_named)
    else:
        yield Skipped(origin, NO_SUFFIX)
