"""Unreadable inputs: each is one clear line with its place, and the others are checked all the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from bad_input import inputs
from program import BAD_INPUT, one_line, run_beside_others

from instanceview import check_text

if TYPE_CHECKING:
    from pathlib import Path

FILES = [pytest.param(path, id=path.stem) for path in sorted(BAD_INPUT.glob("*.expected"))]

GENERATED = {
    "arrays-100000-deep": (
        b"[" * 100_000 + b"]" * 100_000,
        "1:130: unreadable: nested deeper than 128 levels; --max-nesting raises the limit",
    ),
    "objects-100000-deep": (
        b'{"statuses":' * 100_000 + b"1" + b"}" * 100_000,
        "1:1537: unreadable: nested deeper than 128 levels; --max-nesting raises the limit",
    ),
    "arrays-100000-deep-and-cut-off": (
        b'{"statuses":\n' + b"[" * 100_000,
        "2:128: unreadable: nested deeper than 128 levels; --max-nesting raises the limit",
    ),
    "number-of-5000-digits": (
        b'{"platformFaultDomain": ' + b"7" * 5000 + b"}",
        "1:25: unreadable: not JSON: a number of 5,000 digits; a double holds at most 309",
    ),
    "lines-of-windows": (
        b'{\r\n  "platformFaultDomain": 2,\r\n  !}\r\n',
        '3:3: unreadable: not JSON: expected a name in double quotes, found "!"',
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the two documents that are checked beside a case."""
    for name in ("conformant.json", "nonconformant.json"):
        shutil.copy(BAD_INPUT / name, tmp_path)
    return tmp_path


def test_every_case_has_its_input_and_the_other_way_round() -> None:
    assert {path.stem for path in inputs()} == {path.stem for path in BAD_INPUT.glob("*.expected")}
    assert len(inputs()) > 25


@pytest.mark.parametrize("expected", FILES)
def test_an_unreadable_file_is_one_line_and_the_others_are_checked(expected: Path) -> None:
    line = expected.read_text("utf-8").removesuffix("\n")
    assert run_beside_others(expected.with_suffix(".json").name, BAD_INPUT).seen == one_line(line)


@pytest.mark.parametrize("case", GENERATED)
def test_what_is_too_large_to_commit_is_one_line_too(case: str, folder: Path) -> None:
    data, line = GENERATED[case]
    (folder / "case.json").write_bytes(data)
    assert run_beside_others("case.json", folder).seen == one_line(f"case.json:{line}")


def test_an_array_without_items_is_not_a_document(folder: Path) -> None:
    (folder / "case.json").write_text("[]")
    ran = run_beside_others("case.json", folder)
    line = next((line for line in ran.heads if line.startswith("case.json:1:1: unreadable: ")), "")
    assert ran.seen == one_line(line)


@pytest.mark.parametrize("text", ['{"platformFaultDomain": "two"}', '[{"platformFaultDomain": "two"}]'])
def test_a_byte_order_mark_is_accepted_and_takes_no_column(text: str) -> None:
    columns = [
        [(finding.rule, finding.origin.line, finding.origin.column) for finding in check_text(each).findings]
        for each in (text.encode(), text.encode("utf-8-sig"))
    ]
    assert columns[1] == columns[0] == [("wrong-type", 1, text.index('"two"') + 1)]
