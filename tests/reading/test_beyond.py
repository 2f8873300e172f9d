"""Values and lines that are larger than a document may be: they are passed at any block, and the others keep places."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
import yaml

from instanceview import check_text
from instanceview.model.limits import DEFAULTS
from instanceview.reading.files import stream
from instanceview.reading.files.stream import Stream
from instanceview.reading.http.lines import Line, Lines
from instanceview.reading.json_texts.items import items
from instanceview.reading.yaml_texts.cassette_items import BrokenPiece, Interaction, interactions
from instanceview.running.lines import chunks_of_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 40
LIMITS = DEFAULTS._replace(document_size=MOST)
BLOCKS = (1, 2, 3, 7, 39, 40, 41, 100, 100_000)
SMALL = [{"a": 1}, "b", 3, [], "\\", "é" * 10, {"c": ["}", "]"]}]
LONG = [
    {"a": "x" * 60},
    "x" * 60,
    '"' * 30,
    "\\" * 40,
    "}]" * 30,
    [[["é"]]] * 12,
    {"deep": [[[[[[[[[[[[[["x" * 30, {}]]]]]]]]]]]]]]},
    int("7" * 60),
    "\n" * 30,
    # As long as a document may be, and one more; the end of a number is seen after it alone.
    int("7" * MOST),
    int("7" * (MOST + 1)),
    "y" * (MOST - 2),
    "y" * (MOST - 1),
]


def arrays() -> Iterator[list[object]]:
    """Yield arrays with a long item at each place, and with several."""
    for number, long in enumerate(LONG):
        place = number % (len(SMALL) + 1)
        yield [*SMALL[:place], long, *SMALL[place:]]
    yield [each for pair in zip(LONG, SMALL, strict=False) for each in pair]
    yield LONG
    yield [LONG[0]]


def cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", BLOCKS)
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("path", [(), ("log", "entries")])
def test_items_that_are_too_large_are_passed(size: int, indent: int | None, path: tuple[str, ...]) -> None:
    for array in arrays():
        holder: object = array
        for name in reversed(path):
            holder = {"before": "x" * 60, name: holder, "after": 1}
        data = json.dumps(holder, indent=indent, ensure_ascii=False).encode()
        plain = list(items([data], path))
        found = list(items(cut(data, size), path, LIMITS))
        assert [(each.number, each.line, each.column) for each in found] == [
            (each.number, each.line, each.column) for each in plain
        ]
        assert [each.is_beyond for each in found] == [len(each.data) > MOST for each in plain]
        assert [each.data for each in found if not each.is_beyond] == [
            each.data for each in plain if len(each.data) <= MOST
        ]


@pytest.mark.parametrize("size", BLOCKS)
def test_an_item_that_is_too_large_and_cut_off_is_the_last_one(size: int) -> None:
    for text in ('[1, {"a": "' + "x" * 60, '[1, "' + "x" * 60, "[1, " + "[" * 60, '[1, "' + "\\" * 60):
        found = list(items(cut(text.encode(), size), (), LIMITS))
        assert [(each.number, each.is_beyond) for each in found] == [(0, False), (1, True)]


@pytest.mark.parametrize("size", BLOCKS)
@pytest.mark.parametrize("least", [1, 10, 1000])
def test_lines_that_are_too_long_are_passed(size: int, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", size)
    lines = [b"{}", b"x" * 41, b"y" * 40, b"", b"z" * 90, b"w" * 300, b"{}", b"v" * 41]
    for end in (b"", b"\n", b"\n{}"):
        data = b"\n".join(lines) + end
        numbers = {number for number, line in enumerate(data.split(b"\n"), start=1) if len(line) > MOST}
        found = list(Stream(io.BytesIO(data), limits=LIMITS).lines(MOST))
        assert found == [None if len(line) > MOST else line for line in data.split(b"\n")]
        read: dict[int, bytes] = {}
        for task in chunks_of_lines("a", Stream(io.BytesIO(data), limits=LIMITS), least):
            if task.is_beyond:
                read[task.first_line] = b"beyond"
            else:
                parts = enumerate(task.data().split(b"\n"), start=task.first_line)
                read.update({number: line for number, line in parts if line})
        expected = {number: line for number, line in enumerate(data.split(b"\n"), start=1) if line}
        # What is too long and in the midst of a chunk is refused when it is read.
        assert {number for number, line in read.items() if line == b"beyond"} <= numbers
        assert {**expected, **dict.fromkeys(numbers, b"")} == {
            number: b"" if number in numbers else line for number, line in read.items()
        }


@pytest.mark.parametrize("size", [30, 41, 100, 100_000])  # the first block shows that it is a cassette
def test_interactions_that_are_too_large_are_passed(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", size)
    texts = ["a", "x" * 300, "b", "y" * 200, "z" * 5000]
    data = yaml.safe_dump({"interactions": [{"request": {"uri": text}} for text in texts]}, width=10_000).encode()
    whole = Stream(io.BytesIO(data), limits=DEFAULTS._replace(document_size=100))
    found = list(interactions(whole, lambda _: True))
    assert [(each.number, isinstance(each, BrokenPiece)) for each in found] == [
        (number, len(text) > 80) for number, text in enumerate(texts)
    ]
    lines = [each.line if isinstance(each, BrokenPiece) else _line(each) for each in found]
    assert lines == [2, 4, 6, 8, 10]
    reason = "the interaction is larger than 100 bytes; --max-document-size raises the limit"
    assert {each.reason for each in found if isinstance(each, BrokenPiece)} == {reason}


def _line(item: Interaction) -> int:
    return item.source.line_and_column(item.node.start)[0]


URL = "https://management.azure.com/subscriptions/a/resourceGroups/b/providers/Microsoft.Compute/virtualMachines/c"
SHELL = f"""\
DEBUG: ============================ HTTP REQUEST ============================

HTTP Method:
GET

Absolute Uri:
{URL}/instanceView?api-version=2024-07-01

DEBUG: ============================ HTTP RESPONSE ============================

Status Code:
%s

Body:
%s
"""
TEXTS = {
    "curl.http": f"GET {URL}/instanceView?api-version=2024-07-01 HTTP/1.1\n\nHTTP/1.1 %s X\nA: b\n\n%s\n",
    "az.log": (
        f"msrest.http_logger : Request URL: '{URL}/instanceView?api-version=2024-07-01'\n"
        "msrest.http_logger : Request method: 'GET'\n"
        "msrest.http_logger : Response status: %s\nmsrest.http_logger : Response content:\n%s\n"
    ),
    "powershell.log": SHELL,
}
BODY = '{\n"statuses": []}'
MUCH = '{"statuses": [\n' + ",\n".join(["{}"] * 20_000) + "]}"


@pytest.mark.parametrize("name", TEXTS)
def test_a_body_that_is_too_large_is_one_line(name: str) -> None:
    limits = DEFAULTS._replace(document_size=len(BODY))
    reason = f"the body is larger than {len(BODY)} bytes; limits=Limits(document_size=...) raises the limit"
    assert check_text(TEXTS[name] % (200, BODY), limits=limits).documents == 1
    # A file that is in memory is then searched as any text is, which finds the same once more.
    assert [each.reason for each in check_text(TEXTS[name] % (200, MUCH), limits=limits).unreadable] == [reason]
    failed = check_text(TEXTS[name] % (404, MUCH), limits=limits)
    assert not failed.documents
    assert reason not in {each.reason for each in failed.unreadable}


def test_of_a_body_that_is_too_large_no_more_is_kept() -> None:
    lines = Lines(LIMITS)
    for number in range(10_000):
        lines.add(Line(number, b"x" * 80))
    assert lines.is_beyond
    assert len(lines.data()) <= MOST + (1 << 16)


def test_a_status_of_many_digits_is_none() -> None:
    assert check_text(SHELL % ("9" * 5000, BODY)).documents == 1
