"""One instance view -> its state: the answers to the questions that people bring to it, by rules that hold.

Azure's answers are read wrongly by position, by missing statuses and by an agent that says Ready on a machine that is
off. The rules here are those of a census of 2,863 captured documents; `schemas/states.yaml` has its counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from instanceview.checking.machine_state.clock import answer_time
from instanceview.checking.machine_state.machine import machine_state
from instanceview.checking.machine_state.scale_set import scale_set_state
from instanceview.checking.machine_state.source import Source
from instanceview.tables.resolve import kind_of

if TYPE_CHECKING:
    from datetime import datetime

    from instanceview.checking.machine_state.values import MachineState, ScaleSetState
    from instanceview.literals import KindName
    from instanceview.model.document import Document


def state_of(document: Document, *, answered_at: str | datetime | None = None) -> MachineState | ScaleSetState:
    """Return the state of a document; `answered_at` goes before the time of its recording.

    A body that is not an object has the state of an empty one. Raises ValueError for a time that is not one.
    """
    body = document.body if isinstance(document.body, dict) else {}
    kind = cast("KindName", document.kind or kind_of(body, document.api_version))
    answered = document.answered_at if answered_at is None else answer_time(answered_at)
    return state_of_body(body, Source(kind, document.api_version, document.name, document.origin, answered))


def state_of_body(body: dict[str, object], source: Source) -> MachineState | ScaleSetState:
    """Return the state of the body of a document."""
    return scale_set_state(body, source) if source.kind == "vmss" else machine_state(body, source)
