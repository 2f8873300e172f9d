"""Arrays read item by item: the same items, and the same places, however the text is cut into blocks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instanceview.model.limits import DEFAULTS
from instanceview.reading.json_texts.items import items, top_names
from instanceview.reading.json_texts.parse import NotJSONError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.json_texts.text_item import TextItem

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.text(st.characters() | st.sampled_from('"\\{}[],é\n')),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def blocks(text: str, size: int) -> list[bytes]:
    data = text.encode("utf-8", "surrogatepass")
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(values=st.lists(VALUES, max_size=4), indent=st.sampled_from([None, 1]), size=st.integers(1, 40))
def test_the_items_are_those_of_the_array(values: list[Any], indent: int | None, size: int) -> None:
    for path, whole in (((), values), (("log", "entries"), {"v": {"entries": 1}, "log": {"a": [], "entries": values}})):
        text = json.dumps(whole, indent=indent, ensure_ascii=False).encode("utf-8", "replace").decode()
        found = list(items(blocks(text, size), path))
        expected = json.loads(text)
        inside = [item.value() for item in found if item.beside is None]
        assert inside == (expected["log"]["entries"] if path else expected)
        beside = {item.beside: item.value() for item in found if item.beside is not None}
        assert beside == ({("v",): {"entries": 1}, ("log", "a"): []} if path else {})
        lines = text.split("\n")
        for item in found:
            first = item.data.decode().split("\n")[0]
            assert lines[item.line - 1][item.column - 1 :].startswith(first)


@pytest.mark.parametrize("levels", [11, 12, 13, 40, DEFAULTS.nesting - 1])
def test_items_may_be_nested_as_deep_as_a_document(levels: int) -> None:
    text = "[" + "[" * levels + "]" * levels + ', {"a": "]"}]'
    assert [json.dumps(item.value()) for item in items([text.encode()], ())] == [
        "[" * levels + "]" * levels,
        '{"a": "]"}',
    ]


BROKEN = {
    "[1, 2": (2, "not JSON: cut off, expected a comma", (1, 6)),
    "[1 2]": (1, 'not JSON: expected a comma, found "2"', (1, 4)),
    "[{},\n]": (1, "not JSON: a trailing comma; remove it", (1, 4)),
    "[{}]\n x": (1, 'not JSON: expected the end, found "x"', (2, 2)),
    '{"b": tru, "a": []}': (0, 'not JSON: expected a value, found "tru"', (1, 7)),
    '{"a": [1], b}': (
        1,
        'not JSON: expected a name in double quotes, found "b"; put the name in double quotes',
        (1, 12),
    ),
    '{"a": [1], "b": {"c" 1}}': (1, 'not JSON: expected a colon, found "1"; insert one before it', (1, 22)),
    '{"a": [1], "b': (1, 'not JSON: cut off, expected a name in double quotes, found "b"', (1, 12)),
    '{"a": [1], "b" ': (1, 'not JSON: cut off, expected a name in double quotes, found "b"', (1, 12)),
    '{"a": [1], "b" 1}': (1, 'not JSON: expected a colon, found "1"; insert one before it', (1, 16)),
    '{"a": [1], ': (1, "not JSON: cut off, expected a name in double quotes", (1, 12)),
    '{"a": [1]': (1, "not JSON: cut off, expected a comma", (1, 10)),
    "": (0, "empty; expected a JSON object", (1, 1)),
}


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize("size", [1, 1000])
def test_a_broken_text_gives_the_items_before_the_fault_and_its_place(text: str, size: int) -> None:
    found: list[TextItem] = []
    with pytest.raises(NotJSONError) as caught:
        found.extend(items(blocks(text, size), ("a",) if text.startswith("{") else ()))
    assert (len(found), caught.value.reason, (caught.value.line, caught.value.column)) == BROKEN[text]


def test_a_broken_item_has_its_place_in_the_file_and_the_next_one_is_read() -> None:
    one, two, three = items([b'[{},\n  {"a":\n tru},\n {}]'], ())
    with pytest.raises(NotJSONError) as caught:
        two.value()
    reason = 'not JSON: expected a value, found "tru"'
    assert (caught.value.reason, caught.value.line, caught.value.column) == (reason, 3, 2)
    assert (one.value(), three.value()) == ({}, {})


NAMES = {
    "[]": {},
    "": {},
    '{"a": 1, "log": {"x": {"y": 1}, "entries": [{"a': {"a": (), "log": ("x", "entries")},
    '{"a": {"b": 1, "c": 2}, "d": [1], "e"': {"a": ("b", "c"), "d": ()},
    '{"message": "\\"Entries\\": [", "Entries": [': {"message": (), "Entries": ()},
    '\ufeff {"a": 1}': {"a": ()},
}


@pytest.mark.parametrize("text", NAMES)
def test_the_names_at_the_top_are_those_of_members(text: str) -> None:
    assert top_names(text.encode()) == NAMES[text]


@pytest.mark.parametrize("size", [7, 64, 1000])
def test_no_more_is_read_than_an_item_and_what_is_known_to_follow(size: int) -> None:
    data = json.dumps([{"a": "x" * 40, "b": number} for number in range(1000)]).encode()
    read = 0

    def cut() -> Iterator[bytes]:
        nonlocal read
        for start in range(0, len(data), size):
            read += size
            yield data[start : start + size]

    for item in items(cut(), ()):
        assert read <= item.column + 3 * len(item.data) + 2 * size


@pytest.mark.parametrize("behind", ["hunter2}}", "hunter2, 1}}", "hunter2"])
@pytest.mark.parametrize("size", [1, 7, 4096, 2**20])
@pytest.mark.parametrize("filler", ["", "x" * 4000, "x" * 5000])
def test_a_secret_is_redacted_in_a_message_by_the_name_before_it(behind: str, size: int, filler: str) -> None:
    data = f'{{"log": {{"version": "{filler}", "entries": [], "password": {behind}'.encode()
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    with pytest.raises(NotJSONError) as raised:
        list(items(blocks, ("log", "entries")))
    assert "hunter2" not in raised.value.reason
