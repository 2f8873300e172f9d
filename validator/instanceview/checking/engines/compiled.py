"""The compiled engine: jsonschema-rs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.engines import Engine, Violation


def compiled(schema: dict[str, Any]) -> Engine:
    """Return an engine that judges by a schema compiled once, formats off."""
    validator = jsonschema_rs.Draft7Validator(schema, validate_formats=False)

    def violations(body: object) -> Iterable[Violation]:
        try:
            return _listed(validator, body)
        except UnicodeEncodeError:
            # A Rust string holds no lone surrogate; the replacement fits the same keywords.
            return _listed(validator, _without_surrogates(body))

    return violations


def _listed(validator: jsonschema_rs.Draft7Validator, body: object) -> list[Violation]:
    return [(tuple(error.instance_path), str(error.schema_path[-1])) for error in validator.iter_errors(body)]


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    return value
