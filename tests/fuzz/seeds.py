"""First inputs: the samples, and the inputs of tests, by what is in them."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from checkout import DATA, SAMPLES
from mutating import LONGEST
from rendered import WRITERS, rendered

from instanceview.tables.catalog import versions_of
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KIND_VALUES, KINDS

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
def of_family() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return a document of each kind beside those of machines, by its kind; most have every member."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((SAMPLES / "conformant").rglob("*.json")):
        kind = max((name for name in KINDS if path.name.startswith(f"{name}-")), key=len)
        if kind in FAMILY:
            found[kind] = json.loads(path.read_bytes())
    return tuple(found.items())


def url_of(kind: str) -> str:
    """Return the URL of a request whose answer has a document of a kind."""
    value = KIND_VALUES[kind]
    path, query = value.operations[0][1:3] if value.operations else (value.answers[0], "")
    name = re.sub(r"\{\w+\}", "a", path)
    start = f"https://management.azure.com/subscriptions/1/resourceGroups/g/providers/{value.provider}"
    return f"{start}/{name}?{query}{'&' if query else ''}api-version={versions_of(kind)[-1]}"


def answer_of(kind: str, document: object) -> object:
    """Return the answer to that request: the document, or the resource that has it."""
    value = KIND_VALUES[kind]
    if value.within:  # rows of a query
        for name in ("instanceView", *reversed(value.within.split("."))):
            document = {name: document}
        return {"data": [document]}
    if value.views or not value.resources:
        return document
    resource_id = url_of(kind).partition(".com")[2].partition("?")[0]
    return {"id": resource_id, "properties": document if value.members else {"instanceView": document}}


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
        {"log": json.dumps({"message": f"got {json.dumps(found[0])} from {url}"})},
        *(answer_of(kind, each) for kind, each in of_family()),
        *({"url": url_of(kind), "body": json.dumps(answer_of(kind, each))} for kind, each in of_family()),
    ]
    return (*(json.dumps(value).encode() for value in values), *documents()[::9])


@cache
def printed() -> tuple[bytes, ...]:
    """Return documents as clients print them."""
    machines = [json.loads(data) for data in documents()[:: len(documents()) // 20] if data.lstrip()[:1] == b"{"]
    found = [*(("vm", each) for each in machines), *of_family()]
    return tuple(json.dumps(rendered(each, kind, writer)[0]).encode() for kind, each in found for writer in WRITERS)


@cache
def regressions() -> tuple[bytes, ...]:
    """Return the inputs that once showed a fault."""
    return _contents(REGRESSIONS.iterdir())


def _contents(paths: Iterable[Path]) -> tuple[bytes, ...]:
    files = sorted(path for path in paths if path.is_file() and path.stat().st_size <= LONGEST)
    return tuple(dict.fromkeys(path.read_bytes() for path in files))
