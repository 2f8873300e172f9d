"""One file of an archive as a value, whatever the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.files.stream import UnreadError, too_large

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from instanceview.model.limits import Limits
    from instanceview.reading.files.stream import Readable


class Member(NamedTuple):
    """A file in an archive: its name, its content, and what reads any file of the archive by its name.

    `other` returns None where such a file is missing, and raises UnreadError where it cannot be read.
    """

    name: str
    content: AbstractContextManager[Readable]
    other: Callable[[str], bytes | None]


def plain_name(name: str) -> str:
    """Return the name of a file in an archive without the `./` that tar writes before it; a file may lack its name.

    >>> plain_name("./a.json"), plain_name("../a.json"), plain_name("")
    ('a.json', '../a.json', 'unnamed')
    """
    return name.removeprefix("./") or "unnamed"


def up_to_most(content: AbstractContextManager[Readable], size: int, limits: Limits) -> bytes:
    """Return a file of an archive that is said to have `size` bytes; raises UnreadError when that is too much."""
    if size > limits.document_size:
        raise UnreadError(too_large("the file of a body", limits))
    parts: list[bytes] = []
    with content as file:
        while part := file.read(size):
            parts.append(part)
            size -= len(part)
    return b"".join(parts)


def is_hidden(name: str) -> bool:
    """Return True if a file is hidden, as in a folder: macOS packs `._name` beside each `name`."""
    return any(part.startswith(".") and part.strip(".") for part in name.split("/"))


def names_others(name: str) -> bool:
    """Return True if a file of an archive may name others that hold its bodies, by its name.

    >>> names_others("har.har"), names_others("mappings/a.json"), names_others("resources/a.json")
    (True, True, False)
    """
    return name.lower().endswith((".har", ".network", ".trace")) or "mappings" in name.split("/")
