"""What is measured on a recording of many answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import corpora
import peers
from rounds import in_turn, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rounds import Row
    from sizes import Sizes

WORK = (
    "Whole programs on one session record, a JSON file whose entries hold the documents as text, indented with CRLF, "
    "2 % faulty. Ours: `instanceview check FILE --jobs 1`. No peer reads recordings; beside us stand loops that take "
    "the entries by their name: orjson for the file as one value, for the file and each document in it, json + "
    "jsonschema for the same."
)


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    file = str(corpora.cassette(folder / "cassette.json", 0.02, sizes.cassette))
    times = in_turn(
        lambda _: {
            "ours": peers.ours(file, "--jobs", "1"),
            "whole": peers.loop("orjson_whole", file),
            "bodies": peers.loop("orjson_bodies", file),
            "jsonschema": peers.loop("jsonschema_bodies", file, peers.SCHEMA),
        },
        sizes.rounds,
    )
    size = f"cassette of {sizes.cassette / 1e6:.0f} MB"
    yield ratio(times, f"{size}, over orjson.loads of the file", "", "ours", "whole")
    yield ratio(times, f"{size}, over orjson.loads of the file and of each document in it", "", "ours", "bodies")
    yield ratio(
        times, f"json + jsonschema over its documents, schema only, against us, {size}", "", "jsonschema", "ours"
    )
