"""The engines: each lists the keywords of a schema that a document fails, with their paths, and no more."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.checking.engines.plain import plain_engine
from instanceview.model.names import known
from instanceview.tables.catalog import checking_schema, schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.engines.protocol import Engine, Violation

ENGINES = ("compiled", "reference")
"""The engines: `compiled` is jsonschema-rs, the default; `reference` is jsonschema, its oracle.

`plain` checks the first documents in place of the compiled engine, so that most runs need not load that.
"""

_FEW = 100  # documents that `plain` checks in the time that loading jsonschema-rs and compiling a schema take


@cache
def engine(name: str, kind: str, api_version: str) -> Engine:
    """Return the named engine for the schema of a kind at an api-version; each is compiled once.

    Raises UnknownNameError for an engine, kind or api-version that does not exist.

    >>> list(engine("compiled", "vm", "2024-07-01")({"vmAgent": 1}))
    [(('vmAgent',), 'type')]
    """
    if known("engine", name, ENGINES) == "compiled":
        return _late_compiled_engine(kind, api_version)
    from instanceview.checking.engines.reference import reference_engine  # loads longer than the rest of the program

    return reference_engine(checking_schema(kind, api_version))


def _late_compiled_engine(kind: str, api_version: str) -> Engine:
    """Return an engine that loads the compiled one for its 101st document."""
    few = iter([plain_engine(schema(kind, api_version))] * _FEW)

    @cache
    def many() -> Engine:
        from instanceview.checking.engines.compiled import compiled_engine

        return compiled_engine(checking_schema(kind, api_version))

    def violations(body: object) -> Iterable[Violation]:
        run = next(few, None) or many()
        return run(body)

    return violations
