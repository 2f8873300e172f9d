"""The engines: each lists the keywords of a schema that a document fails, with their paths, and no more."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.checking.engines.plain import plain_engine
from instanceview.model.names import known
from instanceview.places.compact import compact
from instanceview.tables.catalog import SCHEMA_MEMBER, schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.engines.protocol import Engine, Violation

ENGINES = ("compiled", "reference")
"""The engines: `compiled` is jsonschema-rs, the default; `reference` is jsonschema, its oracle.

`plain` checks the first documents in place of the compiled engine, so that most runs need not load that.
"""

_ANNOTATIONS = {"$schema", "title", "description", "examples", "format", "allOf", "anyOf"}
_SMALL = 1 << 16  # bytes of a value that the compiled engine checks: 25 times as much is below the megabytes of a start
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
    plain = plain_engine(schema(kind, api_version))
    few = iter([plain] * _FEW)

    @cache
    def many() -> Engine:
        from instanceview.checking.engines.compiled import compiled_engine

        return by_size(plain, compiled_engine(checking_schema(kind, api_version)))

    def violations(body: object) -> Iterable[Violation]:
        run = next(few, None) or many()
        return run(body)

    return violations


def by_size(plain: Engine, compiled: Engine) -> Engine:
    """Return an engine that checks a large value by the first, which lists violations one by one, others by the second.

    The compiled engine copies the value and writes a message with all names: 25 bytes for each byte of unknown members.
    """

    def violations(body: object) -> Iterable[Violation]:
        text = compact(body)
        is_small = text is not None and len(text) <= _SMALL
        return compiled(body) if is_small else plain(body)

    return violations


def checking_schema(kind: str, api_version: str) -> dict[str, Any]:
    """Return the schema without what only annotates and without the member for editors: it finds the same in less time.

    >>> "$schema" in checking_schema("vm", "2024-07-01")["properties"]
    False
    """
    whole = _checking(schema(kind, api_version))
    del whole["properties"][SCHEMA_MEMBER]
    return whole


def _checking(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a node without what only annotates: of an `allOf` the first schema alone checks, of an `anyOf` none does.

    >>> _checking({"allOf": [{"enum": [1]}], "anyOf": [{"const": 1, "description": "One."}, {}]})
    {'enum': [1]}
    >>> _checking({"allOf": [{"$ref": "#/definitions/A"}], "properties": {"code": {"examples": ["a/b"]}}})
    {'$ref': '#/definitions/A'}
    """
    first: dict[str, Any] = schema.get("allOf", [{}])[0]
    if "$ref" in first:
        return first
    kept = {name: value for name, value in schema.items() if name not in _ANNOTATIONS} | first
    for name in ("properties", "definitions"):
        if name in kept:
            kept[name] = {key: _checking(value) for key, value in kept[name].items()}
    others = kept.get("additionalProperties")
    of_others = {"additionalProperties": _checking(others)} if isinstance(others, dict) else {}
    return kept | of_others | ({"items": _checking(kept["items"])} if "items" in kept else {})
