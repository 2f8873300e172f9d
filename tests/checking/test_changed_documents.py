"""Each part of a document decides something: its findings, changed in hundreds of places, are as expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from changed_documents import cases, changed, changes, coverage, expected

from instanceview.checking.check import checked
from instanceview.generating import scenario
from instanceview.generating.scenarios import usual_of
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.literals import KindName


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_each_part_of_a_document_changes_its_findings_like_this(path: Path) -> None:
    assert list(changes(path)) == expected(path).read_text("utf-8").removesuffix("\n").split("\n")


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_a_document_and_its_changes_have_this_coverage(path: Path) -> None:
    assert list(coverage(path)) == expected(path, "coverage").read_text("utf-8").removesuffix("\n").split("\n")


@pytest.mark.parametrize("kind", KINDS)
def test_the_gate_passes_exactly_the_changes_without_a_finding(kind: KindName) -> None:
    for name, document in changed(scenario(usual_of(kind), kind=kind), kind):
        fits = not checked(document).findings
        assert fits or name
        in_python = document._replace(data=None, source=None)
        assert [checked(each, many=True).fits for each in (document, document, in_python)] == [fits] * 3, name
