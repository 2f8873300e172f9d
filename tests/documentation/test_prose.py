"""Habits of prose are neither in the code nor in the texts that users read."""

from __future__ import annotations

from pathlib import Path

import pytest
import texts
from checkout import ROOT
from prose import HABITS, counts, offences

import instanceview

PACKAGE = Path(instanceview.__file__).parent
FOLDERS = {"package": PACKAGE, "tests": ROOT / "tests"}


@pytest.mark.parametrize("part", FOLDERS)
def test_no_comment_or_docstring_has_a_habit(part: str) -> None:
    over = {habit: count for habit, count in counts([FOLDERS[part]]).items() if count}
    assert over == {}, "list the lines with: python tests/support/prose.py"


@pytest.mark.parametrize("part", texts.PARTS)
def test_no_text_of_users_has_a_habit(part: str) -> None:
    over = {habit: count for habit, count in texts.counts(texts.PARTS[part]()).items() if count}
    assert over == {}, f"list them with: python tests/support/texts.py {part} --habits"


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


def test_each_habit_is_found_in_messages_and_not_in_docstrings_or_code(tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    long = "x " * texts.MOST
    file.write_text(
        '"""It stands in a docstring."""\n\n'
        'REASON = f"{name} is no status code; take it out"\nCODE = r"is no \\d+"\nHELP = "one document a line"\n'
        f'LONG = "it is {long}"\nFINE = "it is no longer there; {long}"\n\n\n'
        '@click.command()\ndef run():\n    """Say what was met."""\n',
        "utf-8",
    )
    found = [(text.line, habit) for text, habit in texts.habits(texts.messages(tmp_path))]
    assert sorted(found) == [(3, "is no"), (3, "take out"), (5, "one a line"), (6, texts.LONG), (12, "met")]


def test_the_texts_of_tables_and_pages_are_found() -> None:
    about = "Name of the extension in the model of the scale set."
    assert about in {each.text for each in texts.tables()}
    assert any(each.text.startswith("The general form: a category") for each in texts.tables())
    of_pages = [each.text for each in texts.pages()]
    assert "# Changelog" in of_pages
    assert not any("```" in text for text in of_pages)
    assert HABITS[0] in texts.HABITS
