"""States as CSV: a row for each document, with the paths that `--expect` knows as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.machine_state.path_values import UNKNOWN
from instanceview.checking.machine_state.paths import found, has, paths
from instanceview.model.document import place
from instanceview.model.text import beginning, safe
from instanceview.reporting.places import csv_table
from instanceview.reporting.states import Frame
from instanceview.reporting.states.words import notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.checking.machine_state.paths import State
    from instanceview.reporting.states import Layout, Shown

_ABOUT = ("name", "origin", "kind", "apiVersion", "answeredAt")
_FORMULA = ("=", "+", "-", "@")
"""The beginnings of a cell that a spreadsheet would run as a formula."""


def frame(layout: Layout) -> Frame:
    """Return the row of names before all documents."""
    return Frame(_row([*_ABOUT, *_paths(layout), "notes", *_compared(layout)]))


def piece(shown: Shown, layout: Layout) -> str:
    """Return the row of a document; a text of an input is on one line, and is not a formula."""
    state = shown.state
    about = [state.name or "", place(shown.document.origin), state.kind, state.api_version, state.answered_at]
    values = (_value(state, path) for path in _paths(layout))
    missed = "; ".join(notes(shown, layout))
    differing = "; ".join(map(str, shown.differences))
    return _row(map(_cell, [*about, *values, missed, *([differing] if layout.compares else [])]))


def _value(state: State, path: str) -> str | int | None:
    """Return the value at a path, None where the kind does not have it or where it is a detail of an unknown facet."""
    value = found(state, path).value if has(state, path) else None
    facet, dot, _ = path.partition(".")
    return None if dot and value == UNKNOWN and facet in paths() else value


def _paths(layout: Layout) -> Iterator[str]:
    return (path for path in paths() if layout.shows(path.partition(".")[0]))


def _compared(layout: Layout) -> list[str]:
    return ["differs"] if layout.compares else []


def _cell(value: str | int | None) -> str:
    if value is None:
        return ""
    text = beginning(safe(str(value)))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(cells: Iterable[str]) -> str:
    return csv_table(list(cells), ())
