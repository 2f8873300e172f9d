"""Every character of a YAML scalar is mapped to its offset in the file."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_cases import every_loader, reading_with

from instanceview.places.body import OffsetMap
from instanceview.reading.yaml_texts.scalars import scalar_offsets
from instanceview.reading.yaml_texts.trees import Tree, trees

LETTERS = st.sampled_from("ab\"'\\{}:, -#\n\r\t|>&*%?0\u00e9\u65e5\U0001f600\x07\x85\u2028\ufeff")
TEXTS = st.one_of(st.text(LETTERS, max_size=80), st.text(max_size=40))


class _Styled(str):
    """A text that is dumped in a style of its own."""

    __slots__ = ()


def dump(text: str, style: str | None, options: dict[str, Any]) -> str:
    class Dumper(yaml.SafeDumper):
        pass

    Dumper.add_representer(
        _Styled, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style=style)
    )
    dumped: str = yaml.dump({"response": {"body": _Styled(text), "code": 200}}, Dumper=Dumper, **options)
    return dumped


def offsets_in(text: str) -> tuple[OffsetMap, str]:
    tree = next(trees(text, lambda offset: text.count("\n", 0, offset) + 1))
    assert isinstance(tree, Tree), tree
    scalar = tree.root.at(("response", "body"))
    assert scalar is not None
    value = scalar.value if isinstance(scalar.value, str) else text[scalar.start : scalar.end]
    return scalar_offsets(text, scalar.start, scalar.end, value), value


def is_written(text: str, offset: int, letter: str) -> bool:
    """Return True if a letter of a value is at an offset, or what makes it: an escape, or a line break."""
    there = text[offset]
    is_made = there == "\\" and '"' in text[:offset]
    return there == letter or is_made or (letter.isspace() and there.isspace())


@pytest.mark.parametrize("style", ['"', "'", "|", ">", None], ids=["double", "single", "literal", "folded", "plain"])
@settings(max_examples=400, deadline=None, database=None)
@given(data=st.data(), value=TEXTS)
def test_each_character_is_mapped_to_its_offset(style: str | None, value: str, data: st.DataObject) -> None:
    options = {
        "width": data.draw(st.sampled_from([20, 80, 10_000])),
        "allow_unicode": data.draw(st.booleans()),
        "indent": data.draw(st.integers(2, 6)),
        "line_break": data.draw(st.sampled_from(["\n", "\r\n"])),
    }
    text = dump(value, style, options)
    offsets, read = offsets_in(text)
    assert offsets.exact
    wrong = [
        (index, letter) for index, letter in enumerate(read) if not is_written(text, offsets.offset(index), letter)
    ]
    assert wrong == []
    assert list(offsets.inside) == sorted(set(offsets.inside))


CASES = {
    "double": (r'"a\x41\u00e9\U0001F600\"b"', r"a\\\\b"),
    "double-folded": ('"a \n\n    b\\\n    \\ c"', "a b\\c"),
    "single": ("'it''s'", "it's"),
    "single-folded": ("'a\n    b'", "a\nb"),
    "plain-folded": ("a\n    b # c", "a\nb"),
    "literal": ("|-\n    a\n\n      b", "a\n\n  b"),
    "literal-indented": ("|2-\n      a", "  a"),
    "literal-with-end": ("|+ # all\n   a\n\n", "a\n\n\n"),
    "folded": (">-\n   a\n   b\n\n   c", "a\nb\nc"),
}


@every_loader
@pytest.mark.parametrize(("scalar", "written"), CASES.values(), ids=CASES)
def test_this_is_written_at_the_places_of_its_characters(scalar: str, written: str, loader: str) -> None:
    text = f"response:\n  body: {scalar}\n"
    with reading_with(loader):
        offsets, value = offsets_in(text)
    places = [offsets.offset(index) for index in range(len(value))]
    assert offsets.exact
    assert "".join(text[place] for place in places) == written
    assert places == sorted(set(places))


def test_a_value_that_the_text_does_not_give_has_the_place_of_its_beginning_alone() -> None:
    assert scalar_offsets('body: "a\\tb"', 6, 12, "a b") == OffsetMap([0], [6], exact=False)
    assert scalar_offsets("body: |\n  ab\n", 6, 12, "ac\n") == OffsetMap([0], [6], exact=False)
    assert scalar_offsets("body: *alias", 6, 12, "text") == OffsetMap([0], [6], exact=False)
