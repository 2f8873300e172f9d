"""Measure us and our peers on the same work: `IV_TEST_PEERS=FOLDER python tests/benchmarks/run.py [--write]`.

FOLDER has the peers of node, by `npm install ajv ajv-formats ajv-cli @sourcemeta/jsonschema`.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import cold_start
import corpora
import in_process
import of_memory
import of_states
import on_cassette
import on_coverage
import on_files
import on_foreign
import on_streams
import surroundings
import templates
from sizes import Sizes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rounds import Row

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADER = ("", "aim", "measured", "least to most", "first", "second")
Part = tuple[str, str, "Callable[[Sizes, Path], Iterator[Row]]"]
PARTS: dict[str, Part] = {
    "process": ("In one process", in_process.WORK, lambda sizes, _: in_process.rows(sizes)),
    "state": ("States", of_states.WORK, lambda sizes, _: of_states.rows(sizes)),
    "coverage": ("Coverage", on_coverage.WORK, lambda sizes, _: on_coverage.rows(sizes)),
    "start": ("Start, and one file", cold_start.WORK, cold_start.rows),
    "files": ("Many files", on_files.WORK, on_files.rows),
    "foreign": ("Files that are not ours", on_foreign.WORK, on_foreign.rows),
    "stream": ("A long stream", on_streams.WORK, on_streams.rows),
    "cassette": ("Recordings", on_cassette.WORK, on_cassette.rows),
    "memory": ("Memory", of_memory.WORK, of_memory.rows),
}


def tables(sizes: Sizes, parts: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the results as they come."""
    yield from surroundings.lines()
    yield f"- Documents: {_documents()}"
    yield (
        "- Every ratio is of the first that is named over the second: the median of those of single rounds, in which "
        "all works were done in turn. The last columns are the median times of both, in seconds"
    )
    for name in parts:
        title, work, rows = PARTS[name]
        yield from ("", f"## {title}", "", work, "", _line(HEADER), _line(["---"] * len(HEADER)))
        with tempfile.TemporaryDirectory() as folder:
            yield from (_line(row.cells()) for row in rows(sizes, Path(folder)))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _documents() -> str:
    """Return the sizes of the documents and the number of texts that they are made of."""
    lengths = sorted(map(len, islice(corpora.documents(0), 5000)))
    low, middle, high = (lengths[len(lengths) * tenth // 10] / 1000 for tenth in (1, 5, 9))
    return (
        f"{corpora.KIND} at {corpora.VERSION}, compact {lengths[0] / 1000:.1f} to {lengths[-1] / 1000:.1f} KB (a tenth "
        f"below {low:.1f}, half below {middle:.1f}, a tenth above {high:.1f}); made of {templates.CLEAN} texts without "
        f"a fault and {templates.FAULTY} with one, of {len(templates.FAULTS)} rules; names, numbers and times differ "
        "in every one"
    )


def main() -> None:
    """Print the tables; with `--write`, write them to RESULTS.md too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} too")
    parser.add_argument("--part", action="append", choices=PARTS, help="measure this part only; may be repeated")
    parser.add_argument(
        "--scale", type=float, default=1, help="such a share of each corpus (default: 1, takes ten minutes)"
    )
    options = parser.parse_args()
    start = perf_counter()
    lines = []
    for line in tables(Sizes().times(options.scale), options.part or list(PARTS)):
        print(line, flush=True)
        lines.append(line)
    lines += ["", f"Measured in {(perf_counter() - start) / 60:.0f} minutes."]
    if options.write:
        head = [
            "# Results of the benchmarks",
            "",
            "Made by `IV_TEST_PEERS=FOLDER python tests/benchmarks/run.py --write`:",
            "",
        ]
        RESULTS.write_text("\n".join(head + lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
