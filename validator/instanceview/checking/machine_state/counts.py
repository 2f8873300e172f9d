"""The facets of a scale set: numbers of machines by state, and its orchestration services."""

from __future__ import annotations

from typing import NamedTuple

from instanceview.checking.machine_state.reasons import Why, explain


class StateCount(NamedTuple):
    """The number of machines in a state."""

    state: str
    number: int


class Counted(NamedTuple):
    """The machines of a scale set, or those with one of its extensions, by state; `word` is `counted` or `unknown`.

    `machines` is the number of all machines beside an extension, None where that is unknown.
    """

    word: str
    pointer: str
    why: Why
    name: str | None = None
    counts: tuple[StateCount, ...] = ()
    machines: int | None = None

    @property
    def reason(self) -> str:
        """As `Facet.reason`."""
        return explain(self.why)

    @property
    def is_partial(self) -> bool:
        """True for an extension whose counts do not add up to the number of machines."""
        return self.word == "counted" and self.machines is not None and self.total != self.machines

    @property
    def total(self) -> int:
        """The number of machines in all states."""
        return sum(each.number for each in self.counts)


class Service(NamedTuple):
    """An orchestration service of a scale set and its state."""

    name: str | None
    word: str
    pointer: str
    time: str | None = None
    message: str | None = None
