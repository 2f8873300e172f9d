"""The faults of a configuration, each with its place and the next step."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from instanceview.checking.engines.plain import plain_engine
from instanceview.model.limits import NAMES, option
from instanceview.model.names import UnknownNameError, known
from instanceview.model.pointer import follow, without_indices
from instanceview.model.text import quote, with_article
from instanceview.model.written_limits import value_of
from instanceview.running.configuration.per_file import matching
from instanceview.running.configuration.settings import ONCE
from instanceview.tables.catalog import schemas_folder, versions_of
from instanceview.tables.descent import elements_of
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path

_TYPES = {
    "string": "a string",
    "array": "an array",
    "object": "a table",
    "boolean": "true or false",
    "integer": "a whole number",
}
Spot = Literal["key", "value"]
_ITEMS: dict[str | int, str] = {"output": "file"}
_FOR_UNDOCUMENTED = ("undocumented-element", "misspelt-element")


class Problem(NamedTuple):
    """One fault: the path of a key or value, which of the two is wrong, and the reason."""

    path: Path
    spot: Spot
    reason: str


def problems(values: dict[str, Any]) -> list[Problem]:
    """Return the faults of a configuration: violations of its JSON Schema, else wrong patterns and elements."""
    found = list(_not_json(values, ()))
    if not found:
        schema = schema_of_lists()
        for path, keyword in plain_engine(schema)(values):
            found += _faults(schema, values, path, keyword)
    return found or [*_patterns(values), *_elements(values), *_limits(values)]


@cache
def schema_of_lists() -> dict[str, Any]:
    """Return the schema of configurations in which every list is one: a single value is a list of one by then."""
    schema: dict[str, Any] = json.loads((schemas_folder() / "config.json").read_bytes())
    for properties in (schema["properties"], schema["properties"]["per-file"]["items"]["properties"]):
        for name, rule in properties.items():
            properties[name] = rule["anyOf"][-1] if "anyOf" in rule else rule
    return schema


def single_values(values: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Path]]:
    """Yield each text that is given in place of a list: the table that has it, and its path."""
    options = schema_of_lists()["properties"]
    yield from ((values, (name,)) for name in _texts_for_lists(values, options))
    sections = values.get("per-file")
    for number, section in enumerate(sections if isinstance(sections, list) else ()):
        names = _texts_for_lists(section, options["per-file"]["items"]["properties"])
        yield from ((section, ("per-file", number, name)) for name in names)


def _texts_for_lists(table: object, rules: dict[str, Any]) -> list[str]:
    given = table.items() if isinstance(table, dict) else ()
    return [name for name, value in given if isinstance(value, str) and rules.get(name, {}).get("type") == "array"]


def _not_json(value: object, path: Path) -> Iterator[Problem]:
    """Yield a fault for each value that JSON or a system lacks; a date is most likely an api-version without quotes."""
    if isinstance(value, (date, datetime, time)):
        yield Problem(path, "value", f'expected a string, found a date or time; put it in quotes: "{value}"')
    elif isinstance(value, float) and not float("-inf") < value < float("inf"):
        yield Problem(path, "value", f"expected a whole number, found {value}")
    elif isinstance(value, str) and "\0" in value:
        yield Problem(path, "value", f"{quote(value)} has a NUL character, which no name has; remove it")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _not_json(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _not_json(item, (*path, index))


def _faults(schema: dict[str, Any], values: dict[str, Any], path: Path, keyword: str) -> Iterator[Problem]:
    """Yield the faults of a violation."""
    rule = _at(schema, path)
    _, value = follow(values, path)
    if keyword == "additionalProperties" and isinstance(value, dict):
        what = "rule" if path[-1:] == ("severity",) else "key"
        names = tuple(rule["properties"])
        for name in value.keys() - rule["properties"].keys():
            only = f"{name} is an option of the command line only; remove the line"
            yield Problem((*path, name), "key", only if not path and name in ONCE else _unknown(what, name, names))
    elif keyword == "enum":
        names = _versions(values, path) if path[-1] == "api-version" else tuple(rule["enum"])
        yield Problem(path, "value", _unknown(rule["title"], value, names))
    elif keyword == "type":
        expected = _such_as(rule.get("items", rule)) or _TYPES[rule["type"]]
        yield Problem(path, "value", f"expected {expected}, found {quote(value)}{_brackets(path)}")
    elif keyword == "pattern":
        yield Problem(path, "value", f"expected {_such_as(rule)}, found {quote(value)}")
    elif keyword == "required":
        yield Problem(path, "key", 'a section without files; add for example files = ["captures/**"]')
    elif keyword == "minimum":
        yield Problem(path, "value", f"{quote(value)} is too small; expected {rule['minimum']} or more")
    elif keyword == "minItems":
        each = rule["items"]
        what = each.get("title") or each.get("$ref", "").rpartition("/")[2] or _ITEMS.get(path[-1], "pattern")
        step = "" if path[-1] == "files" else ", or remove the line"  # a section without files matches none
        yield Problem(path, "value", f"{quote(value)}; write at least one {what}{step}")
    else:
        yield Problem(path, "value", f"{quote(value)}; expected one character or more")


def _versions(values: dict[str, Any], path: Path) -> tuple[str, ...]:
    """Return the api-versions of the kind that a section or the configuration names, by default those of machines."""
    _, section = follow(values, path[:-1])
    kinds = [each.get("kind") for each in (section, values) if isinstance(each, dict)]
    return versions_of(next((each for each in kinds if each in KINDS), KINDS[0]))


def _such_as(rule: dict[str, Any]) -> str:
    """Return the name of a text with its examples, for a rule that has some; empty for others."""
    examples = " or ".join(map(quote, rule.get("examples", ())))
    return f"{with_article(rule['title'])}, such as {examples}" if examples else ""


def _brackets(path: Path) -> str:
    """Return the end of a reason: the form of the array of sections, where another value was found."""
    return "; start each section with a header in double brackets, [[...]]" if path == ("per-file",) else ""


def _at(schema: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the part of the schema for a path."""
    rule = schema
    for step in path:
        rule = rule["items"] if isinstance(step, int) else rule["properties"][step]
        if "$ref" in rule:
            rule = schema["definitions"][rule["$ref"].rpartition("/")[2]]
    return rule


def _unknown(what: str, name: object, names: tuple[str, ...]) -> str:
    if not isinstance(name, str):
        return f"expected {with_article(what)}, found {quote(name)}"
    try:
        return known(what, name, names, "instanceview explain" if what == "rule" else "")
    except UnknownNameError as error:
        return str(error)


def _patterns(values: dict[str, Any]) -> Iterator[Problem]:
    """Yield a fault for each pattern that git refuses too."""
    for number, section in enumerate(values.get("per-file", ())):
        for index, pattern in enumerate(section["files"]):
            try:
                matching([pattern])
            except ValueError:
                reason = f"{quote(pattern)} is not a valid .gitignore pattern"
                yield Problem(("per-file", number, "files", index), "value", reason)


def _limits(values: dict[str, Any]) -> Iterator[Problem]:
    """Yield a fault for each limit whose value is none."""
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
