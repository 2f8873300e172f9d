"""The line of a state: for people, in the order in which they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.codes import phase
from instanceview.model.text import number_of, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.machine_state.counts import Counted
    from instanceview.checking.machine_state.facets import Agent, Facet, Power
    from instanceview.checking.machine_state.parts import ExtensionCounts


class Saying(NamedTuple):
    """A text about a facet, which has its name as in JSON."""

    facet: str
    text: str


def machine_line(power: Power, provisioning: Facet[str], agent: Agent, counts: ExtensionCounts) -> tuple[Saying, ...]:
    """Return the texts of a machine's line: power, provisioning, agent, and extensions that have not succeeded."""
    detail = phase(provisioning.word, provisioning.detail)
    done = f"provisioning {one_line(provisioning.word)}{f' ({one_line(detail)})' if detail else ''}"
    named = {"failed": counts.failed, "transitioning": counts.transitioning, "no status": counts.no_status}
    undone = ", ".join(f"{count} {word}" for word, count in {**named, "other": counts.other}.items() if count)
    return (
        Saying("power", one_line(power.word)),
        Saying("provisioning", done),
        Saying("agent", f"agent {agent.word}"),
        *([Saying("extensions", f"extensions: {undone}")] if undone else ()),
    )


def scale_set_line(provisioning: Facet[str], summary: Counted, extensions: Iterable[Counted]) -> tuple[Saying, ...]:
    """Return the texts of a scale set's line: its last operation, its machines, extensions that have not succeeded."""
    detail = phase(provisioning.word, provisioning.detail)
    done = f"scale set {one_line(provisioning.word)}{f' ({one_line(detail)})' if detail else ''}"
    if summary.word == "unknown":
        machines = "machines unknown"
    else:
        machines = f"{number_of(summary.total, 'machine')}{': ' if summary.counts else ''}{_counts(summary)}"
    return (
        Saying("provisioning", done),
        Saying("machines", machines),
        *(
            Saying("extensions", f"extension {one_line(each.name or 'without a name')}: {_counts(each)}")
            for each in extensions
            if each.is_partial or any(count.state != "succeeded" for count in each.counts)
        ),
    )


def _counts(counted: Counted) -> str:
    counts = [f"{each.number} {one_line(each.state)}" for each in counted.counts]
    if counted.is_partial:
        counts.append(f"{counted.total} of {number_of(counted.machines or 0, 'machine')} counted")
    return ", ".join(counts)
