"""The corpora of the benchmarks: seeded, realistic documents of one kind and api-version, some with one fault."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from instanceview.scenarios import scenario
from instanceview.spoil import spoil

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KIND, VERSION = "vmss-vm", "2024-07-01"
SCENARIOS = ("running", "stopped", "extension-failed", "disk-encrypted", "unhealthy", "agent-not-ready")
FAULTS = ("wrong-type", "value-not-allowed", "misspelt-element", "unknown-state", "malformed-time")
DISTINCT = 600


def documents(faulty: float) -> list[bytes]:
    """Return distinct documents, the given share of them with one fault, each as compact JSON text."""
    random = Random(5)  # noqa: S311 (the same in every run)
    made = []
    for seed in range(DISTINCT):
        name = SCENARIOS[seed % len(SCENARIOS)]
        document = scenario(name, kind=KIND, api_version=VERSION, seed=seed, vary=True)
        if random.random() < faulty:
            rule = FAULTS[seed % len(FAULTS)]
            document = json.loads(spoil(document, rule, random, kind=KIND, api_version=VERSION).text)
        made.append(json.dumps(document, separators=(",", ":")).encode())
    return made


def lines(path: Path, texts: Sequence[bytes], megabytes: int) -> Path:
    """Write so many megabytes of documents, one a line."""
    size = number = 0
    with path.open("wb") as file:
        while size < megabytes * 1_000_000:
            size += file.write(texts[number % len(texts)] + b"\n")
            number += 1
    return path


def files(folder: Path, texts: Sequence[bytes], count: int) -> Path:
    """Write so many files of one document each."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.json").write_bytes(texts[number % len(texts)])
    return folder


def cassette(path: Path, texts: Sequence[bytes], megabytes: int) -> Path:
    """Write a session record of so many megabytes, every answer an instance view of another machine."""
    size = number = 0
    with path.open("wb") as file:
        file.write(b'{"Entries": [')
        while size < megabytes * 1_000_000:
            url = f"/subscriptions/0/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/{number}"
            entry = {
                "RequestUri": f"{url}/instanceView?api-version={VERSION}",
                "RequestMethod": "GET",
                "StatusCode": 200,
                "ResponseBody": texts[number % len(texts)].decode(),
            }
            size += file.write(b"," * (number > 0) + json.dumps(entry).encode())
            number += 1
        file.write(b"]}")
    return path
