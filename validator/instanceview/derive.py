"""Derives the committed files: `tables.json`, the JSON Schemas, the indexes of rules and tables, the files for editors.

Run `python -m instanceview.derive` in a checkout after editing `schemas/elements/*.yaml` or
`schemas/status-codes.yaml`; a test derives them again and compares.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from instanceview.cli.commands.check import check
from instanceview.cli.commands.rule_texts import rules_index
from instanceview.cli.commands.tables import tables_index
from instanceview.cli.config_schema import config_schema
from instanceview.tables.catalog import KINDS, api_versions
from instanceview.tables.schemas import derive

_NOTE = "<!-- Derived by `python -m instanceview.derive`; edit the rules and tables it is made of. -->\n\n"
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


def indexes() -> dict[str, str]:
    """Return the text of each index by its path below `schemas/`.

    >>> sorted(indexes())
    ['ELEMENTS.md', 'RULES.md']
    """
    return {"RULES.md": _NOTE + rules_index(), "ELEMENTS.md": _NOTE + tables_index()}


def main() -> None:
    """Write the derived files and the indexes into the checkout's `schemas/`."""
    folder = Path(__file__).parents[2] / "schemas"
    if not (folder / "elements").is_dir():
        sys.exit(f'no element tables in "{folder}"; run this in a checkout, where schemas/elements/*.yaml lie')
    _write(folder, derive(folder))
    # The indexes read the tables that were just written.
    _write(folder, indexes())
    _write(folder, for_editors())


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        print(path.relative_to(folder.parent))  # noqa: T201 (a command's output)


if __name__ == "__main__":
    main()
