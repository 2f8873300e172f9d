"""The states of a machine at the times of its answers, for documents of recordings that carry both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.timelines import MachineKey, Moment
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from instanceview.model.document import Document


def moment_of(document: Document) -> tuple[MachineKey, Moment] | None:
    """Return the machine of a document with its states at the time of the answer; None without name or time.

    A document that is not a machine's or a scale set's has none either.

    >>> from instanceview.model.document import Document, Origin
    >>> body = {"statuses": [{"code": "PowerState/running"}]}
    >>> url = "/subscriptions/0/providers/Microsoft.Compute/virtualMachines/app/instanceView"
    >>> headers = {"Date": "Fri, 02 Jun 2017 14:36:11 GMT"}
    >>> key, moment = moment_of(Document(body, Origin("a.har", url=url), "vm", headers=headers))
    >>> key.name, moment.time, moment.power
    ('app', '2017-06-02T14:36:11+00:00', 'running')
    """
    time = document.answered_at if document.kind in {None, *MACHINES} else None
    name = document.name if time else None
    if not time or not name:
        return None
    from instanceview.checking.machine_state import state_of  # most documents carry no time
    from instanceview.checking.machine_state.values import MachineState, ScaleSetState

    state = state_of(document)
    if not isinstance(state, MachineState | ScaleSetState):
        return None
    machine = state if isinstance(state, MachineState) else None
    extensions = tuple((each.name or "", str(each.word)) for each in machine.extensions) if machine else ()
    power = machine.power.word if machine else None
    moment = Moment(time, power, state.provisioning.word, extensions, document.origin)
    return MachineKey(state.kind, document.origin.file, _resource(document), name), moment


def _resource(document: Document) -> str:
    """Return the folded path of the resource, which differs for machines of one name; empty where none is known."""
    url = (document.origin.url or "").partition("?")[0]
    path = url if "/virtualmachine" in url.lower() else document.resource or ""
    start = path.lower().find("/subscriptions/")
    return path[start:].lower().removesuffix("/instanceview") if start >= 0 else ""
