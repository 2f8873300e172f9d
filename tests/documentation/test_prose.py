"""Habits of prose in the code stay few: no file adds to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkout import ROOT
from prose import HABITS, counts, offences

import instanceview

PACKAGE = Path(instanceview.__file__).parent
LIMITS = {
    "package": (PACKAGE, dict(zip(HABITS, (1, 1, 0, 0, 0, 0, 0), strict=True))),
    "tests": (ROOT / "tests", dict.fromkeys(HABITS, 0)),
}
"""The most lines with each habit: those of the package are help of the command line."""


@pytest.mark.parametrize("part", LIMITS)
def test_no_habit_is_on_more_lines_than_its_limit(part: str) -> None:
    folder, limits = LIMITS[part]
    found = counts([folder])
    over = {habit: (count, limits[habit]) for habit, count in found.items() if count > limits[habit]}
    assert over == {}, "list the lines with: python tests/support/prose.py"


def test_each_habit_is_found_in_comments_and_docstrings_and_not_in_code_or_examples(tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    file.write_text(
        '"""What is here.\n\nIt stands here.\n\n>>> "it is no text"\nit is no text\n"""\n\n'
        'met = "told"  # told, and met by no one\n\n\n'
        'def judge():\n    """Return what a judge says: this is no rule."""\n',
        "utf-8",
    )
    assert [(each.line, each.habit) for each in offences([file])] == [
        (1, "module begins with a question word"),
        (3, "stands"),
        (9, "met"),
        (9, "tells"),
        (13, "function returns what"),
        (13, "is no"),
        (13, "judge"),
    ]
