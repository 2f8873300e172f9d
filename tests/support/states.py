"""The expected states of the hazard documents, and the comparison of a state with a labelled part of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from checkout import DATA
from drawn import values_at

from instanceview import generating, state
from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.as_json import to_json
from instanceview.generating.hazards import hazards
from instanceview.model.document import Document, Origin
from instanceview.model.pointer import pointer
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.generating.hazards import Hazard
    from instanceview.places.spans import Path as Steps

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
    for path in sorted(CHANGED.glob("*.json")):
        yield path.with_suffix(".txt"), "".join(f"{line}\n" for line in changes(path))


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


CHANGED = DATA / "changed_states"
"""Documents, each beside what its state is, and how this changes with each value of the document.

Their names begin with the kind; those of machines and scale sets do not.
"""
_OTHERS: tuple[object, ...] = (None, 5, "x", [], {}, True, "2026-04-01T00:00:09Z")


def kind_of(path: Path, document: object) -> str:
    """Return the kind of a document by its name, else by its shape."""
    of_shape = "vmss" if isinstance(document, dict) and "virtualMachine" in document else "vm"
    return max((each for each in KINDS if path.stem.startswith(each)), key=len, default=of_shape)


def changes(path: Path) -> Iterator[str]:
    """Yield the state of a document line by line, and then, for another value at each path, the lines that differ."""
    document = json.loads(path.read_text("utf-8"))
    kind = kind_of(path, document)
    plain = dict(_lines(document, kind))
    yield from (f"{pointer}: {value}" for pointer, value in plain.items())
    for number, (at, value) in enumerate(values_at(document)):
        for other in _others(value, number) if at else ():
            yield from ("", f"{pointer(at)} := {json.dumps(other)}")
            found = dict(_lines(_with(document, at, other), kind))
            yield from (f"  - {name}" for name in plain if name not in found)
            yield from (f"  {name}: {each}" for name, each in found.items() if plain.get(name) != each)


def _others(value: object, number: int) -> Iterator[object]:
    """Yield other values for a value: one of another type, a second one for a scalar, and a code in capitals."""
    others = [each for each in _OTHERS if type(each) is not type(value) or isinstance(each, str)]
    yield others[number % len(others)]
    if not isinstance(value, (dict, list)):
        yield others[(number + 3) % len(others)]
    if isinstance(value, str) and "State/" in value:
        yield value.upper()


def _with(document: object, path: Steps, other: object) -> object:
    """Return a copy of a document with another value at a path."""
    copy: Any = json.loads(json.dumps(document))
    *above, last = path
    holder = copy
    for step in above:
        holder = holder[step]
    holder[last] = other
    return copy


def _lines(document: object, kind: str) -> Iterator[tuple[str, str]]:
    found = to_json(state_of(Document(document, Origin("a.json"), kind), answered_at="2026-04-01T00:00:10Z"))
    for path, value in values_at(found):
        if not isinstance(value, (dict, list)) or not value:
            yield pointer(path), json.dumps(value, ensure_ascii=False)
