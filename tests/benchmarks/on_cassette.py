"""Measurements on recordings of many answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import captures
import peers
from rounds import in_turn, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rounds import Row, Work
    from sizes import Sizes

WORK = (
    "Whole programs on one recording, documents as text in its entries, indented with CRLF, 2 % faulty: a session "
    "record in JSON, and a cassette in YAML as vcrpy writes it. Ours: `instanceview check FILE --jobs 1`. No peer "
    "reads recordings; beside us stand loops that take the entries by their name: orjson for the file as one value, "
    "orjson for the file and each document in it, json + jsonschema for the same; for YAML its parser in C."
)


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    session = str(captures.session(folder / "session.json", 0.02, sizes.cassette))
    cassette = str(captures.cassette(folder / "cassette.yaml", 0.02, sizes.cassette))
    works: dict[str, Work] = {
        "session": peers.ours(session, "--jobs", "1"),
        "whole": peers.loop("orjson_whole", session),
        "bodies": peers.loop("orjson_bodies", session),
        "jsonschema": peers.loop("jsonschema_bodies", session, peers.SCHEMA),
        "cassette": peers.ours(cassette, "--jobs", "1"),
        "yaml": peers.loop("yaml_whole", cassette),
    }
    times = in_turn(lambda _: works, sizes.rounds)
    size = f"{sizes.cassette / 1e6:.0f} MB"
    yield ratio(times, f"session record of {size} over orjson.loads of the file", "", "session", "whole")
    yield ratio(times, "the same over orjson.loads of the file and of each document in it", "", "session", "bodies")
    yield ratio(times, "json + jsonschema over its documents, schema only, against us", "", "jsonschema", "session")
    yield ratio(times, f"cassette of {size} over yaml.load of the file by CSafeLoader", "", "cassette", "yaml")
