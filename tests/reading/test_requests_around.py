"""The facts around a value are looked for once, however many values the objects hold and however deep they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from instanceview import check_text
from instanceview.reading import requests
from instanceview.reading.facts import facts_of

if TYPE_CHECKING:
    import pytest

    from instanceview.reading.facts import Said

DATE = "Fri, 02 Jun 2017 14:36:11 GMT"


class Long(list[object]):
    """A list that nobody may look through."""

    def __reversed__(self) -> NoReturn:
        """Refuse."""
        raise AssertionError

    __repr__ = __str__ = __reversed__


def test_the_items_of_a_list_share_what_the_objects_around_it_say(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    completed = requests._completed  # noqa: SLF001 (its calls are what is counted)

    def counted(said: Said, other: Said) -> Said:
        nonlocal calls
        calls += 1
        return completed(said, other)

    monkeypatch.setattr(requests, "_completed", counted)
    value: object = [{"statuses": [{"code": "PowerState/running"}]}] * 50
    for _ in range(100):
        value = {"a": value}
    assert check_text(json.dumps(value)).documents == 50
    assert calls <= 2 * (100 + 50)


def test_of_a_long_list_the_first_values_alone_are_looked_at() -> None:
    assert facts_of({"request": Long([DATE] * 1000), "headerDate": Long(["1"] * 1000)}).headers is None


def test_the_date_of_an_answer_is_a_text_or_a_list_of_some() -> None:
    assert facts_of({"date": DATE}).headers == [{"date": DATE}]
    assert facts_of({"date": ["x", DATE]}).headers == [{"date": ["x", DATE]}]
    assert facts_of({"requestDate": DATE, "date": {"a": DATE}}).headers is None
