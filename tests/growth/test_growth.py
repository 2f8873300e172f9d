"""No shape of a file takes more than a linear time, nor more memory than some times its size.

What a run takes on a small file of the shape is taken off: modules are loaded there too.
"""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from measured import best, calls, measured, write
from shapes import OF_PROJECTS, SHAPES, Shape

from instanceview import check_chunk

SMALL, LARGE = 100_000, 400_000
"""Bytes of the files that are compared."""
FACTOR = 8
"""Most times that the larger file takes of the smaller: 4 where growth is linear, 16 where it is quadratic."""
SECONDS = 0.03
"""Least seconds of a small file that a ratio is of: below, the noise of a machine is more than what is measured."""
TIMES_IN_MEMORY = 20
"""Most bytes in memory for a byte of a file."""
ROOM = 8_000_000
"""Bytes that a process may take beside: for memory that was freed, and for what is loaded beyond the smaller file."""
MEGABYTE = 1_000_000
"""Bytes of a file beside which what is loaded is little."""
WIDE = (
    "equal extensions",
    "duplicate keys in items",
    "duplicate keys of one object",
    "anchors",
    "interactions in one another",
    "pasted members",
    "broken views in one line",
    "parameters of a request",
    "chunks of an answer",
    "members of gzip",
)
"""The shapes that took 22 to 200 bytes for each byte, by a cause of their own each."""
LONGEST = 20
"""Seconds of the processor after which a run is ended: no shape of 400 KB takes so many where it grows as it should."""
TINY, FEW, MORE = 1_000, 4_000, 16_000
"""Bytes of the files whose calls are counted."""
CALLS = 20_000
"""Calls of the smaller of these files that take part in a ratio."""


each_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name.replace(" ", "-"))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux, which reports the peak of a process")
@each_shape
def test_time_and_memory_are_linear(shape: Shape, tmp_path: Path) -> None:
    tiny, small, large = (write(tmp_path, shape, size) for size in (TINY, SMALL, LARGE))
    start, few, more = best(tiny, runs=1), best(small, runs=1, limit=LONGEST), best(large, runs=1, limit=LONGEST)
    if more.seconds > start.seconds + FACTOR * SECONDS:  # most shapes take less, so that nothing more is measured
        start, few = min(start, best(tiny, runs=2)), min(few, best(small, runs=2, limit=LONGEST))
    limit = start.seconds + FACTOR * max(few.seconds - start.seconds, SECONDS)
    if limit < more.seconds <= LONGEST:
        more = min(more, best(large, runs=2, limit=LONGEST))
    assert more.seconds <= limit
    assert more.peak - few.peak <= TIMES_IN_MEMORY * (LARGE - SMALL) + ROOM


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux, which reports the peak of a process")
@pytest.mark.parametrize("name", WIDE)
def test_a_megabyte_takes_at_most_so_many_in_memory(name: str, tmp_path: Path) -> None:
    shape = next(shape for shape in SHAPES if shape.name == name)
    start, run = (best(write(tmp_path, shape, size), runs=1) for size in (TINY, MEGABYTE))
    assert run.peak - start.peak <= TIMES_IN_MEMORY * MEGABYTE


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux, which reports the peak of a process")
@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("state", "items that are not objects"),
        ("state", "wrong types"),
        ("report", "unknown members"),
        ("extract --to out", "secrets"),
        ("extract --to out", "aliases"),
    ],
)
def test_other_commands_are_linear(command: str, name: str, tmp_path: Path) -> None:
    shape = next(shape for shape in SHAPES if shape.name == name)
    start, few, more = (
        measured(write(tmp_path, shape, size), LONGEST, command.split()) for size in (TINY, SMALL, LARGE)
    )
    assert more.seconds <= start.seconds + FACTOR * max(few.seconds - start.seconds, 4 * SECONDS)
    assert more.peak - few.peak <= TIMES_IN_MEMORY * (LARGE - SMALL) + ROOM


@each_shape
def test_calls_are_linear(shape: Shape, tmp_path: Path) -> None:
    calls(write(tmp_path, shape, TINY - 1))  # what is loaded or made once
    start, few, more = (calls(write(tmp_path, shape, size)) for size in (TINY, FEW, MORE))
    assert more - start <= FACTOR * max(few - start, CALLS)


@pytest.mark.parametrize(("command", "shape"), OF_PROJECTS, ids=[shape.name for _, shape in OF_PROJECTS])
def test_calls_for_files_of_a_project_are_linear(command: tuple[str, ...], shape: Shape, tmp_path: Path) -> None:
    calls(write(tmp_path, shape, TINY - 1), command)  # as above
    start, few, more = (calls(write(tmp_path, shape, size), command) for size in (TINY, FEW // 2, MORE // 2))
    assert more - start <= FACTOR * max(few - start, CALLS)


def test_blank_lines_of_a_chunk_take_little() -> None:
    lines = b"\n" * SMALL
    check_chunk(lines[:1])  # what is loaded once
    tracemalloc.start()
    check_chunk(lines)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 30 * SMALL  # two pointers and the room of lists that grow; a pair for each took 110


def test_each_shape_has_the_size_that_is_asked_for() -> None:
    for shape in (*SHAPES, *(shape for _, shape in OF_PROJECTS)):
        assert 0.8 * SMALL <= len(shape.content(SMALL)) <= 1.2 * SMALL, shape.name
