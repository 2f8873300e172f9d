"""Measurements on many files of one document each."""

from __future__ import annotations

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
    "Whole programs on a folder of files, one document each as Azure answers (indented, CRLF), 2 % faulty. Ours: "
    "`instanceview check FOLDER`, one job unless said. Peers: schema only."
)


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    where = corpora.files(folder / "files", 0.02, sizes.files, "indented")
    compact = corpora.files(folder / "compact", 0.02, sizes.files, "compact")
    works: dict[str, Work] = {
        "ours": peers.ours(str(where), "--jobs", "1"),
        "ours two": peers.ours(str(where), "--jobs", "2"),
        "ours compact": peers.ours(str(compact), "--jobs", "1"),
        "check-jsonschema": peers.check_jsonschema(*map(str, sorted(where.iterdir()))),
    }
    if peers.node_modules():
        works |= {"ajv-cli": peers.ajv_cli(f"{where}/*.json"), "sourcemeta": peers.sourcemeta(str(where))}
    times = in_turn(lambda _: works, sizes.rounds)
    many = f"{sizes.files:,} files"
    yield ratio(times, f"check-jsonschema against us, {many}", ">= 25", "check-jsonschema", "ours")
    if peers.node_modules():
        yield ratio(times, f"ajv-cli against us, {many}", ">= 4", "ajv-cli", "ours")
        yield ratio(times, f"sourcemeta --fast against us, {many}", "", "sourcemeta", "ours")
    yield ratio(times, f"one job against two, {many}", "", "ours", "ours two")
    yield ratio(times, f"indented with CRLF against compact, {many}", "", "ours", "ours compact")
