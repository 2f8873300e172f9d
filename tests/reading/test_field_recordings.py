"""Recordings by the tools themselves: how many instance views each holds, which have a fault, and where it is."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from checkout import shared_folder
from needs import RECORDED

from instanceview.model.severity import Severity
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report
from instanceview.running.wanted import Selection, Wanted

if TYPE_CHECKING:
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report

SAID = {
    "az/out.table": "output of az -o table.*-o json",
    "az/out.tsv": "tab-separated.*-o json",
    "curl/trace-hex.txt": "curl --trace.*-i or -v",
    "httpie/h.txt": "an answer with only its headers; omit --headers",
    "mitm/flows.mitm": "mitmproxy.*HAR",
    "pw/omit.har": "without bodies.*content: 'embed' in Playwright",
    "py/log-httpx.txt": "without bodies.*record the requests",
    "py/log-urllib3.txt": "without bodies.*record",
    "py/pprint.txt": r"Python value.*json\.dumps",
    "*.html": "web page",
}
"""What is said of a recording without an instance view: what it is, then the next step."""


class Row(NamedTuple):
    """A recording, the number of instance views in it, and how many of them have a fault."""

    name: str
    path: Path
    recorded: int
    faulty: int


def rows() -> list[Row]:
    """Return the rows of the list of recordings; empty where they are not at hand."""
    shared = shared_folder()
    table = shared / "field" / "recordings.csv" if shared else None
    if table is None or not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    folder = table.with_suffix("")
    return [Row(row["file"], folder / row["file"], int(row["recorded"]), int(row["faulty"])) for row in found]


every_recording = pytest.mark.parametrize("row", rows() or [None], ids=lambda row: row.name[-60:] if row else "none")


def here(row: Row | None) -> Row:
    """Return a row; without the recordings, the test is skipped."""
    if row is None:
        pytest.skip(RECORDED)
    return row


def checked(path: Path) -> Report:
    """Return the report of a recording, in which repeated documents count too."""
    return report(read_path(path), wanted=Wanted(selection=Selection(once=False)))


@every_recording
def test_every_instance_view_of_a_recording_is_found_and_every_fault(row: Row | None) -> None:
    row = here(row)
    found = checked(row.path)
    assert (found.recorded, found.nonconformant) == (row.recorded, row.faulty)


@every_recording
def test_each_fault_of_a_recording_is_where_it_is_written(row: Row | None) -> None:
    row = here(row)
    faults = [each for each in checked(row.path).findings if each.severity is Severity.ERROR]
    assert [each.origin for each in faults if not stands_there(each)] == []
    assert len(faults) == row.faulty


def stands_there(fault: Finding) -> bool:
    """Return True if a file, or a packed body in it, has the value of a fault at its line and column."""
    line, column = fault.origin.line, fault.origin.column
    if not line or not column:
        return False
    value = re.escape(f"{fault.value}".partition("\n")[0])
    text = text_of(fault.origin.file).split("\n")[line - 1][column - 1 :]
    # A packed body has no places in the file: the place is that of the body, and `inside` that of the fault in it.
    return bool(fault.origin.inside) or re.match(rf"""[\\"']*{value}([\\"'\r]|$)""", text) is not None


def text_of(name: str) -> str:
    """Return the text of a file, which may be packed or be in an archive."""
    path = Path(name)
    if not path.is_file():
        archive, _, member = name.partition(".zip/")
        return zipfile.Path(f"{archive}.zip", member).read_text("utf-8")
    with path.open("rb") as file:
        return Stream(unpacked(file)).head.decode("utf-8", "replace")


@every_recording
def test_a_recording_without_an_instance_view_says_what_it_is(row: Row | None) -> None:
    row = here(row)
    if row.recorded:
        return
    wanted = SAID.get(row.name) or SAID[f"*{row.path.suffix}"]
    (fault,) = checked(row.path).unreadable
    assert re.search(wanted, fault.reason), fault.reason
