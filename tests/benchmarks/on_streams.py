"""What is measured on a long file of one document a line: whole programs, their start and their reports included."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import corpora
import peers
from rounds import in_turn, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rounds import Row, Work
    from sizes import Sizes

WORK = (
    "Whole programs on a file of one compact document a line. Ours: `instanceview check FILE`, one job unless said; "
    "where some are faulty, with the JSON report of every finding written to a file. Peers: schema only, all valid; "
    "ajv, with the formats of ajv-formats, in one process of node that reads the file and loops over its lines. The "
    "ceiling of two jobs is what two separate runs of one job at the same time gain over one run after the other: "
    "what this machine's cores give at all."
)


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    clean, some, many = (str(corpora.lines(folder / f"{share}.jsonl", share, sizes.stream)) for share in (0, 0.02, 0.2))
    one, two = ["--jobs", "1"], ["--jobs", "2"]
    report = ["--format", "json", "--output", str(folder / "report.json")]
    works: dict[str, Work] = {
        "O": peers.loop("orjson_lines", clean),
        "clean": peers.ours(clean, *one, clean=True),
        "clean two": peers.ours(clean, *two, clean=True),
        "pair": lambda: _at_once(clean),
        "some": peers.ours(some, *one, *report),
        "some two": peers.ours(some, *two, *report),
        "many": peers.ours(many, *one, *report),
    }
    if peers.node_modules():
        works |= {"ajv": peers.ajv(clean), "sourcemeta": peers.sourcemeta(clean)}
    times = in_turn(lambda _: works, sizes.rounds)
    size = f"{sizes.stream / 1e6:.0f} MB"
    yield ratio(times, f"{size}, all valid, over a loop of orjson.loads over its lines", "", "clean", "O")
    if peers.node_modules():
        yield ratio(times, f"ajv in node against us, all valid, {size}", ">= 1.7", "ajv", "clean")
        yield ratio(times, f"sourcemeta --fast against us, all valid, {size}", ">= 2", "sourcemeta", "clean")
    yield ratio(times, "20 % faulty against 2 % faulty, JSON reports included", "<= 1.5", "many", "some")
    yield ratio(times, f"one job against two, 2 % faulty, JSON report included, {size}", ">= 1.8", "some", "some two")
    yield ratio(times, f"one job against two, all valid, {size}", "", "clean", "clean two")
    yield ratio(times, "the ceiling: two runs one after the other against both at once", "", "2*clean", "pair")


def _at_once(file: str) -> None:
    """Do two runs of one job at the same time."""
    command = [sys.executable, "-m", "instanceview", "check", file, "--jobs", "1", *peers.TABLES]
    both = [subprocess.Popen(command, env=peers.environment(), stdout=subprocess.DEVNULL) for _ in range(2)]
    codes = [process.wait() for process in both]
    if any(codes):
        raise peers.FailedError(f"two runs at once ended with {codes}, not with 0 and 0")
