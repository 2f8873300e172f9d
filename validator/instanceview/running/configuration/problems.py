"""The faults of a configuration by its JSON Schema, each with its place and the next step."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.checking.engines.plain import plain_engine
from instanceview.model.names import UnknownNameError, known
from instanceview.model.pointer import follow
from instanceview.model.text import quote, with_article
from instanceview.running.configuration.settings import ONCE
from instanceview.running.configuration.unfit import Problem, not_json, unfit_values
from instanceview.tables.catalog import schemas_folder, versions_of
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
# The words for an item of a list whose schema has no title; other items are patterns.
_ITEMS: dict[str | int, str] = {"output": "file"}


def problems(values: dict[str, Any]) -> list[Problem]:
    """Return the faults of a configuration: values that JSON lacks, else violations of its schema, else all others."""
    found = list(not_json(values, ()))
    if not found:
        schema = schema_of_lists()
        for path, keyword in plain_engine(schema)(values):
            found += _faults(schema, values, path, keyword)
    return found or list(unfit_values(values))


@cache
def schema_of_lists() -> dict[str, Any]:
    """Return the schema of configurations without single values for lists, which are lists of one by then."""
    schema: dict[str, Any] = json.loads((schemas_folder() / "config.json").read_bytes())
    for properties in (schema["properties"], schema["properties"]["per-file"]["items"]["properties"]):
        for name, rule in properties.items():
            properties[name] = rule["anyOf"][-1] if "anyOf" in rule else rule
    return schema


def single_values(values: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Path]]:
    """Yield each text in place of a list, as the table that has it and its path."""
    options = schema_of_lists()["properties"]
    yield from ((values, (name,)) for name in _texts_for_lists(values, options))
    sections = values.get("per-file")
    for number, section in enumerate(sections if isinstance(sections, list) else ()):
        names = _texts_for_lists(section, options["per-file"]["items"]["properties"])
        yield from ((section, ("per-file", number, name)) for name in names)


def _texts_for_lists(table: object, rules: dict[str, Any]) -> list[str]:
    given = table.items() if isinstance(table, dict) else ()
    return [name for name, value in given if isinstance(value, str) and rules.get(name, {}).get("type") == "array"]


def _faults(schema: dict[str, Any], values: dict[str, Any], path: Path, keyword: str) -> Iterator[Problem]:
    """Yield the faults that a violation of the schema means."""
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
    """Return the end of a reason, which is the form of a section where something else has the place of the sections."""
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
