"""States -> text, one document at a time: the formats by name, one module each, loaded when a command needs it.

A module has `frame(layout)`, the text around all documents, and `piece(shown, layout)`, the text of one. A piece
depends on its document alone, so that a run of any length takes constant memory, and several processes can share it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from instanceview.checking.machine_state.expecting import Difference
    from instanceview.checking.machine_state.paths import State
    from instanceview.model.document import Document

FORMATS = {
    "text": "for people: a line for each machine, and what most readers miss",
    "json": "an array with an object for each document; its schema is schemas/state.json",
    "ndjson": "the same objects as lines",
    "csv": "a row for each document",
    "markdown": "a table for a summary or a comment",
}
"""Every format by the value of `--format`, with its purpose."""

_MODULES = {"text": "text", "json": "objects", "ndjson": "objects", "csv": "csv_rows", "markdown": "markdown_rows"}


class Layout(NamedTuple):
    """Choices of layout.

    `verbose` shows every facet with its place and reason. `facets` are those to show; without any, all are shown.
    `compares` is True where something is expected, so that a table has a column for what differs. `lines` writes each
    object of JSON on its own line, and nothing around them.
    """

    colour: bool = False
    verbose: bool = False
    facets: tuple[str, ...] = ()
    compares: bool = False
    lines: bool = False

    def shows(self, facet: str) -> bool:
        """Return True if a facet is shown."""
        return not self.facets or facet in self.facets


class Shown(NamedTuple):
    """A document, its state, and what differs from the expected."""

    document: Document
    state: State
    differences: tuple[Difference, ...] = ()


MARK = "\0"
"""The mark after a name in a text. Where that name was written before, the writer replaces it with the place.

No text of an input has this character, since all are escaped.
"""


class Frame(NamedTuple):
    """The texts before, between and after the pieces of the documents; `empty` is after no document."""

    head: str = ""
    between: str = ""
    end: str = ""
    empty: str = ""


def frame(name: str, layout: Layout) -> Frame:
    """Return the text around all documents in a format."""
    make: Callable[[Layout], Frame] = _module(name).frame
    return make(layout._replace(lines=name == "ndjson"))


def piece(name: str, shown: Shown, layout: Layout) -> str:
    """Return the text of a document in a format."""
    make: Callable[[Shown, Layout], str] = _module(name).piece
    return make(shown, layout._replace(lines=name == "ndjson"))


def after_name(name: str, shown: Shown) -> str:
    """Return the text in place of `MARK` where a name was written before, empty in a format without marks."""
    make: Callable[[Shown], str] | None = getattr(_module(name), "after_name", None)
    return make(shown) if make else ""


def _module(name: str) -> ModuleType:
    return import_module(f"instanceview.reporting.states.{_MODULES[name]}")
