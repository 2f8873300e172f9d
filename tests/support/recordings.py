"""Recordings with their expected reports as short lines, and a check of the places of findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from checkout import DATA

from instanceview.model.document import ABSENT
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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
    return "".join(f"{line}\n" for line in lines(found))


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have; those of vcr_yaml are made by cassette_cases."""
    for folder in sorted(path.name for path in RECORDINGS.iterdir() if path.name != "vcr_yaml"):
        for path in cases(folder):
            yield path.with_name(f"{path.name}.expected"), seen(path)


def lines(found: Report, file: Callable[[Origin], str] = lambda _: "") -> Iterable[str]:
    """Yield the lines of a report; `file` returns what a line begins with, such as the name of a file in a folder."""
    yield f"documents {found.documents}, recorded {found.recorded}"
    for each in found.findings:
        tables = f"{each.tables.kind} at {each.tables.api_version} ({each.tables.api_version_from})"
        place = f"{file(each.origin)}{_place(each.origin)}"
        yield f"{place} {each.severity.value} {each.rule} {each.pointer or '/'}: {each.message}; {tables}"
    for kind, items in (("skipped", found.skipped), ("unreadable", found.unreadable)):
        for left in items:
            yield f"{file(left.origin)}{_place(left.origin)} {kind}: {left.reason}"


def _place(origin: Origin) -> str:
    inside = f" (in the body {origin.inside[0]}:{origin.inside[1]})" if origin.inside else ""
    return f"{origin.line}:{origin.column}{inside} {origin.entry or '-'}"


def stands_there(data: bytes, finding: Finding) -> bool:
    """Return True if the file has the value of a finding at its line and column, quotes and escapes aside."""
    line, column = finding.origin.line or 0, finding.origin.column or 0
    text = data.decode("utf-8", "replace").split("\n")[line - 1][column - 1 :].lstrip("\"'\\")
    if finding.value is ABSENT or isinstance(finding.value, (dict, list)):
        return text[:1] in {"{", "["}
    value = finding.value if isinstance(finding.value, str) else json.dumps(finding.value)
    return text.startswith(value[:4])


def misplaced(path: Path, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of a file at whose place there is neither the value nor the name of the member."""
    data = _text(path).encode()
    lines = data.decode().split("\n")
    return [
        each
        for each in findings
        if not stands_there(data, each)
        and not lines[(each.origin.line or 0) - 1][(each.origin.column or 0) - 1 :]
        .lstrip('"\\')
        .startswith((_member(each.pointer), f"{each.value}"[:1]))
    ]


def _text(path: Path) -> str:
    """Return the text of a file, which may be packed, or be UTF-16."""
    with path.open("rb") as file:
        return Stream(unpacked(file)).head.decode("utf-8-sig")


def _member(pointer: str) -> str:
    """Return the name of the member that a pointer is of."""
    return pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
