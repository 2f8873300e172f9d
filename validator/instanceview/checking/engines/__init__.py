"""Engines say where in a document which keyword of its schema failed; nothing more."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from instanceview.checking.engines.plain import plain
from instanceview.model.names import known
from instanceview.places.spans import Path
from instanceview.tables.catalog import schema

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGINES = ("compiled", "reference")
"""The engines: `compiled` is jsonschema-rs, the default; `reference` is jsonschema, its oracle.

The first few documents are judged by `plain` in place of the compiled engine, so that most runs need not load that.
"""

Violation = tuple[Path, str]
"""Where a keyword failed, and which."""
_FEW = 100  # documents that are judged without the library, which takes as long to load


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
    if known("engine", name, ENGINES) == "compiled":
        return _at_last_compiled(schema(kind, api_version))
    from instanceview.checking.engines.reference import (
        reference,
    )  # as below, costs more than the rest of the program's start

    return reference(schema(kind, api_version))


def _at_last_compiled(schema: dict[str, Any]) -> Engine:
    """Return the compiled engine, which is not loaded until it has more than a few documents to judge."""
    few = iter([plain(schema)] * _FEW)

    @cache
    def many() -> Engine:
        from instanceview.checking.engines.compiled import compiled

        return compiled(schema)

    def violations(body: object) -> Iterable[Violation]:
        run = next(few, None) or many()
        return run(body)

    return violations
