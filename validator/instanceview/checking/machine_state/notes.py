"""Notes on a state: the things that most readers of an instance view miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.machine_state.lines import Saying
from instanceview.model.text import number_of, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.checking.machine_state.counts import Service
    from instanceview.checking.machine_state.facets import Agent, Facet, Status
    from instanceview.checking.machine_state.parts import Disk, Extension, Handler

_NONE = "not reported"
_DONE = "succeeded"


def agent_notes(agent: Agent) -> Iterator[Saying]:
    """Yield that an agent says Ready and does not report."""
    if agent.says == "Ready" and agent.word == "not reporting":
        yield Saying("agent", f"the agent says Ready, as of {one_line(agent.time or 'an unknown time')}; the VM is off")


def machine_notes(os_state: Facet[str], hibernation: Facet[str], boot: Facet[str]) -> Iterator[Saying]:
    """Yield an error of boot diagnostics, hibernation and generalization."""
    if boot.word != _NONE:
        yield Saying("bootDiagnostics", f"boot diagnostics: {one_line(boot.word)}")
    if hibernation.word == "Hibernated":
        yield Saying("hibernation", "hibernated: the memory is saved to disk")
    if os_state.word == "generalized":
        yield Saying("osState", "generalized: the VM can create images and cannot start")


def extension_notes(extensions: Sequence[Extension], handlers: Iterable[Handler]) -> Iterator[Saying]:
    """Yield handlers that are not ready, parts with a problem, and handlers without an extension."""
    if any(each.as_last_reported for each in extensions):
        yield Saying("extensions", "extensions are as last reported: the agent does not report")
    for each in extensions:
        name = one_line(each.name or "without a name")
        if each.handler and each.handler.word != _DONE:
            said = f": {one_line(each.handler.message)}" if each.handler.message else ""
            text = f"extension {name} {one_line(each.word)}, its handler {one_line(each.handler.text)}{said}"
            yield Saying("extensions", text)
        if each.parts:
            names = ", ".join(one_line(part.name or part.word or part.level or "") for part in each.parts)
            parts = number_of(len(each.parts), "part")
            yield Saying("extensions", f"extension {name}: {parts} with a problem: {names}")
    for handler in handlers:
        kind = one_line(handler.type or "without a type")
        yield Saying("handlersWithoutExtension", f"handler without extension: {kind} {one_line(handler.text)}")


def disk_notes(disks: Iterable[Disk]) -> Iterator[Saying]:
    """Yield the disks whose state is not `succeeded`."""
    for each in disks:
        if each.provisioning:
            yield Saying("disks", f"disk {one_line(each.name or 'without a name')}: {one_line(each.provisioning)}")


def other_notes(other: Iterable[Status], ignored: Iterable[str]) -> Iterator[Saying]:
    """Yield statuses of other categories, and values of a wrong type."""
    for each in other:
        yield Saying("other", f"another status: {one_line(each.code or 'without a code')}")
    for text in ignored:
        yield Saying("ignored", f"not read: {text}")


def service_notes(services: Iterable[Service]) -> Iterator[Saying]:
    """Yield the states of orchestration services."""
    for each in services:
        yield Saying("orchestrationServices", f"{one_line(each.name or 'a service')}: {one_line(each.word)}")
