"""Inputs -> the texts of their states: what one process does of a run, and can send to another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.expecting import differences
from instanceview.checking.machine_state.values import MachineState
from instanceview.model.document import Skipped, Unreadable
from instanceview.reporting.states import Shown, piece
from instanceview.running.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from instanceview.model.document import Document
    from instanceview.reporting.states import Layout

SETS = "scale set"
"""The word by which scale sets are counted, as machines are by their power state."""


class Asked(NamedTuple):
    """The choices of a run: each format with its layout, what is expected, and if a repeated document counts once."""

    forms: Sequence[tuple[str, Layout]]
    expected: Mapping[str, str | int | None]
    once: bool = True


class Batch(NamedTuple):
    """The texts of some inputs, for each format a text a document, and their numbers.

    `words` counts the documents by power state, `differing` those that differ from what is expected.
    """

    texts: tuple[list[str], ...]
    words: Counter[str]
    recorded: int
    differing: int
    unreadable: Sequence[Unreadable]
    skipped: Sequence[Skipped]

    @property
    def documents(self) -> int:
        """The number of documents."""
        return self.words.total()


def batch(items: Iterable[Document | Skipped | Unreadable], asked: Asked) -> Batch:
    """Return the texts of the documents among some inputs, in input order."""
    texts: tuple[list[str], ...] = tuple([] for _ in asked.forms)
    words: Counter[str] = Counter()
    unreadable: list[Unreadable] = []
    skipped: list[Skipped] = []
    repeats = Repeats()
    recorded = differing = 0
    for item in items:
        if isinstance(item, Skipped):
            skipped.append(item)
        elif isinstance(item, Unreadable):
            unreadable.append(item)
        else:
            recorded += 1
            if asked.once and repeats.is_one(item):
                continue
            shown = _shown(item, asked)
            words[shown.state.power.word if isinstance(shown.state, MachineState) else SETS] += 1
            differing += bool(shown.differences)
            for (name, layout), pieces in zip(asked.forms, texts, strict=True):
                pieces.append(piece(name, shown, layout))
    return Batch(texts, words, recorded, differing, unreadable, skipped)


def _shown(document: Document, asked: Asked) -> Shown:
    state = state_of(document)
    return Shown(document, state, differences(state, asked.expected) if asked.expected else ())
