"""Each part of a document decides something: its findings, changed in hundreds of places, are as expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from changed_documents import cases, changes, expected

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_each_part_of_a_document_changes_its_findings_like_this(path: Path) -> None:
    assert list(changes(path)) == expected(path).read_text("utf-8").removesuffix("\n").split("\n")
