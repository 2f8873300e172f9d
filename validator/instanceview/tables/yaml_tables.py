"""The YAML of `schemas/` -> `tables.json` and the JSON Schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from instanceview.tables.kinds import KIND_VALUES
from instanceview.tables.schemas import document_schema

if TYPE_CHECKING:
    from pathlib import Path


def derive(folder: Path) -> dict[str, str]:
    """Return the text of `tables.json` and of every schema, by its path below `folder`, which has the YAML tables.

    Raises OSError and yaml.YAMLError if a table cannot be read.
    """
    content = read_tables(folder)
    schemas = {
        f"{version}/{kind}.json": _text(document_schema(content, kind, version))
        for kind, value in KIND_VALUES.items()
        for version in (content["apiVersionsOf"][value.versions] if value.versions else content["apiVersions"])
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
        "apiVersionsOf": yaml.safe_load((folder / "api-versions-of.yaml").read_text("utf-8")),
        "tables": tables,
        "statusCodes": codes,
        "captures": yaml.safe_load((folder / "captures.yaml").read_text("utf-8")),
        "states": yaml.safe_load((folder / "states.yaml").read_text("utf-8")),
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


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
