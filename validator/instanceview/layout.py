"""How a person wants a report laid out; only reports for people look at it."""

from __future__ import annotations

from typing import NamedTuple


class Layout(NamedTuple):
    """Choices of layout: colours, folding of repeated findings, and whether the summary is left out."""

    colour: bool = False
    fold: bool = True
    quiet: bool = False
