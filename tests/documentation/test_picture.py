"""The picture in README shows what the program prints, and is well-formed."""

from __future__ import annotations

import doctest
import re
from xml.etree import ElementTree as ET

import picture
from picture import Run

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_the_words_of_the_report_in_their_order() -> None:
    ((_, text),) = picture.fresh()
    shown = [element.text or "" for element in ET.fromstring(text).iter(f"{SVG}text")]  # noqa: S314 (our own)
    report = re.sub(r"\x1b\[\d*m", "", picture.printed())
    assert "".join(shown[1:]).replace(" ", "") == re.sub(r"\s", "", report)
    assert "0 conformant; 3 errors" in report


def test_colours_become_classes_and_characters_are_escaped() -> None:
    text = picture.svg(["\x1b[31m<&>\x1b[0m"])
    assert f'class="error">{"&lt;&amp;&gt;"}</text>' in text
    assert 'textLength="24"' in text
    assert "prefers-color-scheme:dark" in text


def test_a_long_line_goes_on_in_the_next() -> None:
    assert doctest.testmod(picture) == (0, 2)
    assert [len(row[0].text) for row in picture.wrapped([Run("", "x" * 25)], 10)] == [10, 10, 9]
