"""Artefacts that people hold: pastes, logs, mocks, files of tools; each gives exactly what is beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from artefacts import FOLDERS, SUFFIX, TABLES, cases, expected, name, seen
from checkout import DATA
from command_cases import invoke
from recordings import misplaced

from instanceview import check_path

if TYPE_CHECKING:
    from instanceview import Finding

every_artefact = pytest.mark.parametrize("path", cases(), ids=name)


@every_artefact
def test_an_artefact_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)


@every_artefact
def test_each_finding_of_an_artefact_is_at_its_place(path: Path) -> None:
    findings = check_path(path, **TABLES.get(path.name, {})).findings
    shown: dict[str, list[Finding]] = {}
    for each in findings:
        if not each.origin.inside and Path(each.origin.file).is_file():
            shown.setdefault(each.origin.file, []).append(each)
    assert [each for file, there in shown.items() for each in misplaced(Path(file), there) if each.pointer] == []


def test_every_file_of_an_artefact_is_looked_at() -> None:
    held = [path for path in cases() if path.parent.parent != DATA and path.parent not in FOLDERS]
    tops = {path.relative_to(top).parts[0] for path in held for top in FOLDERS if path.is_relative_to(top)}
    deep = [path for top in FOLDERS for path in top.rglob("*") if path.is_file() and path.parent != top]
    folders = {path.name for path in cases() if path.is_dir()} | tops
    lost = [path for path in deep if path.suffix != SUFFIX and not folders.intersection(path.parts)]
    assert lost == []


def test_each_name_with_tables_is_of_one_artefact() -> None:
    names = [path.name for path in cases()]
    assert [each for each in TABLES if names.count(each) != 1] == []


def test_codes_that_were_seen_are_in_the_vocabulary() -> None:
    codes = (DATA / "field" / "H-codes.txt").read_text("utf-8").split()
    assert len(codes) > 10
    assert [code for code in codes if ": unknown" in explained(code)] == []


def explained(code: str) -> str:
    """Return the explanation of a code by the command line, in one line."""
    output, exit_code = invoke("code", code)
    assert exit_code == 0, output
    return " ".join(output.split())
