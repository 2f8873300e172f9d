"""Texts of documents with gaps for the values that differ between machines, so that no two of a stream are alike.

Seeded, realistic and of one kind and api-version, from 0.5 to 6 KB as compact JSON; some have one fault.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cache
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING, Any

from growth import grown

from instanceview.api import check_chunk
from instanceview.generating.conform import conform
from instanceview.generating.scenarios import scenario
from instanceview.generating.spoiling import CannotSpoilError, spoil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.literals import ApiVersion, KindName

KIND: KindName = "vmss-vm"
VERSION: ApiVersion = "2024-07-01"
SCENARIOS = ("running", "stopped", "extension-failed", "disk-encrypted", "unhealthy", "agent-not-ready", "deallocated")
FAULTS = (
    "wrong-type",
    "value-not-allowed",
    "misspelt-element",
    "unknown-state",
    "malformed-time",
    "undocumented-element",
    "malformed-status-code",
    "missing-element",
    "level-contradicts-code",
)
SIZES = (500, 6000)
CLEAN, FAULTY = 600, 180
_FIRST = 101  # the number of the first machine: no disk has it
LAYOUTS: dict[str, Callable[[object], str]] = {
    "compact": lambda value: json.dumps(value, separators=(",", ":")),
    "spaced": json.dumps,
    "indented": lambda value: json.dumps(value, indent=2).replace("\n", "\r\n"),  # as Azure answers
}
_TIME = re.compile(rb"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?")


@cache
def clean(layout: str) -> tuple[bytes, ...]:
    """Return the texts without a fault; `text % {b"n": number}` fills the gaps."""
    return tuple(_with_gaps(LAYOUTS[layout](body), number) for number, body in _bodies())


@cache
def faulty(layout: str) -> tuple[bytes, ...]:
    """Return the texts with one fault each."""
    return tuple(_with_gaps(LAYOUTS[layout](body), number) for number, body in islice(_spoiled(), FAULTY))


@cache
def _bodies() -> tuple[tuple[int, dict[str, Any]], ...]:
    """Return the documents, each with the number of its machine."""
    random = Random(5)  # noqa: S311 (the same in every run)
    names = zip(range(_FIRST, _FIRST + CLEAN), cycle(SCENARIOS))
    made = [(n, scenario(name, kind=KIND, api_version=VERSION, seed=n, vary=True)) for n, name in names]
    for _, body in made:
        conform(body, KIND, VERSION)  # a deallocated machine with a placement group has a note
    made.sort(key=lambda each: len(LAYOUTS["compact"](each[1])))
    lengths = [len(LAYOUTS["compact"](body)) for _, body in made]
    bodies = []
    for _ in range(CLEAN):
        size = SIZES[0] * (SIZES[1] / SIZES[0]) ** random.random()  # as many from 0.5 to 1 KB as from 3 to 6
        most = max(1, bisect_right(lengths, size))
        number, body = made[random.randrange(min(most - 1, bisect_right(lengths, size / 4)), most)]
        bodies.append((number, grown(body, round(size) - 100, random)))
    return tuple(bodies)


def _spoiled() -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield documents with one fault each, for ever."""
    random = Random(6)  # noqa: S311 (the same in every run)
    for (number, body), rule in zip(cycle(_bodies()), cycle(FAULTS)):
        try:
            spoiled = json.loads(spoil(body, rule, random, kind=KIND, api_version=VERSION).text)
        except CannotSpoilError:
            continue
        text = _with_gaps(LAYOUTS["compact"](spoiled), number) % {b"n": 1}
        if check_chunk(text, kind=KIND, api_version=VERSION).findings:  # a gap may have removed the fault
            yield number, spoiled


def _with_gaps(text: str, number: int) -> bytes:
    """Return a text with gaps for the number of its machine, and for the fraction of the second in its times."""
    made = text.encode().replace(b"%", b"%%")
    for known, gap in (
        (f"_{number}", b"_%(n)d"),
        (f"-{number:06}", b"-%(n)06d"),
        (f"-{number:012x}", b"-%(n)012x"),
        (f"{number:040X}", b"%(n)040X"),
    ):
        made = re.sub(known.encode() + rb"(?![0-9A-Fa-f])", gap, made)
    return _TIME.sub(rb"\1.%(n)07d", made)
