"""Measurements of the start: whole programs on one file, against the least time that a Python program can take."""

from __future__ import annotations

from itertools import islice
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
    "Whole programs on one file, a valid document as Azure answers, in a folder without a configuration. The floor is "
    "Python with the bare imports of what we cannot do without: click, orjson, jsonschema_rs."
)
_CLICK = "import click"


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    document = folder / "one.json"
    document.write_bytes(*islice(corpora.documents(0, "indented"), 1))
    works: dict[str, Work] = {
        "pass": peers.python("-c", "pass"),
        "click": peers.python("-c", _CLICK),
        "floor": peers.python("-c", f"{_CLICK}, orjson, jsonschema_rs"),
        "version": peers.python("-m", "instanceview", "--version"),
        "one": peers.ours(str(document), clean=True),
        "check-jsonschema": peers.check_jsonschema(str(document), clean=True),
    }
    if peers.node_modules():
        works |= {"ajv-cli": peers.ajv_cli(str(document)), "sourcemeta": peers.sourcemeta(str(document))}
    times = in_turn(lambda _: works, sizes.many_rounds)
    click = f'against python -c "{_CLICK}"'
    yield ratio(times, f"check one.json {click}", "<= 1.6", "one", "click")
    yield ratio(times, f"the floor of bare imports {click}", "", "floor", "click")
    yield ratio(times, f"instanceview --version {click}", "", "version", "click")
    yield ratio(times, f"python -c pass {click}", "", "pass", "click")
    yield ratio(times, "check one.json against check-jsonschema", "<= 0.17", "one", "check-jsonschema")
    if peers.node_modules():
        yield ratio(times, "check one.json against ajv-cli", "", "one", "ajv-cli")
        yield ratio(times, "check one.json against sourcemeta --fast", "", "one", "sourcemeta")
