"""Entries without a finding are reported and can be pruned; those outside the run are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from baselines import FAULTY, TWICE, check, entries, files
from evident import evident

if TYPE_CHECKING:
    from pathlib import Path


def two_files(folder: Path) -> None:
    (folder / "a.json").write_text(TWICE)
    (folder / "b.json").write_text(FAULTY)
    check(folder, "a.json", "b.json", "--write-baseline")
    assert files(folder) == ["a.json", "a.json", "b.json"]


def test_entries_without_a_finding_are_reported_and_pruned(tmp_path: Path) -> None:
    two_files(tmp_path)
    (tmp_path / "a.json").write_text(evident("{}"))
    told = "2 findings of the baseline are no longer found; --prune-baseline removes them from known.json\n"
    # The baseline itself is in the folder too, and is not an instance view.
    summary = [
        "2 documents: 1 conformant, 1 with known findings; 0 new, 1 known",
        "skipped: 1 file without an instance view; --verbose lists them",
    ]
    assert check(tmp_path, ".").seen == (0, summary, told)
    assert check(tmp_path, ".", "--quiet").seen == (0, [], "")
    assert len(entries(tmp_path)) == 3
    assert check(tmp_path, ".", "--prune-baseline").err == "2 findings removed from known.json\n"
    assert files(tmp_path) == ["b.json"]
    assert check(tmp_path, ".", "--prune-baseline").err == "0 findings removed from known.json\n"


def test_pruning_adds_nothing(tmp_path: Path) -> None:
    two_files(tmp_path)
    (tmp_path / "a.json").write_text(evident('{"disks": 1}'))
    ran = check(tmp_path, ".", "--prune-baseline")
    assert (ran.code, ran.heads[0]) == (1, "a.json:1:11: error wrong-type: expected array, found 1")
    assert files(tmp_path) == ["b.json"]


# Options that narrow a run, and its message about a.json, whose findings are gone.
NARROWED = {
    "another file": (["b.json"], ""),
    "another rule": ([".", "--select", "null-element"], ""),
    "its rule ignored": ([".", "--ignore", "wrong-type"], ""),
    "fewer findings shown": ([".", "--max-findings", "0"], "2 findings of the baseline are no longer found"),
}


@pytest.mark.parametrize("case", NARROWED)
def test_what_a_run_does_not_look_at_is_not_gone(case: str, tmp_path: Path) -> None:
    arguments, told = NARROWED[case]
    two_files(tmp_path)
    (tmp_path / "a.json").write_text(evident("{}"))
    assert check(tmp_path, *arguments).err.partition(";")[0] == told
    check(tmp_path, *arguments, "--write-baseline")
    assert files(tmp_path) == (["b.json"] if told else ["a.json", "a.json", "b.json"])


@pytest.mark.parametrize(("text", "code"), [('{"statuses":', 0), ('{"statuses": [{"code": "PowerState/', 2)])
def test_a_file_that_cannot_be_read_keeps_its_findings(text: str, code: int, tmp_path: Path) -> None:
    two_files(tmp_path)
    (tmp_path / "a.json").write_text(text)
    ran = check(tmp_path, ".", "--prune-baseline")
    assert (ran.code, ran.err) == (code, "0 findings removed from known.json\n")
    assert files(tmp_path) == ["a.json", "a.json", "b.json"]


def test_a_file_that_can_be_read_in_part_keeps_its_findings(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text(f"{FAULTY}\n{TWICE}")
    check(tmp_path, "a.ndjson", "--write-baseline")
    (tmp_path / "a.ndjson").write_text(f"{{\n{TWICE}")
    ran = check(tmp_path, "a.ndjson")
    assert (ran.code, ran.err) == (2, "")


def test_a_deleted_file_is_gone(tmp_path: Path) -> None:
    two_files(tmp_path)
    (tmp_path / "a.json").unlink()
    assert check(tmp_path, "b.json", "--prune-baseline").err == "2 findings removed from known.json\n"
    assert files(tmp_path) == ["b.json"]
