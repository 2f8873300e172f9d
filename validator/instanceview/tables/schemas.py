"""Derives `tables.json` and the JSON Schemas from the YAML of `schemas/`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from instanceview.tables.catalog import ID_BASE
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from pathlib import Path

_INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}
_DECIMAL = {"pattern": "^[0-9]+$", "not": {"type": "string", "pattern": "\\n"}}


def derive(folder: Path) -> dict[str, str]:
    """Return the text of `tables.json` and of every schema, by its path below `folder`, which has the YAML tables.

    Raises OSError and yaml.YAMLError if a table cannot be read.
    """
    content = read_tables(folder)
    schemas = {
        f"{version}/{kind}.json": _text(document_schema(content, kind, version))
        for version in content["apiVersions"]
        for kind, value in KIND_VALUES.items()
        if value.since <= version
    }
    return {"tables.json": _text(content), **schemas}


def read_tables(folder: Path) -> dict[str, Any]:
    """Return the content of `tables.json`: every table in full (`extends` resolved), and the vocabulary."""
    raw = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((folder / "elements").glob("*.yaml"))}
    tables = {
        model: {"about": table["about"], "members": _inherited_members(raw, table)} for model, table in raw.items()
    }
    codes = yaml.safe_load((folder / "status-codes.yaml").read_text("utf-8"))
    return {
        "apiVersions": yaml.safe_load((folder / "api-versions.yaml").read_text("utf-8")),
        "tables": tables,
        "statusCodes": codes,
        "captures": yaml.safe_load((folder / "captures.yaml").read_text("utf-8")),
        "sources": yaml.safe_load((folder / "sources.yaml").read_text("utf-8")),
    }


def _inherited_members(raw: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    inherited = _inherited_members(raw, raw[table["extends"]]) if "extends" in table else {}
    own = {name: _row(row) for name, row in table["members"].items()}
    return {**inherited, **own}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its values as a mapping of value to the api-version that brought it."""
    values_since = row.get("values_since", {})
    values = {value: values_since.get(value, "") for value in row.get("values", ())}
    rest = {key: value for key, value in row.items() if key not in {"values", "values_since"}}
    return {**rest, "values": values} if values else rest


def document_schema(content: dict[str, Any], kind: str, api_version: str) -> dict[str, Any]:
    """Return the draft-07 schema of one kind at one api-version, self-contained."""
    definitions: dict[str, Any] = {}
    model = KIND_VALUES[kind].model
    body = _object_schema(content, model, api_version, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{ID_BASE}/{api_version}/{kind}.json",
        "title": f"Azure {KIND_VALUES[kind].title}, api-version {api_version}",
        "description": content["tables"][model]["about"],
        **body,
        "definitions": dict(sorted(definitions.items())),
    }


def _object_schema(
    content: dict[str, Any], model: str, api_version: str, definitions: dict[str, Any]
) -> dict[str, Any]:
    rows = content["tables"][model]["members"]
    here = {name: row for name, row in rows.items() if row["since"] <= api_version <= row.get("until", api_version)}
    properties = {name: _property_schema(content, row, api_version, definitions) for name, row in here.items()}
    required = [name for name, row in here.items() if row.get("required")]
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _property_schema(
    content: dict[str, Any], row: dict[str, Any], api_version: str, definitions: dict[str, Any]
) -> dict[str, Any]:
    nullable = not row.get("required", False)
    about = {"description": row["about"]}
    if row["type"] == "object":
        return {**about, **_reference(content, row["table"], api_version, definitions, nullable=nullable)}
    if row["type"] == "array":
        items = _reference(content, row["table"], api_version, definitions, nullable=False)
        return {**about, "type": ["array", "null"] if nullable else "array", "items": items}
    either = _object_schema(content, row["table"], api_version, definitions) if "table" in row else {}
    also = ["string"] if row.get("text_at") == api_version else ["object"] if either else []
    types = [row["type"], *also, *(["null"] if nullable else [])]
    return {
        **about,
        **either,
        "type": types if len(types) > 1 else types[0],
        **_format(content, row, api_version),
        **_values(row, api_version, nullable=nullable),
    }


def _reference(
    content: dict[str, Any], model: str, api_version: str, definitions: dict[str, Any], *, nullable: bool
) -> dict[str, Any]:
    """Define a model if it is not defined yet, and return a reference to it.

    A nullable object has a definition of its own: without `anyOf`, draft-07 cannot add null to a reference.
    """
    name = f"{model}OrNull" if nullable else model
    if name not in definitions:
        body = _object_schema(content, model, api_version, definitions)
        about = {"description": content["tables"][model]["about"]}
        definitions[name] = {**about, **body, **({"type": ["object", "null"]} if nullable else {})}
    return {"$ref": f"#/definitions/{name}"}


def _format(content: dict[str, Any], row: dict[str, Any], api_version: str) -> dict[str, Any]:
    match row.get("format"):
        case "int32":
            return {**_INT32, **(_DECIMAL if row.get("text_at") == api_version else {})}
        case "date-time":
            return {"format": "date-time"}
        case "status-code" | "bare-code" as form:
            patterns = content["statusCodes"]["patterns"][form]
            return {"pattern": patterns["pattern"], "not": {"type": "string", "pattern": patterns["not"]}}
        case _:
            return {}


def _values(row: dict[str, Any], api_version: str, *, nullable: bool) -> dict[str, Any]:
    values = [value for value, since in row.get("values", {}).items() if since <= api_version]
    if not values:
        return {}
    if row.get("closed"):
        return {"enum": [*values, None] if nullable else values}
    # Editors offer the values of an open vocabulary; the rule unknown-value checks them.
    return {"examples": values}


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
