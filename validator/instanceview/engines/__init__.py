"""Engines say where in a document which keyword of its schema failed; nothing more."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from instanceview.catalog import known, schema
from instanceview.model import Path

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGINES = ("compiled", "reference")
"""The engines: `compiled` is jsonschema-rs, the default; `reference` is jsonschema, its oracle."""

Violation = tuple[Path, str]
"""Where a keyword failed, and which."""


class Engine(Protocol):
    """A schema ready to judge documents."""

    def __call__(self, body: object) -> Iterable[Violation]:
        """Return the violations of a JSON value, in any order; repetitions are allowed."""


@cache
def engine(name: str, kind: str, api_version: str) -> Engine:
    """Return the named engine for the schema of a kind at an api-version; each is compiled once.

    Raises UnknownNameError for an engine, kind or api-version that does not exist.

    >>> list(engine("compiled", "vm", "2024-07-01")({"vmAgent": 1}))
    [(('vmAgent',), 'type')]
    """
    # Imported where used: each of the two libraries costs more than the rest of the program's start.
    if known("engine", name, ENGINES) == "compiled":
        from instanceview.engines.compiled import compiled

        return compiled(schema(kind, api_version))
    from instanceview.engines.reference import reference

    return reference(schema(kind, api_version))
