"""Logs of containers: texts that Docker cut, writers that alternate, and texts that no bracket closes."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from instanceview import check_text
from instanceview.model.document import Document, Origin
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of

VIEW = {"statuses": [{"code": "PowerState/running", "level": "Infos"}]}
CUT = 16 << 10  # bytes after which Docker cuts a line


def record(text: str, stream: str = "stdout") -> str:
    return json.dumps({"log": text, "stream": stream, "time": "2024-05-06T07:08:09.123Z"})


def places(*records: str) -> list[tuple[int | None, int | None]]:
    report = check_text("\n".join(records))
    assert report.unreadable == ()
    return [(each.origin.line, each.origin.column) for each in report.findings if each.rule == "value-not-allowed"]


def test_a_line_that_docker_cut_is_one_text() -> None:
    line = json.dumps({"vmAgent": {"vmAgentVersion": "2" * 2 * CUT}, **VIEW}) + "\n"
    parts = [line[start : start + CUT] for start in range(0, len(line), CUT)]
    column = parts[-1].index('"Infos') + parts[-1][: parts[-1].index('"Infos')].count('"') + len('{"log": "') + 1
    assert len(parts) == 3
    assert places(record("a\n"), *map(record, parts), record("b\n")) == [(4, column)]


@pytest.mark.parametrize("end", ["\n", ""])
def test_writers_that_alternate_have_a_text_each(end: str) -> None:
    lines = json.dumps(VIEW, indent=1).split("\n")
    both = [record(line + end, stream) for line in lines for stream in ("stdout", "stderr")]
    assert places(record(f"first [a]{end}"), *both, record(json.dumps(VIEW))) == [(10, 24), (11, 24), (18, 72)]


def test_what_no_bracket_closes_ends_after_some_lines_of_others() -> None:
    others = [record(f"line {number}\n") for number in range(30)]
    assert places(record("open {\n"), *others, record(json.dumps(VIEW) + "\n")) == [(32, 72)]


def test_memory_is_that_of_an_open_text() -> None:
    lines = [record("open {\n" if number % 50 == 0 else f"line {number}\n") for number in range(20_000)]
    data = "\n".join([*lines, record(json.dumps(VIEW))]).encode()
    tracemalloc.start()
    assert sum(isinstance(item, Document) for item in read(stream_of(data), Origin("a.log"))) == 1
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * len(data)
