"""The JSON Schema of the configuration, made from the options of commands that it can set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.named_values import EXTENSION
from instanceview.cli.options import configurable, key_of
from instanceview.cli.value_types import LimitType, NameType
from instanceview.model.limits import SIZES
from instanceview.rules import RULES
from instanceview.tables.catalog import ID_BASE, known_versions
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LEVELS = ["error", "warning", "note"]
_TEXT = {"type": "string", "minLength": 1, "pattern": r"^[^\x00]*$"}
"""A name or pattern; no system allows a NUL character in a name."""


def config_schema(commands: Iterable[click.Command]) -> dict[str, Any]:
    """Return the draft-07 schema of `.instanceview.toml` and of `[tool.instanceview]`, for the options of commands.

    Where several commands have an option, the first of them describes it.
    """
    options: dict[str, Any] = {}
    for option in (each for command in commands for each in command.params if configurable(each)):
        options.setdefault(key_of(option), _option(option))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{ID_BASE}/config.json",
        "title": "Configuration of instanceview",
        "description": "Contents of .instanceview.toml, or of [tool.instanceview] in pyproject.toml.",
        **_closed({**options, "per-file": _per_file()}),
        "definitions": {"rule": _rule_schema(), "level": {"title": "severity", "enum": _LEVELS}},
    }


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _option(option: click.Parameter) -> dict[str, Any]:
    """Return the schema of an option's value; options that take rules have their own forms."""
    about = {"description": option.help} if isinstance(option, click.Option) and option.help else {}
    key = key_of(option)
    if key in {"select", "ignore"}:
        return {**about, **_rules_schema()}
    if key == "extend-select":
        return {**about, **_several({"title": "rule", "enum": list(EXTENSION.names(None))})}
    if key == "severity":
        levels: dict[str, Any] = {rule.name: {"$ref": "#/definitions/level"} for rule in RULES}
        return {**about, **_closed(levels)}
    if key == "min-coverage":
        return {**about, **_several(_share())}
    one = _one(option)
    return {**about, **(_several(one) if option.multiple else one)}


def _one(option: click.Parameter) -> dict[str, Any]:
    if isinstance(option, click.Option) and option.is_flag:
        return {"type": "boolean"}
    if isinstance(option.type, click.IntRange):
        return {"type": "integer", "minimum": option.type.min}
    if isinstance(option.type, click.Choice):
        return {"title": key_of(option), "enum": list(option.type.choices)}
    if isinstance(option.type, LimitType):
        is_size = option.type.name in SIZES
        what, examples = ("size", ["64MB", "512KiB"]) if is_size else ("number", ["1000"])
        return {"title": what, "type": ["string", "number"], "examples": examples}
    if isinstance(option.type, NameType):
        return {"title": option.type.name, "enum": list(option.type.names(None))}
    return _TEXT


def _share() -> dict[str, Any]:
    """Return the schema of a share in percent, for one kind or for all; unlike an option, it has a percent sign."""
    number = r"(100|[0-9]{1,2})(\.[0-9]+)?"
    return {
        "title": "share",
        "type": "string",
        "pattern": rf"^(({'|'.join(KINDS)})=)?{number}%$",
        "examples": ["80%", f"{KINDS[0]}=80%"],
    }


def _rule_schema() -> dict[str, Any]:
    return {"title": "rule", "enum": [rule.name for rule in RULES]}


def _rules_schema() -> dict[str, Any]:
    return _several({"$ref": "#/definitions/rule"})


def _several(one: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list that is not empty; a single value may take the place of a list of one."""
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _per_file() -> dict[str, Any]:
    section = {
        "files": {
            "description": "Patterns of the files, in .gitignore syntax, relative to the configuration file.",
            **_several(_TEXT),
        },
        "ignore": {
            "description": "Rules whose findings in these files are not reported; with element, only at that element.",
            **_rules_schema(),
        },
        "element": {
            "description": (
                "An element, such as vmAgent.statuses.level. Findings at it or below it are not reported: those of "
                "the rules in ignore, or of all rules without ignore."
            ),
            **_TEXT,
        },
        "api-version": {
            "description": "The api-version of these files, unless an option or the request URL gives one.",
            "title": "api-version",
            "enum": list(known_versions()),
        },
        "kind": {
            "description": "The kind of document in these files, unless an option or the request URL gives one.",
            "title": "kind",
            "enum": list(KINDS),
        },
    }
    return {
        "description": "Settings for some files. All sections that match a file apply; later ones take precedence.",
        "type": "array",
        "items": {**_closed(section), "required": ["files"]},
    }
