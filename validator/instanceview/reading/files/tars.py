"""Tar archives, read from their beginning to their end: regular files alone, since links and devices lead elsewhere."""

from __future__ import annotations

import tarfile
import tempfile
from contextlib import ExitStack, nullcontext, suppress
from typing import TYPE_CHECKING, BinaryIO, cast

from instanceview.reading.files.members import Member, plain_name, up_to_most
from instanceview.reading.files.packings import Limit, Unpacked, as_unread, can_seek, limit_of, unpacked
from instanceview.reading.files.stream import BLOCK, UnreadError
from instanceview.reading.files.tar_source import TarSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from instanceview.model.limits import Limits
    from instanceview.reading.files.packings import Begun
    from instanceview.reading.files.stream import Readable


class _Content:
    """The content of one file of an archive; it knows whether the archive ended in it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = cast("tarfile.ExFileObject", file)
        self.is_cut = False

    def read1(self, size: int, /) -> bytes:
        try:
            return self._file.read1(size)
        except (tarfile.TarError, UnreadError):
            self.is_cut = True
            raise


def tar_members(file: Readable, begun: Begun, limits: Limits) -> Iterator[Member]:
    """Yield each regular file of a tar archive whose content is `begun`, packed in `file`; raises UnreadError."""
    limit = Limit(lambda: begun.size, limits, limit_of(file))
    with ExitStack() as opened:
        other = _others(file, opened, limits)
        for name, content in _contents(begun):
            yield Member(name, nullcontext(Unpacked(content, limit)), other)
            if limit.is_reached:
                return


def _contents(file: Readable) -> Iterator[tuple[str, _Content]]:
    """Yield the name and content of each regular file, up to one that is cut."""
    source = TarSource(file)
    while True:
        with as_unread():
            archive = tarfile.open(fileobj=cast("IO[bytes]", source), mode="r|")  # noqa: SIM115 (it has no file to close)
        while member := _next(archive, source):
            source.allow(member.offset_data + member.size)
            opened = archive.extractfile(member) if member.isreg() else None
            if opened:
                content = _Content(opened)
                yield plain_name(member.name), content
                if content.is_cut:
                    return
        if not source.goes_on(archive.offset):
            return


def _next(archive: tarfile.TarFile, source: TarSource) -> tarfile.TarInfo | None:
    """Return the next file, None at the end; raises UnreadError where other data follows, which tarfile ignores."""
    with as_unread():
        member = archive.next()
    archive.members = []  # type: ignore[attr-defined] # or all of them would be kept in memory
    if member is None and source.has_at(archive.offset):
        raise UnreadError("cannot be unpacked: broken after the files above; copy or download it again")
    return member


def _others(file: Readable, opened: ExitStack, limits: Limits) -> Callable[[str], bytes | None]:
    """Return a reader of files by their names, from a copy of the archive that is made for the first one."""
    copy: IO[bytes] | None = None
    places: dict[str, tuple[int, int]] = {}

    def other(name: str) -> bytes | None:
        nonlocal copy
        if copy is None:
            copy = opened.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 (closed with the others)
            places.update(_places(cast("BinaryIO", file), copy, limits) if can_seek(file) else {})
        start, size = places.get(name, (0, -1))
        copy.seek(start)
        return None if size < 0 else up_to_most(nullcontext(copy), size, limits)

    return other


def _places(file: BinaryIO, copy: IO[bytes], limits: Limits) -> dict[str, tuple[int, int]]:
    """Return the place and size of each file in a copy of an archive, up to where it is broken."""
    places: dict[str, tuple[int, int]] = {}
    at = file.tell()
    try:
        file.seek(0)
        with suppress(UnreadError):  # which is reported where the archive itself is read
            places.update(_copied(unpacked(file, limits), copy, limits))
    finally:
        file.seek(at)
    return places


def _copied(begun: Begun, copy: IO[bytes], limits: Limits) -> Iterator[tuple[str, tuple[int, int]]]:
    """Write the regular files of an archive to one without a name; yield the name, place and size of each."""
    limit = Limit(lambda: begun.size, limits)
    for name, content in _contents(begun):
        start = copy.seek(0, 2)
        reader = Unpacked(content, limit)
        while block := reader.read(BLOCK):
            copy.write(block)
        yield name, (start, copy.tell() - start)
