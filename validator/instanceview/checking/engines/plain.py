"""The engine for few values: the keywords of our own schemas, looked at one by one.

To load jsonschema-rs and to compile a schema takes as long as a hundred documents here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.checking.engines import Engine, Violation
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

# Whether a value fails what a keyword asks; texts, numbers and arrays alone have limits, and what else it asks them.
_FAILS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda asked, value: not _is_of(asked, value),
    "enum": lambda asked, value: value not in asked,  # all of them are texts or null
    "minimum": lambda asked, value: _is_number(value) and value < asked,
    "maximum": lambda asked, value: _is_number(value) and value > asked,
    "minLength": lambda asked, value: isinstance(value, str) and len(value) < asked,
    "minItems": lambda asked, value: isinstance(value, list) and len(value) < asked,
    "pattern": lambda asked, value: isinstance(value, str) and re.search(asked, value) is None,
    "not": lambda asked, value: not any(_violations({}, asked, (), value)),
    "required": lambda asked, value: isinstance(value, dict) and not value.keys() >= set(asked),
}
_INSIDE = {"$ref", "properties", "additionalProperties", "items"}
_SILENT = {"$schema", "$id", "title", "description", "examples", "definitions", "format"}
KEYWORDS = _FAILS.keys() | _INSIDE | _SILENT
"""The keywords that a schema may have."""


def plain(schema: dict[str, Any]) -> Engine:
    """Return an engine that judges by a schema of the known keywords, formats off.

    >>> list(plain({"properties": {"level": {"enum": ["Info"]}}})({"level": "Fine"}))
    [(('level',), 'enum')]
    """

    def violations(body: object) -> Iterable[Violation]:
        return _violations(schema, schema, (), body)

    return violations


def _violations(root: dict[str, Any], rule: dict[str, Any], path: Path, value: object) -> Iterator[Violation]:
    if "$ref" in rule:  # what stands beside it does not count in draft-07
        rule = root["definitions"][rule["$ref"].removeprefix("#/definitions/")]
    for name, asked in rule.items():
        if name not in _INSIDE and name not in _SILENT and _FAILS[name](asked, value):
            yield path, name
    if isinstance(value, dict):
        members = rule.get("properties", {})
        if not (rule.get("additionalProperties", True) or value.keys() <= members.keys()):
            yield path, "additionalProperties"
        for name in value.keys() & members.keys():
            yield from _violations(root, members[name], (*path, name), value[name])
    elif isinstance(value, list) and "items" in rule:
        for index, each in enumerate(value):
            yield from _violations(root, rule["items"], (*path, index), each)


def _is_of(asked: str | list[str], value: object) -> bool:
    kinds = [asked] if isinstance(asked, str) else asked
    is_whole = isinstance(value, float) and value.is_integer()
    kind = "integer" if is_whole else _TYPES[type(value)]
    return kind in kinds or (kind == "integer" and "number" in kinds)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
