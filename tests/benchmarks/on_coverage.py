"""Measurements of coverage: a run that counts it beside one that does not, and the memory of a report."""

from __future__ import annotations

import gc
from functools import partial
from time import process_time
from typing import TYPE_CHECKING

import corpora
import orjson
from in_memory import each, settle, texts
from rounds import beyond, in_turn

from instanceview.running.chunks import check_lines
from instanceview.running.overrides import overridden
from instanceview.running.runs import LONGER
from instanceview.running.tally import Tally
from instanceview.running.tasks import LINES
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rounds import Row, Times, Work
    from sizes import Sizes

WORK = (
    "One process, one core, documents in memory as compact JSON, in ranges of 4 MB, as `instanceview report` reads a "
    "file of lines; seconds are those of the processor. Each row is what a run with coverage takes beyond one without, "
    "in O: a loop of `orjson.loads` over the lines, each value dropped at once."
)


def rows(sizes: Sizes) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    works = partial(_works, sizes.chunk)
    in_turn(works, 1)  # makes what is made once
    times = in_turn(lambda number: works(number + 1), sizes.many_rounds, process_time)
    gc.unfreeze()
    yield _row(times, "coverage of documents without a fault, in O", "0")
    yield _row(times, "coverage, 2 % faulty, in O", "0.02")
    yield _row(times, "coverage, 20 % faulty, in O", "0.2")


def _row(times: Times, what: str, share: str) -> Row:
    return beyond(times, what, "<= 4", f"with {share}", f"without {share}", f"O {share}")


def _works(size: int, turn: int) -> dict[str, Work]:
    """Return the works of a round, on documents of no earlier round."""
    works: dict[str, Work] = {}
    for share in (0, 0.02, 0.2):
        lines = texts(share, size, turn=turn)
        ranges = list(_ranges(lines))
        works |= {
            f"O {share}": each(orjson.loads, lines),
            f"without {share}": partial(_run, ranges, Wanted()),
            f"with {share}": partial(_run, ranges, Wanted(coverage=True)),
        }
    settle()
    return works


def _ranges(lines: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield ranges of lines as the command cuts them, each with the number of its first line."""
    first, size, part = 1, 0, list[bytes]()
    for line in lines:
        part.append(line)
        size += len(line) + 1
        if size >= LONGER * LINES:
            yield first, b"\n".join(part)
            first, size, part = first + len(part), 0, []
    yield first, b"\n".join(part)


def _run(ranges: Sequence[tuple[int, bytes]], wanted: Wanted) -> None:
    tally = Tally(wanted)
    for first, data in ranges:
        prepare = partial(overridden, kind=corpora.KIND, api_version=corpora.VERSION)
        tally.absorb(check_lines(data, "a.ndjson", first, wanted, prepare))
    tally.summary()
