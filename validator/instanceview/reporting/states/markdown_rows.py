"""States as Markdown: a table with a row for each document; texts of an input are in code spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import place
from instanceview.reporting.markdown_report import code
from instanceview.reporting.places import markdown_table
from instanceview.reporting.states import Frame
from instanceview.reporting.states.words import label, notes, parts, short, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.reporting.states import Layout, Shown

_USUAL = ("power", "provisioning", "agent", "extensions", "machines")


def frame(layout: Layout) -> Frame:
    """Return the head of the table."""
    names = ["machine", *map(label, _facets(layout)), "notes", *(["differs"] if layout.compares else [])]
    head, rule = list(markdown_table(names, ()))
    return Frame(f"{head}\n{rule}\n")


def piece(shown: Shown, layout: Layout) -> str:
    """Return the row of a document."""
    state = shown.state
    about = [without_label(short(state, facet), facet) for facet in _facets(layout)]
    name, mark = title(shown.document, state)
    # The columns are those of machines. A document of another kind has the words of its line among the notes.
    line = [] if any(about) else [text for text, _ in parts(state, layout.facets)]
    cells = [*about, "; ".join([*line, *notes(shown, layout)])]
    cells += ["; ".join(map(str, shown.differences))] if layout.compares else []
    *_, row = markdown_table([], [[code(name) + mark, *(code(cell) if cell else "" for cell in cells)]])
    return f"{row}\n"


def after_name(shown: Shown) -> str:
    """Return the place that goes after a name that was written before."""
    return " " + code(place(shown.document.origin)).replace("|", r"\|")


def without_label(text: str, facet: str) -> str:
    """Return a text of `short` without the name of its facet, which is in the head of the table.

    >>> without_label("disks: 1 encrypted", "disks")
    '1 encrypted'
    """
    return text.removeprefix(label(facet)).lstrip(": ")


def _facets(layout: Layout) -> Sequence[str]:
    return layout.facets or _USUAL
