"""The expected states of the hazard documents, and the comparison of a state with a labelled part of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from checkout import DATA

from instanceview import generating, state
from instanceview.checking.machine_state.as_json import to_json
from instanceview.generating.hazards import hazards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.generating.hazards import Hazard

EXPECTED = DATA / "states"


def text_of(hazard: Hazard) -> str:
    """Return the state of a hazard document as written, as in its file."""
    found = state(generating.hazard(hazard.name), kind=hazard.kind, api_version=hazard.api_version)
    return json.dumps(to_json(found), indent=1, ensure_ascii=False) + "\n"


def expected(name: str) -> Path:
    """Return the file with the state of a hazard document."""
    return EXPECTED / f"{name}.json"


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the expected file of each hazard document and its text now."""
    for name, hazard in hazards().items():
        yield expected(name), text_of(hazard)


def differences(expected: object, found: object, pointer: str = "") -> Iterator[str]:
    """Yield where a state differs from its labelled part: objects may have more members, lists no other items.

    >>> list(differences({"power": {"word": "running"}}, {"power": {"word": "stopped", "pointer": ""}}))
    ["/power/word: expected 'running', found 'stopped'"]
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            if name in found:
                yield from differences(value, found[name], f"{pointer}/{name}")
            else:
                yield f"{pointer}/{name}: expected {value!r}, found no member"
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (value, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(value, other, f"{pointer}/{index}")
    elif expected != found or isinstance(expected, bool) is not isinstance(found, bool):
        yield f"{pointer}: expected {expected!r}, found {found!r}"
