"""The engine for few values: it checks the keywords of our own schemas in Python, without a library.

It checks a hundred documents in the time that loading jsonschema-rs and compiling a schema take.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.checking.engines.protocol import Engine, Violation
    from instanceview.places.spans import Path

_TYPES = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
    dict: "object",
    list: "array",
}


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """Return the expression of a pattern of our schemas, in which a dollar is the end: Python's passes a line break."""
    return re.compile(pattern.replace("$", r"\Z"))


# For each keyword a predicate on its argument and a value: True if the value fails it. A keyword for texts, numbers,
# lists or objects passes every other value.
_FAILS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda argument, value: not _is_of(argument, value),
    "enum": lambda argument, value: value not in argument,  # our schemas list texts and null only
    "const": lambda argument, value: value != argument or isinstance(value, bool) is not isinstance(argument, bool),
    "minimum": lambda argument, value: _is_number(value) and value < argument,
    "maximum": lambda argument, value: _is_number(value) and value > argument,
    "minLength": lambda argument, value: isinstance(value, str) and len(value) < argument,
    "minItems": lambda argument, value: isinstance(value, list) and len(value) < argument,
    "pattern": lambda argument, value: isinstance(value, str) and _expression(argument).search(value) is None,
    "not": lambda argument, value: not any(_violations({}, argument, (), value)),
    "required": lambda argument, value: isinstance(value, dict) and not value.keys() >= set(argument),
}
_INSIDE = {"$ref", "allOf", "properties", "additionalProperties", "items"}
# Our `anyOf` has an alternative that allows everything.
_SILENT = {"$schema", "$id", "title", "description", "examples", "definitions", "format", "anyOf"}
KEYWORDS = _FAILS.keys() | _INSIDE | _SILENT
"""The keywords that a schema may have."""


def plain_engine(schema: dict[str, Any]) -> Engine:
    """Return an engine that checks by a schema of the known keywords, formats off.

    >>> list(plain_engine({"properties": {"level": {"enum": ["Info"]}}})({"level": "Fine"}))
    [(('level',), 'enum')]
    """

    def violations(body: object) -> Iterable[Violation]:
        return _violations(schema, schema, (), body)

    return violations


def _violations(root: dict[str, Any], keywords: dict[str, Any], path: Path, value: object) -> Iterator[Violation]:
    if "allOf" in keywords:  # the first alone checks: either a reference, with all that checks, or listed values
        first = keywords["allOf"][0]
        keywords = first if "$ref" in first else {**keywords, **first}
    if "$ref" in keywords:  # draft-07 ignores the keywords beside it
        keywords = root["definitions"][keywords["$ref"].removeprefix("#/definitions/")]
    for name, argument in keywords.items():
        if name not in _INSIDE and name not in _SILENT and _FAILS[name](argument, value):
            yield path, name
    if isinstance(value, dict):
        yield from _in_members(root, keywords, path, value)
    elif isinstance(value, list) and "items" in keywords:
        for index, each in enumerate(value):
            yield from _violations(root, keywords["items"], (*path, index), each)


def _in_members(
    root: dict[str, Any], keywords: dict[str, Any], path: Path, value: dict[str, Any]
) -> Iterator[Violation]:
    members, others = keywords.get("properties", {}), keywords.get("additionalProperties", True)
    if not (others or value.keys() <= members.keys()):
        yield path, "additionalProperties"
    for name in value.keys() & members.keys():
        yield from _violations(root, members[name], (*path, name), value[name])
    for name in value.keys() - members.keys() if isinstance(others, dict) else ():
        yield from _violations(root, others, (*path, name), value[name])


def _is_of(argument: str | list[str], value: object) -> bool:
    kinds = [argument] if isinstance(argument, str) else argument
    is_whole = isinstance(value, float) and value.is_integer()
    kind = "integer" if is_whole else _TYPES[type(value)]
    return kind in kinds or (kind == "integer" and "number" in kinds)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
