"""Bodies in strings of a file: each character of the body has its own place in the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instanceview.places.body import Body, OffsetMap, in_json_string, json_offsets, slice_of
from instanceview.places.part import Part
from instanceview.places.source import Source

TEXTS = st.text(st.characters() | st.sampled_from('\n\r\t"\\/\U0001f600é{}'), min_size=1)


@given(before=TEXTS, text=TEXTS, is_ascii=st.booleans())
def test_a_character_that_is_written_as_itself_is_at_its_offset(before: str, text: str, *, is_ascii: bool) -> None:
    holder = json.dumps([before, text], ensure_ascii=is_ascii)
    start = Source(holder).spans().by_path[1,].start
    offsets = json_offsets(holder, start)
    for offset, character in enumerate(text):
        there = holder[offsets.offset(offset) :]
        assert there.startswith(
            (character, json.dumps(character)[1:-1], json.dumps(character, ensure_ascii=False)[1:-1])
        )


@pytest.mark.parametrize("path", [("body",), ("answers", 1, "text")])
def test_a_body_has_lines_and_columns_of_the_file(path: tuple[str | int, ...]) -> None:
    body = '{\r\n "é": "\\n",\r\n "level": 1}'
    file = json.dumps({"body": body, "answers": [None, {"text": body}]}, indent=1)
    places = in_json_string(Source(file, lines=(11,), columns=(5,)), path, body)
    span = places.spans().by_path["level",]
    line, column = places.line_and_column(span.start)
    assert file.split("\n")[line - 11][column - 1 :].startswith("1}")
    assert places.inside(span.start) is None


def test_a_decoded_body_begins_where_its_string_does_and_has_the_place_inside() -> None:
    file = '{\n "body": "e30K"}'
    places = in_json_string(Source(file), ("body",), '{}\n {"a": 1}', exact=False)
    assert (places.line_and_column(5), places.inside(5)) == ((2, 10), (2, 3))


def test_a_part_has_the_places_below_its_path() -> None:
    text = '{"a": {"b": [1, {"c": 2, "c": 3}]}}'
    part = Part(Source(text), ("a", "b"))
    spans = part.spans()
    assert spans.by_path.keys() == {(), (0,), (1,), (1, "c")}
    assert text[spans.by_path[1, "c"].start] == "3"
    assert [(each.path, text[each.key :][:6]) for each in spans.duplicates] == [((1, "c"), '"c": 3')]


def test_offsets_are_looked_for_once() -> None:
    calls = []

    def find() -> OffsetMap:
        calls.append(1)
        return OffsetMap([0], [0])

    body = Body("{}", Source("{}"), find)
    assert (body.line_and_column(0), body.line_and_column(1), len(calls)) == ((1, 1), (1, 2), 1)


def test_a_slice_of_a_text_has_its_places() -> None:
    text = 'log: \n  {"a":\n 1} end'
    part = slice_of(Source(text), 8, 17)
    assert part.text == '{"a":\n 1}'
    span = part.spans().by_path["a",]
    assert span.key is not None
    assert (part.line_and_column(span.key), part.line_and_column(span.start)) == ((2, 4), (3, 2))
    assert part.inside(span.start) is None


def test_a_part_has_the_repeated_keys_in_it_and_not_its_own() -> None:
    whole = Source('{"a": 1, "b": 2, "b": 3, "a": {"c": 1, "c": 2}}')
    part = Part(whole, ("a",))
    assert [each.path for each in part.spans().duplicates] == [("c",)]
    assert [each.path for each in part.duplicates()] == [("c",)]
    assert Part(whole, ()).spans() == whole.spans()
