"""A spool is equal to a list, whether a part of it is in a file or not."""

from __future__ import annotations

import pickle
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instanceview.running import spool
from instanceview.running.spool import Spool


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_IN_MEMORY", 3)
    monkeypatch.setattr(spool, "_FRAME", 4)


def spooled(groups: list[list[int]]) -> Spool[int]:
    values: Spool[int] = Spool()
    for group in groups:
        values.extend(group)
    return values


@pytest.mark.usefixtures("small")
def test_it_has_what_a_list_has() -> None:
    @given(st.lists(st.lists(st.integers(), max_size=5), max_size=12), st.slices(30))
    def agree(groups: list[list[int]], part: slice) -> None:
        values, expected = spooled(groups), [each for group in groups for each in group]
        assert (list(values), len(values), bool(values)) == (expected, len(expected), bool(expected))
        assert list(values) == expected
        assert (values == tuple(expected), values[part]) == (True, tuple(expected[part]))
        assert [values[index] for index in range(-len(expected), len(expected))] == expected * 2
        assert tuple(values.short()) == tuple(expected)

    agree()


def test_two_passes_do_not_disturb_each_other() -> None:
    values = spooled([[number] for number in range(40)])
    assert list(zip(values, values, strict=True)) == [(number, number) for number in range(40)]


def test_values_are_added_while_others_are_read() -> None:
    values = spooled([[number] for number in range(20)])
    seen = []
    for number in values:
        seen.append(number)
        if number == 10:
            values.extend([20])
    assert seen == list(range(21))


def test_a_short_one_is_a_tuple() -> None:
    assert spooled([[1, 2], [3]]).short() == (1, 2, 3)
    assert isinstance(spooled([[1]] * 20).short(), Spool)


def test_a_place_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        spooled([[1]] * 20)[20]


@pytest.mark.parametrize("groups", [[[1, 2, 3]], [[1, 2, 3]] * 7, [[1], [2, 3], [4, 5, 6, 7, 8], []] * 5])
def test_what_was_added_together_stays_together_in_another_process_and_another_spool(groups: list[list[int]]) -> None:
    values = spooled(groups)
    other: Spool[int] = Spool()
    other.extend([0])
    other.extend(pickle.loads(pickle.dumps(values)))  # noqa: S301 (made here)
    assert list(other) == [0, *values]
    ends = set(accumulate(map(len, groups), initial=1))
    assert set(accumulate(map(len, other.batches()))) <= ends
