"""The compiled engine: jsonschema-rs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.engines.plain import fulfils

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jsonschema_rs

    from instanceview.engines import Engine, Violation

_FEW = 100  # values that are looked at without the library, which takes as long to load


def compiled(schema: dict[str, Any]) -> Engine:
    """Return an engine that judges by a schema, formats off; it is compiled when a value asks for that, and once."""
    few = iter(range(_FEW))

    @cache
    def validator() -> jsonschema_rs.Draft7Validator:
        import jsonschema_rs

        return jsonschema_rs.Draft7Validator(schema, validate_formats=False)

    def violations(body: object) -> Iterable[Violation]:
        if next(few, None) is not None and fulfils(schema, body):
            return ()
        try:
            return () if validator().is_valid(body) else _listed(validator(), body)
        except UnicodeEncodeError:
            # A Rust string holds no lone surrogate; the replacement fits the same keywords.
            return _listed(validator(), _without_surrogates(body))

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
