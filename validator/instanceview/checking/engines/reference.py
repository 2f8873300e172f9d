"""The reference engine: jsonschema, slower and independent of the compiled one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.engines.protocol import Engine, Violation


def reference_engine(schema: dict[str, Any]) -> Engine:
    """Return an engine that checks by a schema, formats off."""
    validator = Draft7Validator(schema)

    def violations(body: object) -> Iterable[Violation]:
        return [(tuple(error.absolute_path), str(error.validator)) for error in validator.iter_errors(body)]

    return violations
