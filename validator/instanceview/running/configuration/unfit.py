"""The faults of a configuration that its JSON Schema cannot find: values of TOML, patterns, elements and limits."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from instanceview.model.limits import NAMES, option
from instanceview.model.names import UnknownNameError, known
from instanceview.model.pointer import without_indices
from instanceview.model.text import quote
from instanceview.model.written_limits import value_of
from instanceview.running.configuration.per_file import matching
from instanceview.tables.descent import elements_of
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path

Spot = Literal["key", "value"]
_FOR_UNDOCUMENTED = ("undocumented-element", "misspelt-element")


class Problem(NamedTuple):
    """One fault: the path of a key or value, which of the two is wrong, and the reason."""

    path: Path
    spot: Spot
    reason: str


def not_json(value: object, path: Path) -> Iterator[Problem]:
    """Yield a fault for each value that JSON cannot have; a date is most likely an api-version without quotes."""
    if isinstance(value, (date, datetime, time)):
        yield Problem(path, "value", f'expected a string, found a date or time; put it in quotes: "{value}"')
    elif isinstance(value, float) and not float("-inf") < value < float("inf"):
        yield Problem(path, "value", f"expected a whole number, found {value}")
    elif isinstance(value, str) and "\0" in value:
        yield Problem(path, "value", f"{quote(value)} has a NUL character, which no name has; remove it")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from not_json(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from not_json(item, (*path, index))


def unfit_values(values: dict[str, Any]) -> Iterator[Problem]:
    """Yield the faults of patterns, elements and limits in values that fit the schema."""
    yield from _patterns(values)
    yield from _elements(values)
    yield from _limits(values)


def _patterns(values: dict[str, Any]) -> Iterator[Problem]:
    """Yield a fault for each pattern that git also refuses."""
    for number, section in enumerate(values.get("per-file", ())):
        for index, pattern in enumerate(section["files"]):
            try:
                matching([pattern])
            except ValueError:
                reason = f"{quote(pattern)} is not a valid .gitignore pattern"
                yield Problem(("per-file", number, "files", index), "value", reason)


def _limits(values: dict[str, Any]) -> Iterator[Problem]:
    """Yield a fault for each limit with a value that it cannot have."""
    for name in NAMES:
        key = option(name).lstrip("-")
        if key in values:
            try:
                value_of(name, str(values[key]))
            except ValueError as error:
                yield Problem((key,), "value", str(error))


def _elements(values: dict[str, Any]) -> Iterator[Problem]:
    """Yield a fault for each element that no table has, unless the section names rules for undocumented members."""
    for number, section in enumerate(values.get("per-file", ())):
        if "element" in section and not any(rule in section.get("ignore", ()) for rule in _FOR_UNDOCUMENTED):
            try:
                known("element", without_indices(section["element"]), tuple(elements_of(KINDS)), "instanceview tables")
            except UnknownNameError as error:
                reason = f'{error}; for an undocumented one, add ignore = ["{_FOR_UNDOCUMENTED[0]}"]'
                yield Problem(("per-file", number, "element"), "value", reason)
