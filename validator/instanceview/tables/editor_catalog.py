"""The catalog from which an editor knows the schema of a file, for `schemas/catalog.json`."""

from __future__ import annotations

from typing import Any

from instanceview.tables.catalog import kinds_at, known_versions, versions_of
from instanceview.tables.kinds import KINDS

_OWN = {
    "config.json": ("configuration", [".instanceview.toml"]),
    "report.json": ("JSON report", ["instanceview-report.json", "*.instanceview-report.json"]),
    "state.json": ("states", ["*.instanceview-state.json"]),
    "coverage.json": ("conformance report", ["*.instanceview-coverage.json"]),
    "baseline.json": ("baseline", [".instanceview-baseline.json", "*.instanceview-baseline.json"]),
    # Not `manifest.json`, the name that extract writes: other programs have manifests too.
    "manifest.json": ("manifest of extract", ["*.instanceview-manifest.json"]),
    "vocabulary.json": ("list of status codes", ["*.instanceview-vocabulary.json"]),
    "elements.json": ("element table", ["schemas/elements/*.yaml"]),
    "status-codes.json": ("status-code vocabulary", ["schemas/status-codes.yaml"]),
}


def editor_catalog() -> dict[str, Any]:
    """Return a catalog in the form of SchemaStore's; its addresses are files beside it, since no host is ours."""
    own = [_entry(f"instanceview {name}", file, match) for file, (name, match) in _OWN.items()]
    views = [
        _entry(f"Azure instance view, {kind} at {version}", f"{version}/{kind}.json", _file_patterns(kind, version))
        for version in reversed(known_versions())
        for kind in kinds_at(version)
    ]
    return {"version": 1, "schemas": [*own, *views]}


def _entry(name: str, file: str, match: list[str]) -> dict[str, Any]:
    return {"name": name, "fileMatch": match, "url": f"./{file}"}


def _file_patterns(kind: str, version: str) -> list[str]:
    """Return the names of files with documents of a kind at an api-version; no version in the name means the newest."""
    stems = [f"*.{kind}.{version}", *([f"*.{kind}"] if version == versions_of(kind)[-1] else [])]
    named = [f"{stem}.instanceview.{suffix}" for stem in stems for suffix in ("json", "yaml")]
    others = [other for other in KINDS if other.startswith(f"{kind}-")]
    return [*named, f"**/{version}/{kind}-*.json", *(f"!**/{version}/{other}-*.json" for other in others)]
