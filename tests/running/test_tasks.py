"""A large file of NDJSON is cut into whole lines, each of them in one task, with the number of its first line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instanceview.model.document import Origin, Skipped
from instanceview.reading.sources import File
from instanceview.running import tasks
from instanceview.running.lines import Lines

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "short lines": b'{"a":1}\n' * 300,
    "without a last newline": b'{"a":1}\n' * 300 + b"{}",
    "lines longer than a task": b'{"a":"%s"}\n' % (b"-" * 2500) * 4 + b"{}\n" * 50,
    "blank lines": b"{}\n" + b"\n" * 1500 + b"{}\n",
}


@pytest.mark.parametrize("text", TEXTS)
def test_ranges_are_whole_lines_in_order(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LINES", 1000)
    data = TEXTS[text]
    (tmp_path / "many.ndjson").write_bytes(data)
    cut = [each for each in tasks.tasks([File(str(tmp_path / "many.ndjson"))]) if isinstance(each, Lines)]
    assert len(cut) > 1
    assert b"".join(each.data() for each in cut) == data
    assert [each.first_line for each in cut] == [data.count(b"\n", 0, each.start) + 1 for each in cut]
    assert all(each.start == 0 or data[each.start - 1 : each.start] == b"\n" for each in cut)


def test_files_that_are_skipped_are_in_the_group_of_their_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    member, named = File(str(tmp_path / "a.json"), is_named=False), File(str(tmp_path / "a.json"))
    skipped = Skipped(Origin("b.json"), "hidden", "hidden")
    found = list(tasks.tasks([skipped, member, skipped, member, named, skipped]))
    assert [(each.files, each.are_named) for each in found if isinstance(each, tasks.Files)] == [
        ((skipped, member, skipped, member), False),
        ((named,), True),
        ((skipped,), False),
    ]
