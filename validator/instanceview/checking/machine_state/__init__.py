"""One instance view -> its state: the answers to the questions that people bring to it, by rules that hold.

Azure's answers are read wrongly by position, by missing statuses and by an agent that says Ready on a machine that is
off. The rules here are those of a census of 2,863 captured documents; `schemas/states.yaml` has its counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.clock import answer_time
from instanceview.checking.machine_state.facets import made
from instanceview.checking.machine_state.machine import machine_state
from instanceview.checking.machine_state.scale_set import scale_set_state
from instanceview.checking.machine_state.source import Source
from instanceview.model.pointer import exists, pointer
from instanceview.model.text import one_line
from instanceview.tables.kinds import MACHINES
from instanceview.tables.resolve import kind_of

if TYPE_CHECKING:
    from datetime import datetime

    from instanceview.checking.machine_state.resource import ResourceState
    from instanceview.checking.machine_state.values import MachineState, ScaleSetState
    from instanceview.literals import KindName
    from instanceview.model.document import Document, Origin


def state_of(
    document: Document, *, answered_at: str | datetime | None = None
) -> MachineState | ScaleSetState | ResourceState:
    """Return the state of a document; `answered_at` overrides the time of its recording.

    A body that is not an object has the state of an empty one. Raises ValueError for a time that is not one.
    """
    body = document.body if isinstance(document.body, dict) else {}
    answered = document.answered_at if answered_at is None else answer_time(answered_at)
    kind: Any = document.kind or kind_of(body, document.api_version)
    name = document.name or _name(body)
    found = _read(body, Source(kind, document.api_version, name, document.origin, answered))
    cut = _cut(document) if document.written else None
    return found._replace(ignored=(*found.ignored, cut)) if cut else found


def _cut(document: Document) -> str | None:
    """Return a note on the first value that the client which printed a document left out, None if it has all."""
    paths = (path for at, path in (document.written or {}).items() if not exists(document.body, at))
    first = next(paths, None)
    if first is None:
        return None
    step = "; use ConvertTo-Json -Depth 10" if document.written_by == "powershell" else ""
    return f"{one_line(pointer(first))} and perhaps more was cut off by the program that printed it{step}"


def state_of_view(
    body: dict[str, object],
    kind: KindName | None,
    api_version: str | None,
    origin: Origin,
    answered_at: str | datetime | None,
) -> MachineState | ScaleSetState | ResourceState:
    """Return the state of an instance view of which nothing else is known; raises ValueError as `state_of` does."""
    of_kind: Any = kind or kind_of(body, api_version)
    answered = None if answered_at is None else answer_time(answered_at)
    return _read(body, made(Source, (of_kind, api_version, _name(body), origin, answered)))


def _name(body: dict[str, object]) -> str | None:
    """Return the name of a machine in its guest."""
    name = body.get("computerName")
    return name if type(name) is str else None


def _read(body: dict[str, object], source: Source) -> MachineState | ScaleSetState | ResourceState:
    if source.kind not in MACHINES:
        from instanceview.checking.machine_state.resource_reading import (
            resource_state,  # nearly all documents are a machine's
        )

        return resource_state(body, source)
    return scale_set_state(body, source) if source.kind == "vmss" else machine_state(body, source)
