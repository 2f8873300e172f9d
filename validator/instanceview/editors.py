"""The committed files for editors: the schema of the configuration, and a catalog of file names and their schemas."""

from __future__ import annotations

import json
from typing import Any

from instanceview.catalog import KINDS, api_versions
from instanceview.cli import check
from instanceview.configuration.schema import config_schema

_OWN = {
    "config.json": ("configuration", [".instanceview.toml"]),
    "report.json": ("JSON report", ["instanceview-report.json", "*.instanceview-report.json"]),
    "baseline.json": ("baseline", [".instanceview-baseline.json", "*.instanceview-baseline.json"]),
    # Not `manifest.json`, the name that extract writes: other programs have manifests too.
    "manifest.json": ("manifest of extract", ["*.instanceview-manifest.json"]),
    "elements.json": ("element table", ["schemas/elements/*.yaml"]),
    "status-codes.json": ("status-code vocabulary", ["schemas/status-codes.yaml"]),
}


def for_editors() -> dict[str, str]:
    """Return the text of each file by its path below `schemas/`.

    >>> sorted(for_editors())
    ['catalog.json', 'config.json']
    """
    return {"config.json": _text(config_schema(check)), "catalog.json": _text(_catalog())}


def _catalog() -> dict[str, Any]:
    """Return a catalog as SchemaStore has it, but its addresses are files beside it, since no host is ours."""
    own = [_entry(f"instanceview {name}", file, match) for file, (name, match) in _OWN.items()]
    newest = api_versions()[-1]
    views = [
        _entry(f"Azure instance view, {kind} at {version}", f"{version}/{kind}.json", _names(kind, version, newest))
        for version in reversed(api_versions())
        for kind in KINDS
    ]
    return {"version": 1, "schemas": [*own, *views]}


def _entry(name: str, file: str, match: list[str]) -> dict[str, Any]:
    return {"name": name, "fileMatch": match, "url": f"./{file}"}


def _names(kind: str, version: str, newest: str) -> list[str]:
    """Return the names of files with documents of a kind at an api-version; no version in the name means the newest."""
    stems = [f"*.{kind}.{version}", *([f"*.{kind}"] if version == newest else [])]
    named = [f"{stem}.instanceview.{suffix}" for stem in stems for suffix in ("json", "yaml")]
    others = [other for other in KINDS if other.startswith(f"{kind}-")]
    return [*named, f"**/{version}/{kind}-*.json", *(f"!**/{version}/{other}-*.json" for other in others)]


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
