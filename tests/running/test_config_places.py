"""Every key and value of a TOML text has its place, in any notation."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instanceview.places.source import line_and_column
from instanceview.running.configuration.toml_places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path

# A text, and the line and column of key and value of some of its places.
CASES: dict[str, tuple[str, dict[Path, tuple[int, int, int, int]]]] = {
    "plain": ("a = 1\n b=2", {("a",): (1, 1, 1, 5), ("b",): (2, 2, 2, 4)}),
    "table": ("[a.b]\n\nc = 1", {("a", "b"): (1, 1, 1, 1), ("a", "b", "c"): (3, 1, 3, 5)}),
    "dotted": ("a . b.c = 1", {("a",): (1, 1, 1, 1), ("a", "b", "c"): (1, 1, 1, 11)}),
    "quoted keys": ("\"a=b\".'c]d' = 1", {("a=b", "c]d"): (1, 1, 1, 15)}),
    "escaped key": ('"\\u0061" = 1', {("a",): (1, 1, 1, 12)}),
    "tables of an array": (
        "[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n[[a.e]]\nf = 4",
        {
            ("a",): (1, 1, 1, 1),
            ("a", 0, "b"): (2, 1, 2, 5),
            ("a", 1): (3, 1, 3, 1),
            ("a", 1, "b"): (4, 1, 4, 5),
            ("a", 1, "c", "d"): (6, 1, 6, 5),
            ("a", 1, "e", 0, "f"): (8, 1, 8, 5),
        },
    ),
    "array over lines": (
        "a = [ # ]\n  'x', # first\n  [1,\n2],\n]\nb = 3",
        {("a", 0): (2, 3, 2, 3), ("a", 1, 1): (4, 1, 4, 1), ("b",): (6, 1, 6, 5)},
    ),
    "inline table": (
        "a = {b = {c.d = [1]}, e=2}",
        {("a", "b", "c", "d", 0): (1, 18, 1, 18), ("a", "e"): (1, 23, 1, 25)},
    ),
    "date and time": ("a = 2024-07-01 12:00:00\nb = 1", {("b",): (2, 1, 2, 5)}),
    "texts over lines": (
        'a = """\nb = 1 "quoted" \\"""\n# no comment"""""\nc = \'\'\'\n[x]\'\'\'\'\nd = 1',
        {("c",): (4, 1, 4, 5), ("d",): (6, 1, 6, 5)},
    ),
    "carriage returns": ("a = 1\r\n[b]\r\nc = 2\r\n", {("b", "c"): (3, 1, 3, 5)}),
    "characters of several bytes": ('"é" = "日本"\nb = 1 # 日\nc = 2', {("c",): (3, 1, 3, 5)}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_key_and_its_value_have_their_places(name: str) -> None:
    text, expected = CASES[name]
    found = places(text)
    shown = {at: (*line_and_column(text, found[at].key), *line_and_column(text, found[at].value)) for at in expected}
    assert shown == expected
    assert set(paths(tomllib.loads(text))) <= set(found)


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the path of everything below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield (*path, step)
        yield from paths(item, (*path, step))


def toml(value: object) -> str:
    """Return a JSON value as TOML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(name)} = {toml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(map(toml, value)) + "]"
    return quoted(value) if isinstance(value, str) else str(value).lower()


def quoted(text: str) -> str:
    return (
        '"' + "".join(each if each.isalnum() or each in " #[]{}=,'" else f"\\U{ord(each):08x}" for each in text) + '"'
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
VALUES = st.recursive(
    st.integers(-9, 9) | st.booleans() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_the_text_at_a_place_is_the_value_there(content: dict[str, object]) -> None:
    text = "\n".join(f"{quoted(name)} = {toml(value)}" for name, value in content.items())
    assert tomllib.loads(text) == content
    found = places(text)
    assert set(found) == set(paths(content))
    for path in paths(content):
        value: object = content
        for step in path:
            value = value[step]  # type: ignore[index]  # the path is that of the value
        assert text.startswith(toml(value), found[path].value)
        assert isinstance(path[-1], int) or text.startswith(quoted(path[-1]), found[path].key)
