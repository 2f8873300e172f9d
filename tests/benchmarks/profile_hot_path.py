"""Says where the time of a document goes, in O: `python tests/benchmarks/profile_hot_path.py [--write]`.

Documents without a fault, and those with one; the command line with its report besides. O is what `orjson.loads` takes
on the same documents.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

import corpora
import orjson
import surroundings
from in_memory import chunk, each, settle, texts
from rounds import in_turn, ratio
from sampler import Samples
from stacks import folded, tables

from instanceview.checking.check import check_document
from instanceview.checking.gate import text_gate
from instanceview.cli.main import cli
from instanceview.model.document import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rounds import Work

RESULTS = Path(__file__).with_name("PROFILE.md")
_GATE = text_gate(corpora.KIND, corpora.VERSION)


class Profile(NamedTuple):
    """One kind of documents: from the number of a turn, O and the works from the smallest to the whole."""

    title: str
    works: Callable[[int], dict[str, Work]]
    steps: bool = False


def profiles(size: int, folder: Path) -> tuple[Profile, ...]:
    """Return what is profiled, on so many bytes of documents in each turn, on fewer where it takes long."""
    return (
        Profile("A document without a fault", partial(_clean, size)),
        Profile("A document with one fault", partial(_faulty, size // 5, folder), steps=True),
    )


def _clean(size: int, turn: int) -> dict[str, Work]:
    lines = texts(0, size, turn=turn)
    settle()
    return {
        "O: parsing by orjson": each(orjson.loads, lines),
        "the gate, which says that there is nothing to say": each(_GATE, lines),
        "`check_chunk`: the gate, and the cutting into lines": chunk(lines),
    }


def _faulty(size: int, folder: Path, turn: int) -> dict[str, Work]:
    lines = texts(1, size, turn=turn)
    file = folder / f"{turn}.jsonl"
    file.write_bytes(b"\n".join(lines))
    tables = ["--kind", corpora.KIND, "--api-version", corpora.VERSION, "--jobs", "1"]
    command = ["check", str(file), *tables, "--format", "json", "--output", str(folder / "report.json")]
    settle()
    return {
        "O: parsing by orjson": each(orjson.loads, lines),
        "the gate, in vain": each(_GATE, lines),
        "parsing, schema, rules and findings, without places": each(_without_places, lines),
        "`check_chunk`: all of it, with places": chunk(lines),
        "`check --format json`: all of it, with the report": lambda: cli.main(command, standalone_mode=False),
    }


def _without_places(text: bytes) -> object:
    return check_document(Document(orjson.loads(text), Origin("<benchmark>"), corpora.KIND, corpora.VERSION))


def told(profile: Profile, rounds: int, seconds: float, stacks: list[Samples]) -> Iterator[str]:
    """Yield the lines that tell of a profile."""
    in_turn(profile.works, 1)  # makes what is made once
    times = in_turn(lambda turn: profile.works(turn + 1), rounds, process_time)
    unit, *_, whole = times
    yield from ("", f"## {profile.title}", "", "| work | O |", "|---|---|")
    for name in times:
        yield f"| {name} | {median(ratio(times, '', '', name, unit).ratios):.2f} |"
    samples = Samples()
    samples.take((profile.works(turn)[whole] for turn in count(rounds + 1)), seconds)
    stacks.append(samples)
    yield from tables(samples, median(ratio(times, "", "", whole, unit).ratios), steps=profile.steps)


def main() -> None:
    """Print the profiles, and write them to PROFILE.md and the stacks to a file where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} too")
    parser.add_argument("--stacks", type=Path, help="write the stacks to this file, for a flame graph")
    options = parser.parse_args()
    stacks: list[Samples] = []
    with tempfile.TemporaryDirectory() as folder:
        lines = [*surroundings.told()]
        for profile in profiles(10_000_000, Path(folder)):
            lines += told(profile, 5, 8, stacks)
    print("\n".join(lines))
    if options.write:
        before = ["# Where the time goes", "", "Made by `python tests/benchmarks/profile_hot_path.py --write`:", ""]
        RESULTS.write_text("\n".join([*before, *lines, ""]), "utf-8")
    if options.stacks:
        options.stacks.write_text("\n".join(line for each in stacks for line in folded(each)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
