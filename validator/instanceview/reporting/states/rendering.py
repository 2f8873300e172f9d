"""A document -> the texts of its state: the part of a run that any process can do, and send to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.expecting import differences
from instanceview.checking.machine_state.paths import paths
from instanceview.checking.machine_state.values import MachineState, ScaleSetState
from instanceview.model.text import one_line
from instanceview.reporting.states import Shown, after_name, piece

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from instanceview.checking.machine_state.paths import State
    from instanceview.model.document import Document
    from instanceview.reporting.states import Layout

SETS = "scale set"
"""The word under which scale sets are counted; machines are counted by their power state."""
_OTHER = "in another state"
"""The word for machines whose power state the vocabulary does not have, since it may be any text."""


class Asked(NamedTuple):
    """The choices of a run: each format with its layout, and what is expected."""

    forms: Sequence[tuple[str, Layout]]
    expected: Mapping[str, str | int | None]


class Rendered(NamedTuple):
    """The texts of a document, one for each format, the word under which it is counted, and whether it differs.

    `name` is empty without one. `after_names` has for each format the text that replaces `MARK` where a name repeats.
    """

    file: str
    name: str
    texts: tuple[str, ...]
    after_names: tuple[str, ...]
    word: str
    differs: bool


def rendered(document: Document, asked: Asked) -> Rendered:
    """Return the texts of the state of a document."""
    state = state_of(document)
    shown = Shown(document, state, differences(state, asked.expected) if asked.expected else ())
    texts = tuple(piece(name, shown, layout) for name, layout in asked.forms)
    name = one_line(state.name) if state.name else ""
    after_names = tuple(after_name(each, shown) if name else "" for each, _ in asked.forms)
    return Rendered(document.origin.file, name, texts, after_names, _counted_as(state), bool(shown.differences))


def _counted_as(state: State) -> str:
    if not isinstance(state, MachineState):
        return SETS if isinstance(state, ScaleSetState) else state.parts[0].text
    return state.power.word if state.power.word in paths()["power"].known_words() else _OTHER
