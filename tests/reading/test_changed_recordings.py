"""Each part of a recording decides something: what is read in it, changed in hundreds of places, is as expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from answered import cases
from changed_recordings import LIMITS, changed_lines, changes, expected, folders, thresholds

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.name)
def test_each_part_of_a_recording_changes_what_is_read_like_this(path: Path) -> None:
    assert list(changes(path)) == expected(path).read_text("utf-8").removesuffix("\n").split("\n")


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.name)
def test_each_line_of_a_recording_changes_what_is_read_like_this(folder: Path) -> None:
    assert list(changed_lines(folder)) == expected(folder).read_text("utf-8").removesuffix("\n").split("\n")


def test_a_recording_is_read_from_the_least_value_of_each_limit_on() -> None:
    assert [line for path in cases() for line in thresholds(path)] == LIMITS.read_text("utf-8").splitlines()
