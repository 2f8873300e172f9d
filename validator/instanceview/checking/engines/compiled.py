"""The compiled engine: jsonschema-rs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.engines.protocol import Engine, Violation


_ANNOTATIONS = {"$schema", "title", "description", "examples", "format", "allOf", "anyOf"}


def compiled_engine(schema: dict[str, Any]) -> Engine:
    """Return an engine that checks by a schema, compiled once, formats off."""
    validator = jsonschema_rs.Draft7Validator(without_annotations(schema), validate_formats=False)

    def violations(body: object) -> Iterable[Violation]:
        try:
            return _violations_of(validator, body)
        except UnicodeEncodeError:
            # A Rust string cannot hold a lone surrogate; its replacement passes and fails the same keywords.
            return _violations_of(validator, _without_surrogates(body))

    return violations


def without_annotations(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without what only annotates: it is compiled in less time and finds the same.

    Of an `allOf` the first schema alone checks, of an `anyOf` none does.

    >>> without_annotations({"allOf": [{"enum": [1]}], "anyOf": [{"const": 1, "description": "One."}, {}]})
    {'enum': [1]}
    >>> without_annotations({"allOf": [{"$ref": "#/definitions/A"}], "properties": {"code": {"examples": ["a/b"]}}})
    {'$ref': '#/definitions/A'}
    """
    first: dict[str, Any] = schema.get("allOf", [{}])[0]
    if "$ref" in first:
        return first
    kept = {name: value for name, value in schema.items() if name not in _ANNOTATIONS} | first
    for name in ("properties", "definitions"):
        if name in kept:
            kept[name] = {key: without_annotations(value) for key, value in kept[name].items()}
    return kept | {"items": without_annotations(kept["items"])} if "items" in kept else kept


def _violations_of(validator: jsonschema_rs.Draft7Validator, body: object) -> list[Violation]:
    return [(tuple(error.instance_path), str(error.schema_path[-1])) for error in validator.iter_errors(body)]


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    return value
