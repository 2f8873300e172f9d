"""States as JSON: an object for each document, in an array or on a line; its JSON Schema is `schemas/state.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.as_json import to_json
from instanceview.model.redaction import redact_value
from instanceview.model.secrets.gate import may_hold_secret
from instanceview.model.text import harmless
from instanceview.reporting.json_values import origin_as_json
from instanceview.reporting.states import Frame
from instanceview.reporting.states.spots import spots
from instanceview.reporting.states.words import FACETS, notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.checking.machine_state.expecting import Difference
    from instanceview.reporting.states import Layout, Shown
    from instanceview.reporting.states.spots import Spot

_POINTER = "pointer"
_OF_FACET = {
    "extensionCounts": "extensions",
    "extensionSummaries": "extensions",
    "summary": "machines",
    "facts": "result",
    "items": "result",
}
"""The members that belong to a facet of another name."""


def frame(layout: Layout) -> Frame:
    """Return the brackets and commas of the array; lines need none."""
    return Frame() if layout.lines else Frame("[", ",", "\n]\n", "]\n")


def piece(shown: Shown, layout: Layout) -> str:
    """Return the object of a document as a line, ASCII only: the fast encoder cannot indent."""
    value = as_object(shown, layout)
    text = json.dumps(value)
    if may_hold_secret(text):  # to redact each text takes as long as to read the state
        text = json.dumps(redact_value(value))
    return f"{harmless(text)}\n" if layout.lines else f"\n {harmless(text)}"


def as_object(shown: Shown, layout: Layout) -> dict[str, Any]:
    """Return the object of a document: its place, then the facets that are shown, then the differences.

    With `verbose`, each object with a pointer has the line and column too.
    """
    state = shown.state
    members = {**to_json(state), "notes": list(notes(shown, layout))}
    kept = {name: value for name, value in members.items() if _is_shown(name, layout)}
    value = {"origin": origin_as_json(shown.document.origin), **kept}
    if layout.compares:
        value["differs"] = [_difference(each) for each in shown.differences]
    if layout.verbose or shown.document.written:
        places = spots(shown.document, set(_pointers(value)))
        value = _placed(value, places, is_placed=layout.verbose)
    return value


def _is_shown(name: str, layout: Layout) -> bool:
    facet = _OF_FACET.get(name, name)
    return facet not in FACETS or layout.shows(facet)


def _difference(difference: Difference) -> dict[str, Any]:
    value = difference._asdict()
    return {"facet": value.pop("path"), **value}


def _pointers(value: object) -> Iterator[str]:
    """Yield every pointer in a value."""
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str) and _is_pointer(name):
                yield each
            else:
                yield from _pointers(each)
    elif isinstance(value, list):
        for each in value:
            yield from _pointers(each)


def _placed(value: Any, places: Mapping[str, Spot], *, is_placed: bool) -> Any:  # noqa: ANN401 (a JSON value)
    """Return a value with its pointers as they are written in the document, and with line and column if `is_placed`."""
    if isinstance(value, list):
        return [_placed(each, places, is_placed=is_placed) for each in value]
    if not isinstance(value, dict):
        return value
    placed = {}
    for name, each in value.items():
        spot = places[each] if isinstance(each, str) and _is_pointer(name) else None
        placed[name] = spot.pointer if spot else _placed(each, places, is_placed=is_placed)
        if spot and name == _POINTER and is_placed and spot.line is not None and not spot.inside:
            placed |= {"line": spot.line, "column": spot.column}
    return placed


def _is_pointer(name: str) -> bool:
    return name == _POINTER or name.endswith("Pointer")
