"""First inputs: the samples, and the inputs of tests, by what is in them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from checkout import DATA, SAMPLES
from mutating import LONGEST
from rendered import WRITERS, rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

REGRESSIONS = DATA / "regressions"
"""Inputs that once showed a fault; each is an input of every harness."""


@cache
def documents() -> tuple[bytes, ...]:
    """Return the documents of the samples, one JSON object each."""
    folders = (SAMPLES / "nonconformant", SAMPLES / "conformant", SAMPLES / "hazards")
    return _contents(path for folder in folders for path in folder.rglob("*.json"))


@cache
def texts() -> tuple[bytes, ...]:
    """Return files of every format: samples, recordings, artefacts and YAML."""
    folders = ("artefacts", "answered", "field", "formats", "recordings", "yaml", "bad_input")
    paths = [*(SAMPLES / "captures").iterdir(), *(path for name in folders for path in (DATA / name).rglob("*"))]
    return _contents(path for path in paths if path.suffix != ".expected")


def short_texts() -> tuple[bytes, ...]:
    """Return the shorter half of the texts: what is tried on all of them should not be slow."""
    return tuple(sorted(texts(), key=len)[: len(texts()) // 2])


def taken_by(sniff: Callable[[bytes], bool], most: int = 60) -> tuple[bytes, ...]:
    """Return at most so many of the shortest texts that a reader takes."""
    return tuple(data for data in sorted(texts(), key=len) if sniff(data))[:most]


@cache
def wrapped() -> tuple[bytes, ...]:
    """Return documents inside resources, lists, texts in texts and other values."""
    found = [json.loads(data) for data in documents()[:: len(documents()) // 12]]
    url = "https://management.azure.com/subscriptions/1/providers/Microsoft.Compute/virtualMachines/a/instanceView"
    values = [
        *({"name": "a", "properties": {"vmId": "1", "instanceView": each}} for each in found[:4]),
        *({"request": {"url": url}, "response": {"status": 200, "body": json.dumps(each)}} for each in found[4:8]),
        {"value": found[8:10]},
        [{"body": {"string": json.dumps({"value": [json.dumps(each)]})}} for each in found[10:12]],
        {"log": json.dumps({"message": f"got {json.dumps(found[0])} from {url}"})},
    ]
    return (*(json.dumps(value).encode() for value in values), *documents()[::9])


@cache
def printed() -> tuple[bytes, ...]:
    """Return documents as clients print them."""
    found = [json.loads(data) for data in documents()[:: len(documents()) // 20] if data.lstrip()[:1] == b"{"]
    return tuple(json.dumps(rendered(each, "vm", writer)[0]).encode() for each in found for writer in WRITERS)


@cache
def regressions() -> tuple[bytes, ...]:
    """Return the inputs that once showed a fault."""
    return _contents(REGRESSIONS.iterdir())


def _contents(paths: Iterable[Path]) -> tuple[bytes, ...]:
    files = sorted(path for path in paths if path.is_file() and path.stat().st_size <= LONGEST)
    return tuple(dict.fromkeys(path.read_bytes() for path in files))
