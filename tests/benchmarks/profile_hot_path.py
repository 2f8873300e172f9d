"""Says where the time of a document goes, in O: `python tests/benchmarks/profile_hot_path.py [--write]`.

Documents without a fault, and those with one; the command line with its report besides. O is what `orjson.loads` takes
on the same documents.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

import corpora
import orjson
import surroundings
from in_memory import chunk, each, texts
from rounds import in_turn, ratio
from sampler import Samples, sampled
from stacks import folded, tables

from instanceview.cli import cli
from instanceview.gate import text_gate
from instanceview.judge import judge
from instanceview.model import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rounds import Work

RESULTS = Path(__file__).with_name("PROFILE.md")


class Profile(NamedTuple):
    """One kind of documents: O, and the works from the smallest to the whole, which is sampled."""

    title: str
    works: dict[str, Work]
    steps: bool = False


def profiles(size: int, folder: Path) -> Iterator[Profile]:
    """Yield what is profiled."""
    clean, faulty = texts(0, size), texts(1, size // 5)
    gate = text_gate(corpora.KIND, corpora.VERSION)
    file = folder / "faulty.jsonl"
    file.write_bytes(b"\n".join(faulty))
    report = ["--format", "json", "--output", str(folder / "report.json"), "--jobs", "1"]
    judged = ["--kind", corpora.KIND, "--api-version", corpora.VERSION]
    command = ["check", str(file), *report, *judged]
    yield Profile(
        "A document without a fault",
        {
            "O: parsing by orjson": each(orjson.loads, clean),
            "the gate, which says that there is nothing to say": each(gate, clean),
            "`check_chunk`: the gate, and the cutting into lines": chunk(clean),
        },
    )
    yield Profile(
        "A document with one fault",
        {
            "O: parsing by orjson": each(orjson.loads, faulty),
            "the gate, in vain": each(gate, faulty),
            "parsing, schema, rules and findings, without places": each(_without_places, faulty),
            "`check_chunk`: all of it, with places": chunk(faulty),
            "`check --format json`: all of it, with the report": lambda: cli.main(command, standalone_mode=False),
        },
        steps=True,
    )


def _without_places(text: bytes) -> object:
    return judge(Document(orjson.loads(text), Origin("<benchmark>"), corpora.KIND, corpora.VERSION))


def told(profile: Profile, rounds: int, seconds: float, stacks: list[Samples]) -> Iterator[str]:
    """Yield the lines that tell of a profile."""
    in_turn(lambda _: profile.works, 1)
    times = in_turn(lambda _: profile.works, rounds, process_time)
    unit, *_, whole = profile.works
    yield from ("", f"## {profile.title}", "", "| work | O |", "|---|---|")
    for name in profile.works:
        yield f"| {name} | {median(ratio(times, '', '', name, unit).ratios):.2f} |"
    samples = sampled(profile.works[whole], seconds)
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
