"""JSON pointers (RFC 6901) and the element names that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from instanceview.model import Path


def pointer(path: Path) -> str:
    """Return a path as a JSON pointer.

    >>> pointer(("disks", 0, "a/b~c"))
    '/disks/0/a~1b~0c'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def element_name(path: Path) -> str:
    """Return the dotted element path of a place, without array indices.

    >>> element_name(("vmAgent", "statuses", 0, "level"))
    'vmAgent.statuses.level'
    """
    return ".".join(step for step in path if isinstance(step, str))
