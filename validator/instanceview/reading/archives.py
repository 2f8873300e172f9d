"""One archive -> the documents of the files in it, as of a folder."""

from __future__ import annotations

import os
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.files.beside import beside_member
from instanceview.reading.files.members import is_hidden
from instanceview.reading.files.names import NO_SUFFIX, is_archive_name
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import CutError, Stream, UnreadError
from instanceview.reading.plain_files import content
from instanceview.reading.sources import closed, may_be_ours, shown, why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model.limits import Limits
    from instanceview.reading.files.members import Member
    from instanceview.reading.files.packings import Begun
    from instanceview.reading.files.stream import Beside, Readable


_LAYERS = 2
"""The most archives in one another that are read: a download of what was packed before."""


def archive(  # noqa: PLR0913 (what is known of the file)
    file: Readable,
    begun: Begun,
    origin: Origin,
    limits: Limits,
    *,
    is_named: bool = True,
    is_asked: bool = False,
    layer: int = 1,
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of the files of an archive, as of a folder; raises OSError, UnreadError.

    `layer` counts it and the archives around it.
    """
    found_any = may_have = False
    bodies: set[str] = set()
    try:
        for member in _members(file, begun, limits):
            may_have = may_have or may_be_ours(member.name)
            inside = origin._replace(file=f"{origin.file}/{shown(member.name)}")
            if inside.file in bodies:  # read already, with the request of the recording that names it
                continue
            beside = partial(beside_member, member, origin.file)
            for item in _read_member(
                member, inside, beside, limits, is_asked=is_asked, is_in_named=is_named, layer=layer
            ):
                found_any = found_any or not isinstance(item, Skipped)
                bodies.update({item.origin.file} - {inside.file})
                yield item
    except UnreadError as error:
        if (is_named and layer == 1) or not (
            may_have or (isinstance(error, CutError) and any(map(may_be_ours, error.names)))
        ):
            raise
        yield Unreadable(origin, why(error))
    if is_named and layer == 1 and not found_any:
        yield Unreadable(
            origin, "no instance view found in the files of this archive; unpack it and check a single file to see why"
        )


def _members(file: Readable, begun: Begun, limits: Limits) -> Iterator[Member]:
    """Yield each file in an archive; nothing is written by its name, whatever the names say. Raises UnreadError."""
    if begun.is_zip:  # loaded here: each takes some 10 ms
        from instanceview.reading.files.zips import zip_members as members
    else:
        from instanceview.reading.files.tars import tar_members as members
    yield from (member for member in members(file, begun, limits) if not is_hidden(member.name))


def _read_member(  # noqa: PLR0913 (what is known of the file)
    member: Member,
    origin: Origin,
    beside: Callable[[], Beside],
    limits: Limits,
    *,
    is_named: bool = False,
    is_asked: bool,
    is_in_named: bool = True,
    layer: int,
) -> Iterator[Document | Skipped | Unreadable]:
    try:
        with member.content as file:
            begun = unpacked(file, limits)
            if not begun.is_archive:
                yield from content(
                    Stream(begun, beside, is_asked=is_asked, limits=limits),
                    origin,
                    is_named=is_named,
                    again=None if is_in_named else _gone,
                )
            elif not (is_named or is_archive_name(origin.file)):
                yield Skipped(origin, NO_SUFFIX)
            elif layer < _LAYERS:
                yield from archive(
                    file, begun, origin, limits, is_named=is_in_named, is_asked=is_asked, layer=layer + 1
                )
            else:
                yield Unreadable(origin, f"an archive inside {_LAYERS} others; unpack the outer one first")
    except (OSError, ValueError) as error:
        yield closed(origin.file, error, is_named=is_named or may_be_ours(origin.file))


def _gone() -> Iterator[bytes]:
    """Raise OSError: a file of an archive is read once."""
    raise OSError


def in_archive(name: str, error: OSError, limits: Limits) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a file in an archive, whose name is as a report has it: `all.zip/folder/a.json`."""
    outer = os.path.dirname(name)
    while outer and not os.path.lexists(outer):
        outer = os.path.dirname(outer)
    try:
        with open(outer, "rb") as file:
            begun = unpacked(file, limits)
            found = _named_member(file, begun, outer, name, limits)
            first = next(found, None)
            if first is not None:
                yield from chain([first], found)
                return
    except (OSError, ValueError) as fault:
        yield Unreadable(Origin(outer), why(fault))
        return
    reason = "no such file in this archive; pass the archive to check all of them" if begun.is_archive else why(error)
    yield Unreadable(Origin(name), reason)


def _named_member(
    file: Readable, begun: Begun, outer: str, name: str, limits: Limits
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of the file of a name in an archive, or in one inside it; raises OSError, UnreadError."""
    for member in _members(file, begun, limits) if begun.is_archive else ():
        inside = f"{outer}/{shown(member.name)}"
        if inside == name:
            beside = partial(beside_member, member, outer)
            yield from _read_member(member, Origin(name), beside, limits, is_named=True, is_asked=True, layer=0)
            return
        if name.startswith(f"{inside}/"):
            with member.content as inner:
                yield from _named_member(inner, unpacked(inner, limits), inside, name, limits)
            return
