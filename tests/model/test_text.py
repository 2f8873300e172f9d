"""Text of an input is shown on one line, escaped and cut; nothing else of it is changed."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from secret_texts import HARMLESS, JWT, PEM_BEGIN, REDACTIONS

from instanceview.model.redaction import REDACTED, redact
from instanceview.model.text import LONGEST, cut, escape, join_words, one_line, quote

ESCAPES = {
    "a\tb\r\nc": "a\\tb\\r\\nc",
    "\x00\x1b[31m\x7f\x85": "\\u0000\\u001b[31m\\u007f\\u0085",
    "\u202egnp\u2066.\u200e\u061c": "\\u202egnp\\u2066.\\u200e\\u061c",
    "\u200b\u2060\ufeff\u00ad": "\\u200b\\u2060\\ufeff\\u00ad",
    "\u2028\u2029": "\\u2028\\u2029",
    "\ud800 \udfff": "\\ud800 \\udfff",
    "\U000e0041": "\\udb40\\udc41",
    "\u65e5\u672c \U0001f600 e\u0301 \\ \" '": "\u65e5\u672c \U0001f600 e\u0301 \\ \" '",
}
BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(("text", "expected"), ESCAPES.items(), ids=map(ascii, ESCAPES))
def test_what_could_move_or_hide_text_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


def hostile(text: str) -> list[str]:
    """Return the characters of a text that end a line, control a terminal, reorder text, or are unassigned."""
    return [
        ascii(character)
        for character in set(text)
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or (unicodedata.category(character) == "Cf" and unicodedata.bidirectional(character) in BIDI_CONTROLS)
    ]


def test_no_character_of_unicode_is_hostile_when_escaped() -> None:
    # The planes in between hold letters of one script alone, or nothing.
    everything = "".join(map(chr, (*range(0x20000), *range(0xE0000, 0xE1000))))
    assert len(hostile(everything)) > 2000
    assert hostile(escape(everything)) == []


def test_a_text_of_80_is_shown_whole_and_a_longer_one_cut() -> None:
    assert (cut("x" * 80), cut("x" * 81)) == ("x" * 80, "x" * 79 + "\u2026")
    assert (one_line("x" * 79 + "\n"), one_line("\n" * 41)) == ("x" * 79 + "\u2026", "\\n" * 39 + "\\\u2026")
    assert quote("x" * 1_000_000) == '"' + "x" * 79 + '\u2026"'
    assert quote('"' * 41) == '"' + '\\"' * 39 + '\\\u2026"'


QUOTES: tuple[tuple[object, str], ...] = (
    ("", '""'),
    ('say "hi"', '"say \\"hi\\""'),
    ("C:\\temp\n", '"C:\\\\temp\\n"'),
    (f"{JWT}\x1b", '"[redacted]\\u001b"'),
    (None, "null"),
    (True, "true"),
    (0, "0"),
    (-0.0, "-0.0"),
    (1e300, "1e+300"),
    ([], "an empty array"),
    ([[]], "an array of 1 item"),
    ({}, "an empty object"),
    ({"a": 1, "b": 2}, "an object with 2 members"),
)


@pytest.mark.parametrize(("value", "expected"), QUOTES, ids=[expected for _, expected in QUOTES])
def test_a_value_is_quoted_like_this(value: object, expected: str) -> None:
    assert quote(value) == expected


def test_words_are_listed_and_a_long_tail_is_counted() -> None:
    words = tuple(f"word{number}" for number in range(1, 14))
    assert join_words(()) == ""
    assert join_words(("a\nb", f"bearer {JWT}")) == "a\\nb, bearer [redacted]"
    assert join_words(words[:12]) == ", ".join(words[:12])
    assert join_words(words) == ", ".join(words[:12]) + " and 1 more"


PIECES = st.sampled_from([*REDACTIONS, *HARMLESS, *ESCAPES, JWT, PEM_BEGIN, "bearer ", "?sig=", REDACTED, '"', "\\"])
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=6).map("".join)


@settings(max_examples=500, deadline=None, database=None)
@given(TEXTS)
def test_whatever_is_shown_is_short_and_harmless(text: str) -> None:
    shown = one_line(text)
    assert (len(shown) <= LONGEST, hostile(shown)) == (True, [])
    quoted = quote(text)
    assert (len(quoted) <= LONGEST + 2, hostile(quoted)) == (True, [])
    if redact(text) == text and "\u2026" not in quoted:
        # A text that is shown whole is JSON; in it two halves side by side become one character.
        assert json.loads(quoted) == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
