"""Text for a terminal, wrapped to its width."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from instanceview.model.text import beginning
from instanceview.tables.describe import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NARROWEST = 40
"""The least columns of a line, even on a narrower terminal, so that most words fit on it; not measured."""


def terminal_width() -> int:
    """Return the columns of the terminal, or of COLUMNS where it is set; 80 without a terminal."""
    return max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns)


def wrapped(text: str, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Yield the lines of a paragraph; `first` goes before the first line in place of the indent.

    A word is never broken, so that a copied word is whole.
    """
    lines = textwrap.wrap(
        text,
        terminal_width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from map(beginning, lines)


def wrapped_row(row: str, indent: str, first: str = "") -> Iterator[str]:
    """Yield the lines of a table row; a line may end with a separator and never begins with one."""
    bound = row.replace(SEPARATOR, f"\N{NO-BREAK SPACE}{SEPARATOR.lstrip()}")
    yield from (line.replace("\N{NO-BREAK SPACE}", " ") for line in wrapped(bound, indent, first))


def labelled(pairs: Sequence[tuple[str, str]], indent: str = "") -> Iterator[str]:
    """Yield the label and text of each pair that has a text, with the texts aligned and wrapped."""
    shown = [(label, text) for label, text in pairs if text]
    width = max([8, *(len(label) for label, _ in shown)])
    for label, text in shown:
        yield from wrapped(text, f"{indent}{'':{width}}  ", f"{indent}{label:{width}}  ")
