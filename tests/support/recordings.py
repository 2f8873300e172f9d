"""What the tests of recordings share: a report as short lines, and whether a place in a file holds what it should."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from checkout import DATA

from instanceview.model.document import ABSENT
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from instanceview.model.document import Origin
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report

RECORDINGS = DATA / "recordings"
"""A folder for each format: input files, each with the exact lines of its report beside it."""


def cases(folder: str) -> list[Path]:
    """Return the input files of a format."""
    return sorted(path for path in (RECORDINGS / folder).iterdir() if path.suffix != ".expected")


def expected(path: Path) -> str:
    """Return the lines that the report of a file must have."""
    return path.with_name(f"{path.name}.expected").read_text(encoding="utf-8")


def seen(path: Path) -> str:
    """Return the report of a file as lines: the counts, the findings, what was skipped and what is unreadable."""
    found = report(read_path(path))
    return "".join(f"{line}\n" for line in _lines(found))


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have; those of vcr_yaml are made by cassette_cases."""
    for folder in sorted(path.name for path in RECORDINGS.iterdir() if path.name != "vcr_yaml"):
        for path in cases(folder):
            yield path.with_name(f"{path.name}.expected"), seen(path)


def _lines(found: Report) -> Iterable[str]:
    yield f"documents {found.documents}, recorded {found.recorded}"
    for each in found.findings:
        tables = f"{each.tables.kind} at {each.tables.api_version} ({each.tables.api_version_from})"
        yield f"{_place(each.origin)} {each.severity.value} {each.rule} {each.pointer or '/'}: {each.message}; {tables}"
    for kind, items in (("skipped", found.skipped), ("unreadable", found.unreadable)):
        for left in items:
            yield f"{_place(left.origin)} {kind}: {left.reason}"


def _place(origin: Origin) -> str:
    inside = f" (in the body {origin.inside[0]}:{origin.inside[1]})" if origin.inside else ""
    return f"{origin.line}:{origin.column}{inside} {origin.entry or '-'}"


def stands_there(data: bytes, finding: Finding) -> bool:
    """Return whether the value of a finding stands in the file where the finding points, quotes and escapes aside."""
    line, column = finding.origin.line or 0, finding.origin.column or 0
    text = data.decode("utf-8", "replace").split("\n")[line - 1][column - 1 :].lstrip("\"'\\")
    if finding.value is ABSENT or isinstance(finding.value, (dict, list)):
        return text[:1] in {"{", "["}
    value = finding.value if isinstance(finding.value, str) else json.dumps(finding.value)
    return text.startswith(value[:4])
