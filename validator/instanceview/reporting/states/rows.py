"""Every facet of a state as a row: its word, what the document says with it, its place and its reason."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state.values import MachineState, ScaleSetState
from instanceview.model.text import one_line, quote
from instanceview.reporting.states.words import label, number_by_word, severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.checking.machine_state.facets import Agent, Status
    from instanceview.checking.machine_state.parts import Extension
    from instanceview.checking.machine_state.paths import State
    from instanceview.checking.machine_state.rare_facets import Patch
    from instanceview.checking.machine_state.resource import ResourceState


class Row(NamedTuple):
    """A facet, or an item of one: its name and word, its pointer, more about it, the reason, how much it matters."""

    facet: str
    name: str
    word: str
    pointer: str
    about: tuple[str, ...] = ()
    reason: str = ""
    severity: str = ""


def rows(state: State) -> Iterator[Row]:
    """Yield the rows of a state, in the order of its facets."""
    if isinstance(state, MachineState):
        yield from _of_machine(state)
    else:
        yield from _of_set(state) if isinstance(state, ScaleSetState) else _of_resource(state)
    yield from (_status("other", "other", status) for status in state.other)
    yield from (Row("", "ignored", text, "") for text in state.ignored)


def _of_machine(state: MachineState) -> Iterator[Row]:
    power, newest = state.power, state.newest
    yield _row("power", power, *([f"since {one_line(power.since.time)}"] if power.since else []), *_for_azure(state))
    yield _row("provisioning", state.provisioning)
    yield _row("osState", state.os_state)
    yield _row("agent", state.agent, *_agent(state.agent, is_exact=state.answered_at is not None))
    yield Row("newest", label("newest"), one_line(newest.time) if newest else "none", newest.pointer if newest else "")
    yield from chain.from_iterable(map(_extension, state.extensions))
    for handler in state.handlers_without_extension:
        yield _row("handlersWithoutExtension", handler, name=_named("handler", handler.type))
    for disk in state.disks:
        yield _row("disks", disk, *_listed(provisioning=disk.provisioning), name=_named("disk", disk.name))
    yield _row("health", state.health)
    yield _row("maintenance", state.maintenance, *_members(state.maintenance.windows))
    yield _row("colocation", state.colocation)
    yield _row("hibernation", state.hibernation)
    yield _row("migration", state.migration)
    yield from _patch(state.patch)
    yield _row("bootDiagnostics", state.boot_diagnostics)


def _for_azure(state: MachineState) -> Iterator[str]:
    """Yield Azure's name of the power state, and whether the machine is billed."""
    if state.display_name:
        yield f"Azure shows {quote(state.display_name)}"
    if state.is_billed is not None:
        yield "billed" if state.is_billed else "not billed"


def _of_set(state: ScaleSetState) -> Iterator[Row]:
    yield _row("provisioning", state.provisioning)
    summary = state.summary
    of_words = number_by_word(summary) if state.total is None else f"{state.total} ({number_by_word(summary)})"
    yield Row("machines", "machines", of_words, summary.pointer, (), summary.reason)
    for each in state.extension_summaries:
        yield Row("extensions", _named("extension", each.name), number_by_word(each), each.pointer, (), each.reason)
    for service in state.services:
        name = _named("orchestration service", service.name)
        about = _listed(time=service.time, message=service.message)
        yield Row("orchestrationServices", name, one_line(service.word), service.pointer, about)
    yield from (_row(facet, getattr(state, facet)) for facet in ("power", "agent", "health", "disks"))


def _of_resource(state: ResourceState) -> Iterator[Row]:
    yield _row("result", state.result)
    for item in state.items:
        yield _row("result", item, name=_named("part", item.name))
    yield from (Row("result", fact.name, one_line(str(fact.value)), fact.pointer) for fact in state.facts)


def _row(facet: str, value: Any, *about: str, name: str = "") -> Row:  # noqa: ANN401 (any facet)
    """Return the row of a facet; its detail is beside the word, its time and message after what the caller says."""
    detail = f" ({one_line(value.detail)})" if getattr(value, "detail", None) else ""
    time = None if facet == "agent" else getattr(value, "time", None)
    more = _listed(time=time, message=getattr(value, "message", None))
    word = one_line(value.word) + detail
    about = (*about, *more)
    return Row(facet, name or label(facet), word, value.pointer, about, value.reason, severity(value.word))


def _agent(agent: Agent, *, is_exact: bool) -> Iterator[str]:
    """Yield the words of the agent and their time; `is_exact` means that the time of the answer is known."""
    yield from _listed(says=agent.says, version=agent.version)
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
    name = _named("extension", extension.name)
    yield _row("extensions", extension, *about, name=name)
    if extension.handler:
        yield _row("extensions", extension.handler, name=f"  handler of {name}")
    for part in extension.parts:
        more = _listed(level=part.level, message=part.message)
        of_part = f"  part {one_line(part.name or '')} of {name}"
        word = part.word or part.level or "without a code"
        yield Row("extensions", of_part, one_line(word), part.pointer, more, "", severity(word))


def _patch(patch: Patch) -> Iterator[Row]:
    """Yield the row of the patches, then those of the last search and installation, and of the settings."""
    yield _row("patch", patch)
    for name, part in (("assessment", patch.assessment), ("installation", patch.installation)):
        if part:
            yield Row("patch", f"  {name} of patches", one_line(part.word), part.pointer, tuple(_members(part)))
    for status in patch.configuration:
        yield _status("patch", "  configuration of patches", status)


def _status(facet: str, name: str, status: Status) -> Row:
    """Return the row of a status that has no word of its own."""
    about = _listed(text=status.display_status, level=status.level, time=status.time, message=status.message)
    return Row(facet, name, one_line(status.code or "no code"), status.pointer, about)


def _named(what: str, name: str | None) -> str:
    return f"{what} {one_line(name)}" if name else f"{what} without a name"


def _listed(**members: str | None) -> tuple[str, ...]:
    """Return the members that there are, each with its name; a text of people is in quotes."""
    return tuple(_member(name, value) for name, value in members.items() if value is not None)


def _member(name: str, value: str) -> str:
    return f"{name} {quote(value) if name in {'message', 'text', 'says'} else one_line(value)}"


def _members(value: Any) -> Iterable[str]:  # noqa: ANN401 (a named tuple or None)
    """Return the members of a value of a facet that are there, but for its place."""
    members = value._asdict() if value else {}
    spelt = {True: "yes", False: "no"}
    return [
        f"{name.replace('_', ' ')} {spelt[each] if isinstance(each, bool) else one_line(str(each))}"
        for name, each in members.items()
        if each is not None and name not in {"word", "pointer"}
    ]
