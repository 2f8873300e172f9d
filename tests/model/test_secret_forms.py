"""Forms of secrets: the secret is redacted exactly, and ordinary texts stay as they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from instanceview.model.text import REDACTED, SECRET_MARKS, may_hold_secret, redact

DATA = Path(__file__).parents[1] / "data" / "secrets"
FORMS = json.loads((DATA / "forms.json").read_text(encoding="utf-8"))
ORDINARY = json.loads((DATA / "ordinary.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", FORMS, ids=[each["name"] for each in FORMS])
def test_a_form_of_a_secret_is_redacted_and_the_rest_stays(form: dict[str, str]) -> None:
    # Parts are joined, so that nobody who scans the file for secrets finds one.
    text = "".join(form["text"])
    shown = redact(text)
    assert shown == "".join(form["shown"])
    assert "".join(form["secret"]) not in shown
    assert redact(shown) == shown


@pytest.mark.parametrize("form", FORMS, ids=[each["name"] for each in FORMS])
def test_a_form_of_a_secret_has_a_mark_that_the_scan_of_a_document_looks_for(form: dict[str, str]) -> None:
    text = "".join(form["text"])
    assert may_hold_secret(text)
    assert re.search("|".join(SECRET_MARKS), text) or re.search(r"\\u00[0-7]", json.dumps(text)) or not text.isascii()


@pytest.mark.parametrize("text", ORDINARY, ids=ascii)
def test_an_ordinary_text_stays(text: str) -> None:
    assert redact(text) == text


def test_a_document_has_its_forms_redacted_one_by_one() -> None:
    text = "\n".join("".join(form["text"]) for form in FORMS[:3])
    assert redact(text).count(REDACTED) >= 3
