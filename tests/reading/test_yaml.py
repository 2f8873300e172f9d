"""YAML documents: each text of tests/data/yaml beside what is found in it, read with PyYAML's C and its pure loader."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment
from yaml_cases import FOLDER, every_loader, found_at

from instanceview import check_path

CASES = [pytest.param(path, id=path.stem) for path in sorted(FOLDER.glob("*.yaml"))]


def expected(case: Path) -> list[str]:
    return case.with_suffix(".expected").read_text("utf-8").splitlines()


def without_words(lines: list[str]) -> list[str]:
    """Return lines without the columns and words of PyYAML, in which the two loaders differ now and then."""
    return [re.sub(r":\d+ unreadable: not YAML: .*", " unreadable: not YAML", line) for line in lines]


def test_every_case_has_its_text_and_the_other_way_round() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {path.stem for path in FOLDER.glob("*.expected")}
    assert len(CASES) > 35


@every_loader
@pytest.mark.parametrize("case", CASES)
def test_what_is_found_in_a_text_is_exactly_what_is_expected(case: Path, loader: str) -> None:
    found = found_at(case, loader)
    if loader == "C":
        assert found == expected(case)
    assert without_words(found) == without_words(expected(case))


@every_loader
@pytest.mark.parametrize("case", CASES)
def test_line_ends_of_windows_and_a_byte_order_mark_change_no_place(case: Path, loader: str, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(b"\xef\xbb\xbf" + case.read_bytes().replace(b"\n", b"\r\n"))
    assert without_words(found_at(path, loader)) == without_words(expected(case))


def test_in_a_folder_yaml_of_another_kind_is_skipped_and_what_is_broken_is_not(tmp_path: Path) -> None:
    for name in ("another-kind-with-tags.yaml", "error-answer.yaml", "tab.yaml"):
        shutil.copy(FOLDER / name, tmp_path)
    shutil.copy(FOLDER / "flow.yaml", tmp_path / "FLOW.YML")
    report = check_path(tmp_path)
    assert [Path(item.origin.file).name for item in report.skipped] == [
        "another-kind-with-tags.yaml",
        "error-answer.yaml",
    ]
    assert [Path(item.origin.file).name for item in report.unreadable] == ["tab.yaml"]
    assert report.documents == 1


def test_pyyaml_is_loaded_only_for_yaml() -> None:
    program = (
        "import sys; from instanceview import check_text; "
        "check_text('{}'); check_text('some text'); before = 'yaml' in sys.modules; "
        "check_text('statuses: []'); print(before, 'yaml' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment()
    )
    assert done.stdout == "False True\n"
