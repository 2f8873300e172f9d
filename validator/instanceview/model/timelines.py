"""The timeline of a machine: its states in each answer of a recording, in the order of time; timelines merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from instanceview.model.document import Origin

MOST_MOMENTS = 100
"""Answers of a machine that are kept: the longest recording has 31 of one."""


class MachineKey(NamedTuple):
    """A machine or scale set of a file: its kind, the folded path of its resource where that is known, and its name.

    Recordings have their ids removed, so that machines of two files may have one path.
    """

    kind: str
    file: str
    resource: str
    name: str


class Moment(NamedTuple):
    """The states of a machine in one answer, at the time of that, and the place of the document.

    `power` is None for a scale set. `extensions` has the name and state of each.
    """

    time: str
    power: str | None
    provisioning: str
    extensions: tuple[tuple[str, str], ...]
    origin: Origin


class Timeline(NamedTuple):
    """The moments of a machine, the earliest `MOST_MOMENTS` in the order of time."""

    moments: tuple[Moment, ...] = ()

    def merge(self, other: Timeline) -> Timeline:
        """Return the moments of both."""
        both = {(each.time, each.origin): each for each in (*self.moments, *other.moments)}
        return Timeline(tuple(sorted(both.values(), key=_in_time)[:MOST_MOMENTS]))


def _in_time(moment: Moment) -> tuple[str, str, str, int]:
    origin = moment.origin
    return moment.time, origin.file, origin.entry or "", origin.line or 0
