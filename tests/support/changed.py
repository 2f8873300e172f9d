"""Documents that are changed in one to three places, by a seed: the corpus of the differential test.

A change is of a value, a key, a type, an escape or the form of a number; values of other places of the corpus are among
those that are put in.
"""

from __future__ import annotations

import json
import re
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from drawn import values_at
from samples import PATHS, load
from spoilt import spoil

from instanceview import api_versions
from instanceview.generating import scenario
from instanceview.generating.scenarios import scenarios, since
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSIONS = (api_versions()[8], api_versions()[20], api_versions()[-1])
_SEEDS = 12  # documents of each scenario
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_NUMBER = re.compile(r"(?<=[:\[, ])-?[0-9]+(?=[,\]} \n])")


class Changed(NamedTuple):
    """The text of a document and the tables that it is checked by."""

    text: str
    kind: str
    api_version: str


@cache
def corpus() -> tuple[tuple[dict[str, Any], str, str], ...]:
    """Return the bodies of samples and of generated documents, each with its kind and api-version."""
    generated = [
        (scenario(name, kind=kind, api_version=version, seed=seed, vary=True), kind, version)
        for kind in MACHINES
        for name in scenarios()
        for version in _VERSIONS
        for seed in range(_SEEDS)
        if since(name, kind) <= version
    ]
    return (*_samples(), *generated)


def _samples() -> Iterator[tuple[dict[str, Any], str, str]]:
    for path in PATHS:
        if path.suffix == ".json":
            body, sample = json.loads(path.read_bytes()), load(path)
            if isinstance(body, dict) and sample.kind and sample.api_version:
                yield body, sample.kind, sample.api_version


@cache
def _values() -> tuple[object, ...]:
    """Return every value of the corpus, and each once."""
    found = (value for body, *_ in corpus() for _, value in values_at(body))
    return tuple({json.dumps(value): value for value in found}.values())


def changed(number: int, seed: int) -> Iterator[Changed]:
    """Yield so many changed documents, the same for a seed; those of the first fiftieth are not changed."""
    random = Random(seed)  # noqa: S311 (the same in every run)
    bodies = corpus()
    for index in range(number):
        body, kind, version = random.choice(bodies)
        for _ in range(random.randint(1, 3) if index >= number // 50 else 0):
            body = _put(body, random) if random.random() < 0.4 else spoil(body, random)
        text = _written(body, random)
        yield Changed(_rewritten(text, random) if random.random() < 0.3 else text, kind, version)


def _put(body: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return a body with a value of another place of the corpus somewhere."""
    copy: dict[str, Any] = json.loads(json.dumps(body))
    holders = [value for _, value in values_at(copy) if isinstance(value, (dict, list)) and value]
    if not holders:
        return copy
    holder = random.choice(holders)
    key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[key] = json.loads(json.dumps(random.choice(_values())))
    return copy


def _written(body: object, random: Random) -> str:
    """Return a JSON text of a body: compact, spaced or indented, with escapes or without."""
    separators = random.choice([(",", ":"), (", ", ": ")])
    return json.dumps(
        body, separators=separators, indent=random.choice([None, None, 1]), ensure_ascii=random.random() < 0.7
    )


def _rewritten(text: str, random: Random) -> str:
    """Return a text with one string or number in another form, or one member twice."""
    form = random.choice([_escaped, _renumbered, _twice])
    return form(text, random)


def _escaped(text: str, random: Random) -> str:
    strings = [match for match in _STRING.finditer(text) if len(match[0]) > 2 and "\\" not in match[0]]
    if not strings:
        return text
    match = random.choice(strings)
    at = random.randrange(match.start() + 1, match.end() - 1)
    escape = f"\\u{ord(text[at]):04x}" if ord(text[at]) < 0x10000 else text[at]
    return text[:at] + escape + text[at + 1 :]


def _renumbered(text: str, random: Random) -> str:
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return text
    match = random.choice(numbers)
    form = random.choice(
        [f"{match[0]}.0", f"{match[0]}e0", f"-{match[0].lstrip('-')}", f"{match[0]}0000000000000", "1e400"]
    )
    return text[: match.start()] + form + text[match.end() :]


def _twice(text: str, random: Random) -> str:
    members = list(re.finditer(r'"(?:[^"\\]|\\.)*"\s*:\s*("(?:[^"\\]|\\.)*"|[0-9]+)', text))
    if not members:
        return text
    match = random.choice(members)
    return text[: match.end()] + "," + match[0] + text[match.end() :]
