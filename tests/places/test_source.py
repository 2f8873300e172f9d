"""Every key, value and object of a JSON text is found at its place; columns count characters, lines line feeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest
from drawn import JSON_VALUES, Writer, values_at, writers
from hypothesis import given, settings

from instanceview.places.source import Source, source_of_pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.places.spans import Path


class Place(NamedTuple):
    """The place of a value: line and column of its key (None without one) and of itself, and its text."""

    key: tuple[int, int] | None
    value: tuple[int, int]
    text: str


TEXTS: dict[str, dict[Path, Place]] = {
    "7": {(): Place(None, (1, 1), "7")},
    ' \n "a" ': {(): Place(None, (2, 2), '"a"')},
    "[]": {(): Place(None, (1, 1), "[]")},
    '{"a": 1, "b": {"c": true}}': {
        (): Place(None, (1, 1), '{"a": 1, "b": {"c": true}}'),
        ("a",): Place((1, 2), (1, 7), "1"),
        ("b",): Place((1, 10), (1, 15), '{"c": true}'),
        ("b", "c"): Place((1, 16), (1, 21), "true"),
    },
    '{\r\n\t"a"\r\n: [ -1.5e3\r\n,null]\r\n}': {
        (): Place(None, (1, 1), '{\r\n\t"a"\r\n: [ -1.5e3\r\n,null]\r\n}'),
        ("a",): Place((2, 2), (3, 3), "[ -1.5e3\r\n,null]"),
        ("a", 0): Place(None, (3, 5), "-1.5e3"),
        ("a", 1): Place(None, (4, 2), "null"),
    },
    '{"\u65e5\u672c": "\U0001f600", "\U0001f468\u200d\U0001f469": 1,\u0020"e\u0301": 2}': {
        (): Place(None, (1, 1), '{"\u65e5\u672c": "\U0001f600", "\U0001f468\u200d\U0001f469": 1, "e\u0301": 2}'),
        ("\u65e5\u672c",): Place((1, 2), (1, 8), '"\U0001f600"'),
        ("\U0001f468\u200d\U0001f469",): Place((1, 13), (1, 20), "1"),
        ("e\u0301",): Place((1, 23), (1, 29), "2"),
    },
    r'{"a\"}": "]\\", "b\\": "\"", "\u0063/d~": "\ud83d\ude00", "\ud800": ","}': {
        (): Place(None, (1, 1), r'{"a\"}": "]\\", "b\\": "\"", "\u0063/d~": "\ud83d\ude00", "\ud800": ","}'),
        ('a"}',): Place((1, 2), (1, 10), r'"]\\"'),
        ("b\\",): Place((1, 17), (1, 24), r'"\""'),
        ("c/d~",): Place((1, 30), (1, 43), r'"\ud83d\ude00"'),
        ("\ud800",): Place((1, 59), (1, 69), '","'),
    },
    '[{"a": [ ]}, {}]': {
        (): Place(None, (1, 1), '[{"a": [ ]}, {}]'),
        (0,): Place(None, (1, 2), '{"a": [ ]}'),
        (0, "a"): Place((1, 3), (1, 8), "[ ]"),
        (1,): Place(None, (1, 14), "{}"),
    },
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items(), ids=map(ascii, TEXTS))
def test_every_place_of_a_text(text: str, expected: dict[Path, Place]) -> None:
    source = Source(text)
    found = {
        path: Place(
            None if span.key is None else source.line_and_column(span.key),
            source.line_and_column(span.start),
            text[span.start : span.end],
        )
        for path, span in source.spans().by_path.items()
    }
    assert found == expected


def test_a_document_within_a_text_has_the_lines_of_the_whole() -> None:
    text = '[1,\n {"a":\n  2}\n,3 ]'
    source = Source(text, 5)
    assert {path: source.line_and_column(span.start) for path, span in source.spans().by_path.items()} == {
        (): (2, 2),
        ("a",): (3, 3),
    }
    assert source.spans().by_path[()].end == 15


def test_a_line_of_many_has_the_number_that_it_is_given() -> None:
    source = Source(' {"a": 1}', lines=(40,))
    assert source.line_and_column(source.spans().by_path["a",].start) == (40, 8)


@settings(max_examples=400, deadline=None, database=None)
@given(JSON_VALUES, writers(repeats=True))
def test_the_text_at_a_place_is_the_value_at_its_path(value: object, writer: Writer) -> None:
    text = writer.write(value)
    spans = Source(text).spans().by_path
    for path, expected in values_at(json.loads(text)):
        span = spans[path]
        assert repr(json.loads(text[span.start : span.end])) == repr(expected)
        if path and isinstance(path[-1], str):
            assert span.key is not None
            assert json.loads(text[span.key : span.key_end]) == path[-1]


LONG = "a\n" * 300 + "b" * 20_000 + "\n\n" + "c" * 5_000 + "\r\nd"


@pytest.mark.parametrize("cut", [Source.by_lines, Source.in_pieces], ids=["by lines", "in pieces"])
def test_places_in_short_pieces_are_those_in_one(cut: Callable[[Source], Source]) -> None:
    whole = Source(LONG, lines=(7,), columns=(3,))
    pieces = cut(whole)
    assert [pieces.line_and_column(offset) for offset in range(0, len(LONG) + 1, 7)] == [
        whole.line_and_column(offset) for offset in range(0, len(LONG) + 1, 7)
    ]
    ends = [*pieces.starts[1:], len(LONG)]
    assert max(end - begin for begin, end in zip(pieces.starts, ends, strict=True)) <= 4096
    assert cut(pieces) is pieces


def test_a_long_piece_beside_short_ones_is_cut() -> None:
    whole = source_of_pieces([("a\n", (3, 9)), (LONG, (4, 1)), ("b\n", (900, 5))])
    pieces = whole.in_pieces()
    ends = [*pieces.starts[1:], len(whole.text)]
    assert max(end - begin for begin, end in zip(pieces.starts, ends, strict=True)) <= 4096
    for offset in (0, 1, 2, 3, 700, 9_000, 25_000, len(whole.text) - 2, len(whole.text) - 1):
        assert pieces.line_and_column(offset) == whole.line_and_column(offset)


def test_a_text_of_short_lines_has_few_pieces_unless_it_is_read_by_lines() -> None:
    text = "a\n" * 100
    assert (len(Source(text).in_pieces().starts), len(Source(text).by_lines().starts)) == (1, 101)


REPEATED: dict[str, list[Path]] = {
    '{"a": 1, "b": 2}': [],
    '{"x": 1, "x": 2, "a": {"b": 1, "b": 2}, "a": 3}': [("x",), ("a",)],
    '{"a": {"b": 1, "b": 2}, "a": {"b": 3, "b": 4}, "a": {"b": 5, "b": 6}}': [("a",), ("a",), ("a", "b")],
    '{"a": {"b": 1}, "a": [{"c": 1, "c": 2}, {"c": 3, "c": 4}], "a": 5, "a": {"d": 6, "d": 7}}': (
        [("a",), ("a",), ("a",), ("a", "d")]
    ),
    '[{"a": 1, "a": 2}, {"a": {"b": 1, "b": 2, "b": 3}}]': [(0, "a"), (1, "a", "b"), (1, "a", "b")],
}


@pytest.mark.parametrize(("text", "paths"), REPEATED.items(), ids=REPEATED)
def test_a_repeated_key_is_found_unless_its_object_is_replaced(text: str, paths: list[Path]) -> None:
    for source, start in ((Source(text), 0), (Source(f"[1,\n {text}", 4), 5)):
        found = source.duplicates()
        assert [each.path for each in found] == paths
        assert source.spans().duplicates == found
        for each in found:
            name = json.dumps(each.path[-1])
            assert source.text.startswith(name, each.key)
            assert source.text.startswith(name, each.first)
            assert start < each.first < each.key
