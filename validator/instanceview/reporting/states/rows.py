"""The rows of a state, one for each facet and item: word, place, reason, and what else the document says."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from instanceview.checking.machine_state.values import MachineState, ScaleSetState
from instanceview.model.text import one_line, quote
from instanceview.reporting.states.row import Row, facet_row, listed, members, named, status_row
from instanceview.reporting.states.words import label, number_by_word, severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.checking.machine_state.facets import Agent
    from instanceview.checking.machine_state.parts import Extension
    from instanceview.checking.machine_state.paths import State
    from instanceview.checking.machine_state.rare_facets import Patch
    from instanceview.checking.machine_state.resource import ResourceState


def rows(state: State) -> Iterator[Row]:
    """Yield the rows of a state, in the order of its facets."""
    if isinstance(state, MachineState):
        yield from _of_machine(state)
    else:
        yield from _of_set(state) if isinstance(state, ScaleSetState) else _of_resource(state)
    yield from (status_row("other", "other", status) for status in state.other)
    yield from (Row("", "ignored", text, "") for text in state.ignored)


def _of_machine(state: MachineState) -> Iterator[Row]:
    power, newest = state.power, state.newest
    since = [f"since {one_line(power.since.time)}"] if power.since else []
    yield facet_row("power", power, *since, *_for_azure(state))
    yield facet_row("provisioning", state.provisioning)
    yield facet_row("osState", state.os_state)
    yield facet_row("agent", state.agent, *_agent(state.agent, is_exact=state.answered_at is not None))
    yield Row("newest", label("newest"), one_line(newest.time) if newest else "none", newest.pointer if newest else "")
    yield from chain.from_iterable(map(_extension, state.extensions))
    for handler in state.handlers_without_extension:
        yield facet_row("handlersWithoutExtension", handler, name=named("handler", handler.type))
    for disk in state.disks:
        yield facet_row("disks", disk, *listed(provisioning=disk.provisioning), name=named("disk", disk.name))
    yield facet_row("health", state.health)
    yield facet_row("maintenance", state.maintenance, *members(state.maintenance.windows))
    yield facet_row("colocation", state.colocation)
    yield facet_row("hibernation", state.hibernation)
    yield facet_row("migration", state.migration)
    yield from _patch(state.patch)
    yield facet_row("bootDiagnostics", state.boot_diagnostics)


def _for_azure(state: MachineState) -> Iterator[str]:
    """Yield Azure's name for the power state, and whether the machine is billed."""
    if state.display_name:
        yield f"Azure shows {quote(state.display_name)}"
    if state.is_billed is not None:
        yield "billed" if state.is_billed else "not billed"


def _of_set(state: ScaleSetState) -> Iterator[Row]:
    yield facet_row("provisioning", state.provisioning)
    summary = state.summary
    of_words = number_by_word(summary) if state.total is None else f"{state.total} ({number_by_word(summary)})"
    yield Row("machines", "machines", of_words, summary.pointer, (), summary.reason)
    for each in state.extension_summaries:
        yield Row("extensions", named("extension", each.name), number_by_word(each), each.pointer, (), each.reason)
    for service in state.services:
        name = named("orchestration service", service.name)
        about = listed(time=service.time, message=service.message)
        yield Row("orchestrationServices", name, one_line(service.word), service.pointer, about)
    yield from (facet_row(facet, getattr(state, facet)) for facet in ("power", "agent", "health", "disks"))


def _of_resource(state: ResourceState) -> Iterator[Row]:
    yield facet_row("result", state.result)
    for item in state.items:
        yield facet_row("result", item, name=named("part", item.name))
    yield from (Row("result", fact.name, one_line(str(fact.value)), fact.pointer) for fact in state.facts)


def _agent(agent: Agent, *, is_exact: bool) -> Iterator[str]:
    """Yield the words of the agent and their time; `is_exact` means that the time of the answer is known."""
    yield from listed(says=agent.says, version=agent.version)
    if agent.time and agent.time_is == "answer":
        yield f"answered {one_line(agent.time)}"
    elif agent.time:
        age = f", {'' if is_exact else 'at least '}{duration(agent.age or 0)} before the answer"
        yield f"last report {one_line(agent.time)}{age if agent.age or (is_exact and agent.age == 0) else ''}"


def duration(seconds: int) -> str:
    """Return a number of seconds in words.

    >>> duration(7), duration(23520), duration(200_000)
    ('7 s', '6 h 32 min', '2 d 7 h')
    """
    if seconds < 120:  # noqa: PLR2004 (two minutes)
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (rest, "s")]
    first = next(index for index, (number, _) in enumerate(parts) if number)
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2])


def _extension(extension: Extension) -> Iterator[Row]:
    """Yield the row of an extension, then those of its handler and of the parts that have a problem."""
    about = ["as last reported"] if extension.as_last_reported else []
    name = named("extension", extension.name)
    yield facet_row("extensions", extension, *about, name=name)
    if extension.handler:
        yield facet_row("extensions", extension.handler, name=f"  handler of {name}")
    for part in extension.parts:
        more = listed(level=part.level, message=part.message)
        of_part = f"  part {one_line(part.name or '')} of {name}"
        word = part.word or part.level or "without a code"
        yield Row("extensions", of_part, one_line(word), part.pointer, more, "", severity(word))


def _patch(patch: Patch) -> Iterator[Row]:
    """Yield the row of the patches, then those of the last search and installation, and of the settings."""
    yield facet_row("patch", patch)
    for name, part in (("assessment", patch.assessment), ("installation", patch.installation)):
        if part:
            yield Row("patch", f"  {name} of patches", one_line(part.word), part.pointer, tuple(members(part)))
    for status in patch.configuration:
        yield status_row("patch", "  configuration of patches", status)
