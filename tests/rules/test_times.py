"""A time is malformed exactly if the calendar and the clock do not have it, on the fast path too."""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest

from instanceview import check_chunk, check_text
from instanceview.checking.gate import text_gate
from instanceview.rules._times import is_date_time

YEARS = ("1900", "2000", "2023", "2024", "0000", "9999")
DAYS = [
    f"{year}-{month:02}-{day:02}T00:00:00Z" for year, month, day in product(YEARS, range(14), (0, 1, *range(27, 33)))
]
CLOCK = [
    *(f"2024-07-01T{hour:02}:00:00Z" for hour in range(26)),
    *(f"2024-07-01T23:{minute}:00Z" for minute in (*range(55, 62), 99)),
    *(f"2024-07-01T23:59:{second}Z" for second in (58, 59, 61, 99)),
    *(
        f"2024-07-01T00:00:00{sign}{hours:02}:{minutes:02}"
        for sign in "+-"
        for hours in (0, 1, 22, 23, 24, 25)
        for minutes in (0, 59, 60)
    ),
]


def is_time(text: str) -> bool:
    """Return whether the library of Python has the time, which has no year 0; that one is as leap as the year 2000."""
    try:
        datetime.fromisoformat(text.replace("0000-", "2000-"))
    except ValueError:
        return False
    return not text[-5:].startswith(("24:", "25:")) and ":60" not in text[-4:]


@pytest.mark.parametrize("text", ["2024-07-01T23:59:60Z", "2024-07-01t00:00:00.1234567z", "2024-12-31T00:00:00-23:59"])
def test_the_second_60_small_letters_and_long_offsets_are_a_time(text: str) -> None:
    assert rules_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-01",
        "2024-07-01T00:00:00",
        "2024-07-01 00:00:00Z",
        "2024-7-1T00:00:00Z",
        " 2024-07-01T00:00:00Z",
        "2024-07-01T00:00:00.Z",
        "2024-07-01T00:00:00Z\n",
        "2024-07-01T00:00Z",
    ],
    ids=ascii,
)
def test_a_time_of_another_form_is_malformed(text: str) -> None:
    assert rules_of(text) == ["malformed-time"]


def test_a_time_is_malformed_exactly_if_there_is_none() -> None:
    texts = [*DAYS, *CLOCK]
    expected = {text for text in texts if not is_time(text)}
    assert 100 < len(expected) < len(texts) - 100
    assert {text for text in texts if "malformed-time" in rules_of(text)} == expected
    gate = text_gate("vm", "2024-07-01")
    passed = {text for text in texts if gate(document(text).encode())}
    assert not passed & expected
    assert {
        text
        for text in texts
        if text.startswith("2024") and is_time(text) and "02-29" not in text and text.endswith("Z")
    } <= passed
    lines = "\n".join(map(document, texts))
    found = check_chunk(lines.encode(), kind="vm", api_version="2024-07-01").findings
    assert {texts[(each.origin.line or 0) - 1] for each in found if each.rule == "malformed-time"} == expected


def document(time: str) -> str:
    return f'{{"statuses": [{{"code": "ProvisioningState/succeeded", "level": "Info", "time": "{time}"}}]}}'


def rules_of(time: str) -> list[str]:
    text = document(time.replace("\n", "\\n"))
    found = check_text(text, kind="vm", api_version="2024-07-01").findings
    return [each.rule for each in found]


def test_the_predicate_alone_has_the_days_and_the_clock() -> None:
    assert [text for text in (*DAYS, *CLOCK) if is_date_time(text) != is_time(text)] == []
