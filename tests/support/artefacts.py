"""Artefacts as people hold them, each with its expected report as lines beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkout import DATA
from recordings import expected, lines

from instanceview import check_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from instanceview.model.document import Origin
    from instanceview.running.choices import Choices

ARTEFACTS = DATA / "artefacts"
FOLDERS = [DATA / "field", *sorted(path for path in ARTEFACTS.iterdir())]
"""Folders of artefacts. A file in one is a case, and below it each file or folder with an expected file beside it."""

TABLES: Mapping[str, Choices] = {
    "most-are-unknown-with-kind.json": {"kind": "vm"},
    "with-kind.json": {"kind": "vmss", "api_version": "2019-07-01"},
    "health-unknown-vmssvm.json": {"kind": "vmss-vm", "api_version": "2024-03-01"},
    "disk-deleting-in-vm.json": {"kind": "vm"},
    "page-counts-as-text.json": {"kind": "vmss", "api_version": "2016-04-30-preview"},
    "windows-configuration.json": {"api_version": "2016-04-30-preview"},
}
"""The kind and the api-version that a case is checked with, by the name of its file; others are checked with none."""

SUFFIX = ".expected"


def cases() -> list[Path]:
    """Return the artefacts of every folder."""
    files = [path for top in FOLDERS for path in top.iterdir() if path.is_file() and path.suffix != SUFFIX]
    deeper = [path.with_suffix("") for top in FOLDERS for path in top.rglob(f"*{SUFFIX}")]
    return sorted({*files, *deeper})


def name(path: Path) -> str:
    """Return the name of a case: its path in the folder of all data."""
    return path.relative_to(DATA).as_posix()


def seen(path: Path) -> str:
    """Return the report of an artefact as lines; those of another file, in it or beside it, begin with its name."""

    def shown(origin: Origin) -> str:
        file = origin.file.removeprefix(f"{path}").removeprefix(f"{path.parent}").lstrip("/")
        return f"{file} " if file else ""

    found = check_path(path, **TABLES.get(path.name, {}))
    return "".join(f"{line}\n" for line in lines(found, shown))


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have."""
    for path in cases():
        yield path.with_name(f"{path.name}{SUFFIX}"), seen(path)


__all__ = ["cases", "expected", "fresh", "name", "seen"]
