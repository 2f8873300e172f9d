"""The conformance report as JSON; `schemas/coverage.json` is its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from instanceview.model.document import Origin
from instanceview.reporting.json_values import dumped, origin_as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reporting.conformance.values import Conformance


def pieces(conformance: Conformance) -> Iterator[str]:
    """Yield the report as JSON text, ASCII only."""
    yield dumped(as_json(conformance))


def as_json(value: object) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a value of the report as a JSON value: named tuples are objects without the fields that are None.

    >>> from instanceview.reporting.conformance.values import NameCount
    >>> as_json((NameCount("vm", 2),))
    [{'name': 'vm', 'documents': 2}]
    """
    if isinstance(value, Origin):
        return origin_as_json(value)
    if isinstance(value, tuple):
        fields = cast("tuple[str, ...] | None", getattr(value, "_fields", None))
        if fields is None:
            return [as_json(each) for each in value]
        pairs = zip(fields, value, strict=True)
        return {camel_case(name): as_json(each) for name, each in pairs if each is not None}
    return {name: as_json(each) for name, each in value.items()} if isinstance(value, Mapping) else value


def camel_case(name: str) -> str:
    """Return the name of a field in camel case, as JSON has it."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
