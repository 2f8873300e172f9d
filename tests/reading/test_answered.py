"""Each reader keeps the date of an answer and the name of the machine or scale set that it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from answered import cases, seen

from instanceview.model.document import Document
from instanceview.reading.inputs import read_path
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)
def test_a_recording_gives_the_names_and_dates_that_are_beside_it(path: Path) -> None:
    assert seen(path) == path.with_name(f"{path.name}.expected").read_text("utf-8")


def test_all_real_recordings_have_the_date_of_each_answer_and_its_name(shared: Path) -> None:
    folder = shared / "captures" / "containers"
    found = [each for path in sorted(folder.iterdir()) for each in read_path(path) if isinstance(each, Document)]
    of_machines = [each for each in found if each.kind in MACHINES]
    assert [each.origin for each in of_machines if not (each.answered_at and each.name)] == []
    assert len(found) >= 121
