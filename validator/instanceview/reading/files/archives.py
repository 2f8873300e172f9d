"""Archives, read in place: the files in a zip or tar archive, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from instanceview.reading.files.members import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.files.members import Member
    from instanceview.reading.files.packings import Begun


def archive_members(file: BinaryIO, begun: Begun) -> Iterator[Member]:
    """Yield each file in an archive; nothing is written by its name, whatever the names say.

    `begun` is the content of the same file. Raises UnreadError for what is not an archive; opening or reading one of
    its files may raise it too.
    """
    # Loaded here: each takes some 10 ms.
    if begun.is_zip:
        from instanceview.reading.files.zips import zip_members as members
    else:
        from instanceview.reading.files.tars import tar_members as members
    yield from (member for member in members(file, begun) if not is_hidden(member.name))
