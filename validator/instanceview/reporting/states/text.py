"""States as text: a line for each machine, then what most readers miss, differences, and all facets if `verbose`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.machine_state.expecting import words as of_value
from instanceview.model.document import place
from instanceview.model.text import one_line, quote, safe
from instanceview.reporting.states import Frame
from instanceview.reporting.states.words import notes, parts, title
from instanceview.reporting.text_report import paint
from instanceview.tables.catalog import UNVERSIONED, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.checking.machine_state.expecting import Difference
    from instanceview.model.document import Document
    from instanceview.reporting.states import Layout, Shown
    from instanceview.reporting.states.row import Row
    from instanceview.reporting.states.spots import Spot


def frame(_layout: Layout) -> Frame:
    """Return an empty frame: each line says by itself what it is about."""
    return Frame()


def piece(shown: Shown, layout: Layout) -> str:
    """Return the lines of a document."""
    return "".join(f"{line}\n" for line in _lines(shown, layout))


def after_name(shown: Shown) -> str:
    """Return the place that goes after a name that was written before."""
    return f" ({place(shown.document.origin)})"


def _lines(shown: Shown, layout: Layout) -> Iterator[str]:
    document, state = shown.document, shown.state
    words = "; ".join(paint(text, colour, layout.colour) for text, colour in parts(state, layout.facets))
    name, mark = title(document, state)
    yield f"{paint(name, 'bold', layout.colour)}{mark}: {words}"
    yield from (f"    {note}" for note in notes(shown, layout))
    if shown.differences or layout.verbose:
        yield from _details(shown, layout)


def _details(shown: Shown, layout: Layout) -> Iterator[str]:
    """Yield the differences, then every facet if `verbose`, each with its place."""
    from instanceview.reporting.states.rows import rows  # lines alone save 2 ms, with the next one
    from instanceview.reporting.states.spots import spots

    document, state = shown.document, shown.state
    every = [row for row in rows(state) if layout.shows(row.facet) or not row.facet] if layout.verbose else []
    pointers = [*(each.pointer for each in shown.differences), *(row.pointer for row in every)]
    places = spots(document, pointers)
    yield from (_difference_line(each, places[each.pointer], document, layout) for each in shown.differences)
    if layout.verbose:
        yield paint(f"    {place(document.origin)}: {_tables(shown)}", "dim", layout.colour)
    for row in every:
        yield from _row_lines(row, places[row.pointer], layout)


def _tables(shown: Shown) -> str:
    state, url = shown.state, shown.document.origin.url
    request = f"; {safe(url)}" if url else ""
    answered = f"; answered {one_line(state.answered_at)}" if state.answered_at else ""
    version = version_of(state.kind, state.api_version or "an api-version that is not given")
    name = state.kind if version == UNVERSIONED else f"{state.kind} at {one_line(version)}"
    return f"{name}{request}{answered}"


def _difference_line(difference: Difference, spot: Spot, document: Document, layout: Layout) -> str:
    """Return the line of a difference with its file, since the line above may have only a name."""
    origin = document.origin
    if spot.line and not spot.inside:
        origin = origin._replace(line=spot.line, column=spot.column)
    inside = f", {spot.place()}" if spot.inside else ""
    where = f" at {one_line(spot.pointer)}" if difference.pointer else ""
    words = f"expected {of_value(difference.expected)}, found {of_value(difference.found)}"
    words += f"{where} ({place(origin)}{inside})"
    reason = f": {difference.reason}" if difference.reason else ""
    return f"    {paint('differs', 'error', layout.colour)}: {difference.path}: {words}{reason}"


def _row_lines(row: Row, spot: Spot, layout: Layout) -> Iterator[str]:
    """Yield the word of a row, its place with the reason, and what else the document says."""
    yield f"      {row.name}: {paint(row.word, row.severity, layout.colour)}"
    value = quote(spot.value) if isinstance(spot.value, str) else ""
    at = " ".join([*([_where(spot)] if row.pointer else []), *([value] if value and value not in row.reason else [])])
    why = ": ".join(text for text in (at, row.reason) if text)
    about = [text for text in row.about if not _repeats(text, row.reason)]
    for line in (why, "; ".join(about)):
        if line:
            yield paint(f"          {line}", "dim", layout.colour)


def _repeats(text: str, reason: str) -> bool:
    """Return True if a reason has the value of a text, which is a name and a value."""
    _, _, value = text.partition(" ")
    return bool(value) and value in reason


def _where(spot: Spot) -> str:
    where = spot.place()
    return f"{one_line(spot.pointer)}{f' ({where})' if where else ''}"
