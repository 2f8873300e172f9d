"""First inputs: the samples, and the inputs of tests, by what is in them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from checkout import DATA, SAMPLES
from mutating import LONGEST
from recorded_answers import answer_of, lists, recordings, url_of
from rendered import WRITERS, rendered

from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_PRINTED = ("artefacts/dialects", "artefacts/powershell", "recordings/dialects")
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
    """Return at most so many of the shortest texts that a reader takes, and the recordings and documents among them."""
    found = tuple(data for data in sorted(texts(), key=len) if sniff(data))[:most]
    return (*found, *[data for data in (*recorded(), *documents()[::5]) if sniff(data)][:most])


@cache
def recorded() -> tuple[bytes, ...]:
    """Return recordings in each format of documents of each kind beside those of machines, with a finding each."""
    documents = ((kind, json.dumps(each, indent=1).replace('"Info"', '"info"')) for kind, each in of_family())
    made = [(*recordings(text, kind).values(), lists(text)["NDJSON"]) for kind, text in documents]
    return tuple(text.encode() for number, each in enumerate(made) for text in each[number % 3 :: 3])


@cache
def of_family() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return a document of each kind beside those of machines, by its kind; most have every member."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((SAMPLES / "conformant").rglob("*.json")):
        kind = max((name for name in KINDS if path.name.startswith(f"{name}-")), key=len)
        if kind in FAMILY:
            found[kind] = json.loads(path.read_bytes())
    return tuple(found.items())


@cache
def wrapped() -> tuple[bytes, ...]:
    """Return documents inside resources, lists, texts in texts and other values."""
    found = [json.loads(data) for data in documents()[:: len(documents()) // 12]]
    url = url_of("vm")
    values = [
        *({"name": "a", "properties": {"vmId": "1", "instanceView": each}} for each in found[:4]),
        *({"request": {"url": url}, "response": {"status": 200, "body": json.dumps(each)}} for each in found[4:8]),
        {"value": found[8:10]},
        [{"body": {"string": json.dumps({"value": [json.dumps(each)]})}} for each in found[10:12]],
        *({"log": json.dumps({"message": f"got {json.dumps(each)} from {url}"})} for each in found[::3]),
        *(answer_of(kind, each) for kind, each in of_family()),
        *({"url": url_of(kind), "body": json.dumps(answer_of(kind, each))} for kind, each in of_family()),
    ]
    return (*(json.dumps(value).encode() for value in values), *documents()[::9])


@cache
def printed() -> tuple[bytes, ...]:
    """Return documents as clients print them, also too deep or as old versions do."""
    others = [path for folder in _PRINTED for path in (DATA / folder).rglob("*.json")]
    machines = [json.loads(data) for data in documents()[:: len(documents()) // 20] if data.lstrip()[:1] == b"{"]
    found = [*(("vm", each) for each in machines), *of_family()]
    made = (json.dumps(rendered(each, kind, writer)[0]).encode() for kind, each in found for writer in WRITERS)
    return (*made, *_contents(others))


@cache
def regressions() -> tuple[bytes, ...]:
    """Return the inputs that once showed a fault."""
    return _contents(REGRESSIONS.iterdir())


def _contents(paths: Iterable[Path]) -> tuple[bytes, ...]:
    files = sorted(path for path in paths if path.is_file() and path.stat().st_size <= LONGEST)
    return tuple(dict.fromkeys(path.read_bytes() for path in files))
