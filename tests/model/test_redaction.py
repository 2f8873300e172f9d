"""Secrets in a text of an input are redacted, before it is cut; nothing else of it is changed."""

from __future__ import annotations

import re

import pytest
from secret_texts import HARMLESS, PEM_BEGIN, PEM_END, REDACTIONS

from instanceview.model.excerpt import excerpt
from instanceview.model.redaction import REDACTED, kind_of_secret, redact, redact_quoted
from instanceview.model.secrets import gate
from instanceview.model.secrets.gate import SECRET_MARKS, may_hold_secret
from instanceview.model.text import join_words, one_line, quote


@pytest.mark.parametrize(("text", "expected"), REDACTIONS.items(), ids=map(ascii, REDACTIONS))
def test_a_secret_is_redacted_and_nothing_else_is_changed(text: str, expected: str) -> None:
    assert redact(text) == expected
    assert may_hold_secret(text)
    assert re.search("|".join(SECRET_MARKS), text)
    assert redact(expected) == expected


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_a_text_without_a_secret_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


SECRET = "Zq7" * 40
CARRIERS = {
    "signature": f"?sig={SECRET}&se=1",
    "bearer": f"Bearer {SECRET}",
    "JSON web token": "ey" + f"J{SECRET}.{SECRET}.{SECRET}",
    "account key": f"AccountKey={SECRET};",
    "private key": f"{PEM_BEGIN}\n{SECRET}\n{SECRET}\n{PEM_END}",
}


KINDS = {
    "signature": "a shared access signature",
    "bearer": "a bearer token",
    "JSON web token": "a JSON web token",
    "account key": "an account key",
    "private key": "a private key",
}


@pytest.mark.parametrize("name", CARRIERS)
def test_a_secret_has_a_kind(name: str) -> None:
    assert kind_of_secret(CARRIERS[name]) == KINDS[name]
    assert kind_of_secret(CARRIERS[name], "adminPassword") == KINDS[name]


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=CARRIERS)
def test_a_secret_that_is_cut_is_redacted_wherever_it_starts(carrier: str) -> None:
    for before in range(100):
        for filler in ("x", '"', "\n"):
            text = filler * before + " " + carrier
            for shown in (one_line(text), quote(text), join_words((text,))):
                assert "Zq7" not in shown, shown


@pytest.mark.parametrize("length", [4, 79, 80, 81, 120])
def test_a_part_of_a_secret_is_redacted_as_long_as_it_is(length: int) -> None:
    secret = "".join(chr(ord("A") + number % 26) + str(number) for number in range(100))
    part = secret[:length]
    shown = redact_quoted(f"unknown {part}\u2026 and {part}, not {secret[:3]}", f"password={secret}")
    assert shown == f"unknown [redacted]\u2026 and [redacted], not {secret[:3]}"


def test_a_secret_of_few_characters_is_not_looked_for_in_what_quotes_it() -> None:
    assert redact_quoted('unknown rule "pwd"', "pwd=pwd, password=wd1") == 'unknown rule "pwd"'
    assert redact_quoted("unknown rule wd1", "password=wd1") == "unknown rule wd1"


def test_neighbouring_excerpts_ask_for_secrets_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    has_words = gate._has_words  # noqa: SLF001 (its readings are counted)

    def counted(text: str) -> bool:
        asked.append(len(text))
        return has_words(text)

    monkeypatch.setattr(gate, "_has_words", counted)
    text = '{"level": "bad"}, ' * 5_000
    shown = [excerpt(text, at + 1, at + 10, at + 15) for at in range(0, len(text), 18)]
    assert {each.span for each in shown} == {'"bad"'}
    assert sum(asked) <= 6 * len(text)


def test_a_secret_near_an_excerpt_is_redacted_wherever_it_is() -> None:
    for filler in range(0, 9_000, 450):
        text = f'{filler * "."} {{"level": "bad", "message": "password=hunter2"}} {9_000 * "."}'
        start = text.index('"bad"')
        assert "hunter2" not in "".join(excerpt(text, start, start, start + 60))
        assert "[redacted]" in "".join(excerpt(text, start, start, start + 5))


@pytest.mark.parametrize(
    ("before", "filler", "behind", "bound"),
    [
        ('setPassword("1', "a", '")', 5),
        ('setApiKey("B1', "a", '")', 18),
        ("| password | B1", "a", " | b |", 6),
        ("?sig=", "1", " b", 6),
        ("--password wrong ", "a", " is b", 37),
    ],
)
def test_a_value_is_a_secret_from_so_many_characters_on(before: str, filler: str, behind: str, bound: int) -> None:
    short, long = (redact(f"{before}{filler * number}{behind}") for number in (bound - 1, bound))
    assert (REDACTED in short, REDACTED in long) == (False, True)


def test_the_beginning_of_a_value_shows_if_it_has_digits() -> None:
    shown = [redact(f'setPassword("{"a" * number}1")') for number in (1023, 1024)]
    assert [REDACTED in each for each in shown] == [True, False]
