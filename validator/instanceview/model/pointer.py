"""JSON pointers (RFC 6901) and the element names that go with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.redaction import redact

if TYPE_CHECKING:
    from instanceview.places.spans import Path


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


def element_shown(path: Path) -> str:
    """Return the dotted element path of a place as outputs show it: a secret in a name is redacted, name by name.

    >>> element_shown(("vmAgent", "api-key: 4f5e6d7c", "level"))
    'vmAgent.api-key: [redacted].level'
    """
    return ".".join(redact(step) for step in path if isinstance(step, str))


def follow(body: object, path: Path) -> tuple[object, object]:
    """Return the holder (None for the root) and the value at a path in a document.

    >>> follow({"disks": [{"name": "os"}]}, ("disks", 0, "name"))
    ({'name': 'os'}, 'os')
    """
    holder, value = None, body
    for step in path:
        holder = value
        value = value[step] if isinstance(value, (dict, list)) else None  # type: ignore[index]  # path fits
    return holder, value


def exists(body: object, path: Path) -> bool:
    """Return True if a document has a value at a path.

    >>> exists({"disks": [1]}, ("disks", 0)), exists({"disks": []}, ("disks", "name"))
    (True, False)
    """
    try:
        follow(body, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def without_indices(text: str) -> str:
    """Return the dotted path that a JSON pointer or a path with indices means.

    >>> without_indices("/vmAgent/statuses/0/level"), without_indices("disks[0].name"), without_indices("disks[].name")
    ('vmAgent.statuses.level', 'disks.name', 'disks.name')
    """
    if text.startswith("/"):
        return ".".join(step for step in text[1:].split("/") if not step.isdecimal())
    return re.sub(r"\[[0-9]*\]", "", text)
