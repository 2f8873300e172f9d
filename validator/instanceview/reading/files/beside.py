"""Bodies in files beside a recording, which names them; a name that leads elsewhere is not followed."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from instanceview.model.limits import beyond
from instanceview.model.written_limits import size_shown
from instanceview.reading.files.stream import Beside, UnreadError, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.limits import Limits
    from instanceview.reading.files.members import Member
    from instanceview.reading.files.stream import Stream

_MAPPINGS, _FILES = "mappings", "__files"  # the folders of WireMock
_RESOURCES = "resources"  # of a trace of Playwright, whose older releases leave it out in `_sha1`


def beside_file(path: str, shown: str, limits: Limits) -> Beside:
    """Return the files beside a file; `shown` is its name in a report.

    All of them together are limited as the files of one archive are: each may be named any number of times.
    """
    folder = os.path.dirname(os.path.abspath(path))
    left = limits.unpacked_size

    def read(up: int, names: tuple[str, ...]) -> tuple[bytes, str] | None:
        nonlocal left
        root = os.path.normpath(os.path.join(folder, *[os.pardir] * up))
        real = os.path.realpath(os.path.join(root, *names))
        if not _is_regular_below(os.path.realpath(root), real):
            return None
        try:
            with open(real, "rb") as file:
                data = file.read(min(limits.document_size, left) + 1)
        except OSError:
            return None
        left -= len(data)
        if len(data) > limits.document_size:
            raise UnreadError(too_large("the file of a body", limits))
        if left < 0:
            size = size_shown(limits.unpacked_size)
            reason = f"cannot be read to its end: more than {size} of bodies in files beside it"
            raise UnreadError(beyond(reason, "unpacked_size"))
        return data, os.path.normpath(os.path.join(os.path.dirname(shown), *[os.pardir] * up, *names))

    return Beside(tuple(folder.split(os.sep)), read)


def _is_regular_below(root: str, path: str) -> bool:
    """Return True if a path, links followed, is that of a regular file below a folder."""
    try:
        return os.path.commonpath([root, path]) == root and stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):  # ValueError: on another drive
        return False


def beside_member(member: Member, archive: str) -> Beside:
    """Return the files beside a file of an archive; `archive` is the name of that in a report."""
    folders = tuple(member.name.split("/")[:-1])

    def read(up: int, names: tuple[str, ...]) -> tuple[bytes, str] | None:
        name = "/".join((*folders[: len(folders) - up], *names))
        data = member.other(name)
        return None if data is None else (data, f"{archive}/{name}")

    return Beside(folders, read)


def body_beside(stream: Stream, name: str) -> tuple[bytes, str] | None:
    """Return the body in a file that a recording names, and that file's name in a report; None where it is missing.

    The name is that of `_file` and `_sha1` of Playwright, beside the recording or in `resources` there, or that of
    `bodyFileName` of WireMock, in `__files` beside `mappings`. A file counts as missing where its name is absolute or
    has `..`, and where a link leads out of the folder. So does what is not a regular file, or may not be read. Raises
    UnreadError for one too large.
    """
    names = tuple(each for each in name.split("/") if each != ".")
    if stream.beside is None or not _is_plain(names):
        return None
    places = (stream.beside.read(up, (*below, *names)) for up, below in _places(stream.beside.folders))
    return next((found for found in places if found), None)


def _is_plain(names: tuple[str, ...]) -> bool:
    """Return True if the names of folders and a file lead downwards, on any system."""
    is_bad = any(each in {"", os.pardir} or set(each) & {"\\", "\x00"} or os.path.splitdrive(each)[0] for each in names)
    return bool(names) and not is_bad


def _places(folders: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield where a body may lie: folders to go up, and folders from there."""
    if _MAPPINGS in folders:  # first, since WireMock gives a mapping and its body the same name
        yield folders[::-1].index(_MAPPINGS) + 1, (_FILES,)
    yield 0, ()
    yield 0, (_RESOURCES,)


def not_beside(name: str) -> str:
    """Return the reason why the body in a file of this name was not read."""
    from instanceview.model.text import quote  # loaded here, since most recordings hold their bodies

    where = "put it there, or record the bodies in the recording itself"
    return f"the body is in the file {quote(name)}, which cannot be read from the folder of the recording; {where}"
