"""Whether a JSON value certainly fulfils one of our schemas: slow for each value, but no library has to be loaded.

To load jsonschema-rs and to compile a schema takes as long as to look at a hundred documents here.
"""

from __future__ import annotations

import re
from typing import Any

_TYPES = {str: "string", int: "integer", bool: "boolean", type(None): "null", dict: "object", list: "array"}
_JUDGED = {"$ref", "properties", "additionalProperties", "required", "items"}  # by a function that looks inside
_SILENT = {"$schema", "$id", "title", "description", "examples", "definitions", "format"}


def fulfils(schema: dict[str, Any], body: object) -> bool:
    """Return whether a value certainly fulfils a schema; False where that is not certain.

    >>> schema = {"properties": {"level": {"enum": ["Info"]}}, "additionalProperties": False}
    >>> fulfils(schema, {"level": "Info"}), fulfils(schema, {"level": "Info", "code": ""})
    (True, False)
    """
    return _fulfils(schema, schema, body)


def _fulfils(root: dict[str, Any], rule: dict[str, Any], value: object) -> bool:
    if "$ref" in rule:  # what stands beside it does not count in draft-07
        rule = root["definitions"][rule["$ref"].removeprefix("#/definitions/")]
    if isinstance(value, dict) and not _holds(root, rule, value):
        return False
    if isinstance(value, list) and not all(_fulfils(root, rule.get("items", {}), each) for each in value):
        return False
    return all(_keyword(name, asked, value) for name, asked in rule.items() if name not in _JUDGED)


def _holds(root: dict[str, Any], rule: dict[str, Any], value: dict[str, object]) -> bool:
    members = rule.get("properties", {})
    if not (value.keys() <= members.keys() and value.keys() >= set(rule.get("required", ()))):
        return False
    return all(_fulfils(root, members[name], each) for name, each in value.items())


def _keyword(name: str, asked: Any, value: object) -> bool:  # noqa: ANN401 (JSON)
    if name == "type":
        kind = _TYPES.get(type(value), "number")  # which may be an integer, too: 1.0 is one
        return kind == asked if isinstance(asked, str) else kind in asked
    if name in {"minimum", "maximum"} and isinstance(value, int):
        return bool(asked <= value if name == "minimum" else value <= asked)
    if name == "enum":
        return (value is None or isinstance(value, str)) and value in asked
    if name == "pattern" and isinstance(value, str):
        return re.search(asked, value) is not None
    if name == "not" and asked.keys() == {"type", "pattern"} and asked["type"] == "string":
        return not isinstance(value, str) or re.search(asked["pattern"], value) is None
    # Of other values they say nothing; what else there is, is for the compiled engine.
    return name in _SILENT or (name in {"minimum", "maximum", "pattern"} and isinstance(value, (str, int, type(None))))
