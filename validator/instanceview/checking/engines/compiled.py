"""The compiled engine: jsonschema-rs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from instanceview.checking.engines.plain import plain_engine
from instanceview.model.pointer import exists
from instanceview.places.compact import compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.engines.protocol import Engine, Violation


def compiled_engine(schema: dict[str, Any]) -> Engine:
    """Return an engine that checks by a schema, compiled once, formats off."""
    validator = jsonschema_rs.Draft7Validator(schema, validate_formats=False)
    plain = plain_engine(schema)

    def violations(body: object) -> Iterable[Violation]:
        try:
            found = [(tuple(error.instance_path), str(error.schema_path[-1])) for error in validator.iter_errors(body)]
        except UnicodeEncodeError:  # a Rust string cannot hold a lone surrogate
            return plain(body)
        return found if not found or _have_paths(body, found) else plain(body)

    return violations


def _have_paths(body: object, found: list[Violation]) -> bool:
    """Return True if the paths of violations are those of their values.

    In a path of jsonschema-rs 0.60, a name of digits, such as "00", is the number 0, and an empty name is left out.
    """
    return b'"":' not in (compact(body) or b"") and all(exists(body, path) for path, _ in found)
