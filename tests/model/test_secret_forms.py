"""Forms of secrets: the secret is redacted exactly, and ordinary texts stay as they are."""

from __future__ import annotations

import json
import re
import tracemalloc
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from changed_secrets import expected, marks, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from instanceview.model.redaction import REDACTED, kind_of_secret, redact, redact_parts
from instanceview.model.secrets import values
from instanceview.model.secrets.gate import SECRET_MARKS, may_hold_secret
from instanceview.model.secrets.layers import layers
from instanceview.model.secrets.search import secrets_in

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[1] / "data" / "secrets"
FORMS = json.loads((DATA / "forms.json").read_text(encoding="utf-8"))
EDGES = json.loads((DATA / "edges.json").read_text(encoding="utf-8"))
ORDINARY = json.loads((DATA / "ordinary.json").read_text(encoding="utf-8"))
TEXTS, CHANGED = texts(), expected()


@pytest.mark.parametrize("form", FORMS, ids=[each["name"] for each in FORMS])
def test_a_form_of_a_secret_is_redacted_and_the_rest_stays(form: dict[str, str]) -> None:
    # Parts are joined, so that nobody who scans the file for secrets finds one.
    text = "".join(form["text"])
    shown = redact(text)
    assert shown == "".join(form["shown"])
    assert "".join(form["secret"]) not in shown
    assert redact(shown) == shown
    assert kind_of_secret(text) == form["kind"]


@pytest.mark.parametrize("form", FORMS, ids=[each["name"] for each in FORMS])
def test_a_form_of_a_secret_has_a_mark_that_the_scan_of_a_document_looks_for(form: dict[str, str]) -> None:
    text = "".join(form["text"])
    assert may_hold_secret(text)
    assert re.search("|".join(SECRET_MARKS), text) or re.search(r"\\u00[0-7]", json.dumps(text)) or not text.isascii()


@pytest.mark.parametrize("edge", EDGES, ids=[each["name"] for each in EDGES])
def test_a_text_at_the_edge_of_a_decision_is_shown_like_this(edge: dict[str, str]) -> None:
    text = "".join(edge["text"])
    assert redact(text) == "".join(edge["shown"])
    assert not edge["kind"] or kind_of_secret(text) == edge["kind"]


@pytest.mark.parametrize("name", TEXTS)
def test_each_character_of_a_text_changes_what_is_redacted_like_this(name: str) -> None:
    assert marks(TEXTS[name]) == CHANGED[name]


@pytest.mark.parametrize("text", ORDINARY, ids=ascii)
def test_an_ordinary_text_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("text", ["provisioned", "gr\u00f6\u00dfe", "\u6210\u529f", "\ue000\u2010"], ids=ascii)
def test_a_text_without_a_mark_needs_no_search(text: str) -> None:
    assert not may_hold_secret(text)


def test_a_document_has_its_forms_redacted_one_by_one() -> None:
    text = "\n".join("".join(form["text"]) for form in FORMS[:3])
    assert redact(text).count(REDACTED) >= 3


@pytest.mark.parametrize("form", FORMS[::9], ids=[each["name"] for each in FORMS[::9]])
def test_two_parts_of_a_text_show_the_secrets_in_each(form: dict[str, str]) -> None:
    text = "".join(form["text"])
    # Each character of a secret becomes one that no text has, so that the characters of a part say which secret it has.
    marked = list(text)
    for number, secret in enumerate(secrets_in(text)):
        marked[secret.start : secret.end] = chr(0xE000 + number) * (secret.end - secret.start)
    for cut in range(len(text) + 1):
        expected = [re.sub(r"([\ue000-\uf8ff])\1*", REDACTED, "".join(part)) for part in (marked[:cut], marked[cut:])]
        assert redact_parts(text, (0, cut), (cut, len(text))) == expected


ENCODINGS = (
    lambda text: quote(text, safe=""),
    lambda text: json.dumps(text)[1:-1],
    lambda text: "".join(f"\\u{ord(each):04x}" for each in text),
    lambda text: "".join(f"%u{ord(each):04x}" for each in text),
    lambda text: "".join(f"\\x{ord(each):02x}" for each in text),
    lambda text: "".join(f"&#{ord(each)};" for each in text),
    escape,
)


@settings(max_examples=100, deadline=None, database=None)
@given(st.lists(st.sampled_from(ENCODINGS), max_size=3))
def test_a_secret_that_is_encoded_is_redacted_with_its_escapes_alone(encodings: list[Callable[[str], str]]) -> None:
    parts = ["\u00a3 <\"a\\b'> &password=", "hunt=%er\u00fc", ' "c" <d>']
    for encode in encodings:
        parts = [encode(part) for part in parts]
    assert redact("".join(parts)) == f"{parts[0]}{REDACTED}{parts[2]}"


def test_what_is_encoded_more_than_five_times_stays() -> None:
    text = "%" + 9 * "25" + "41"
    assert [len(text) - len(layer.text) for layer in layers(text)] == [0, 2, 4, 6, 8, 10]


@pytest.mark.parametrize("piece", ["|password", "pwd|a", "|sig"])
def test_a_row_of_names_is_read_once_and_not_again_for_each_name(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    bare = values._BARE  # noqa: SLF001 (its reading is counted)

    class Counted:
        def match(self, text: str, start: int) -> re.Match[str] | None:
            found = bare.match(text, start)
            read.append(found.end() - start if found else 0)
            return found

    monkeypatch.setattr(values, "_BARE", Counted())
    text = piece * 200
    assert redact(text) == text
    assert 0 < sum(read) <= 2 * len(text)


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("", "|password"),
        ("password: ", "! "),
        ("password: |\n a", "\n "),
        ("password: " + 60 * "a", "\naaaa"),
        (f"eyJ{20 * 'a'}", "."),
        (f"eyJ{20 * 'a'}.eyJ{20 * 'a'}", "."),
        ("private-lines: 3", " a"),
        ("pwd=", "/a"),
    ],
)
def test_no_expression_remembers_each_repetition(before: str, piece: str) -> None:
    text = before + piece * (20_000 // len(piece))
    redact(text)  # what is loaded or compiled once
    tracemalloc.start()
    redact(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 20 * len(text)
