"""A document that a client printed, as a value, and a walk over the objects in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.places.spans import Path

ADDED = "additionalProperties"
"""The member that the az CLI and the models of its release add to objects."""


class Printed(NamedTuple):
    """A document that a client printed: its body with the service's names, its writer, and its paths as written.

    `written` maps a path in `body` to the path as it is written, where the two differ.
    """

    body: dict[str, object]
    writer: str
    written: Mapping[Path, Path]


def paths_of(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the path of a value and those of everything in it."""
    yield path
    if isinstance(value, dict):
        for name, item in value.items():
            yield from paths_of(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths_of(item, (*path, index))


def objects(value: object) -> Iterator[dict[str, object]]:
    """Yield every object in a JSON value, the outer ones first."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            if isinstance(item, (dict, list)):
                yield from objects(item)
