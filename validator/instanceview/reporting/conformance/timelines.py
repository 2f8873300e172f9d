"""The states of each machine that was asked more than once, in the order of time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from instanceview.model.document import Origin, place
from instanceview.model.text import beginning, one_line
from instanceview.reporting.conformance.values import MachineTimeline, TimelinePoint

if TYPE_CHECKING:
    from instanceview.model.timelines import Moment
    from instanceview.reporting.conformance.corpus import Corpus


def timelines_of(corpus: Corpus) -> tuple[MachineTimeline, ...]:
    """Return the machines that were asked at more than one time, by their names and files, each with its states."""
    machines = corpus.coverage.machines
    namesakes = Counter((key.kind, key.file, key.name) for key in machines)
    found = (
        MachineTimeline(
            one_line(key.name),
            key.kind,
            place(Origin(key.file)),
            one_line(key.resource) if namesakes[key.kind, key.file, key.name] > 1 else None,
            tuple(map(_point, timeline.moments)),
        )
        for key, timeline in sorted(machines.items())
        if len({moment.time for moment in timeline.moments}) > 1
    )
    return tuple(sorted(found, key=lambda each: (each.machine, each.kind, each.file)))


def machine_text(timeline: MachineTimeline) -> str:
    """Return the name, kind and file of a machine, with its resource where it has a namesake.

    >>> machine_text(MachineTimeline("app", "vm", "a.har", None, ()))
    'app (vm) in a.har'
    """
    resource = f" of {timeline.resource}" if timeline.resource else ""
    return f"{beginning(timeline.machine)} ({timeline.kind}){resource} in {timeline.file}"


def changes(timeline: MachineTimeline) -> tuple[TimelinePoint, ...]:
    """Return the first point of a machine, and each at which a state differs from that of the point before."""
    points = timeline.points
    return tuple(
        point for index, point in enumerate(points) if not index or _states(point) != _states(points[index - 1])
    )


def states_text(point: TimelinePoint) -> str:
    """Return the states of a machine at a time in words.

    >>> states_text(TimelinePoint("2024-07-01T00:00:00Z", "running", "updating", {"health": "failed"}, Origin("a")))
    'running; provisioning updating; health failed'
    """
    extensions = (f"{name} {word}" for name, word in point.extensions.items())
    return "; ".join([*([point.power] if point.power else []), f"provisioning {point.provisioning}", *extensions])


def _states(point: TimelinePoint) -> tuple[object, ...]:
    return point.power, point.provisioning, point.extensions


def _point(moment: Moment) -> TimelinePoint:
    return TimelinePoint(
        moment.time,
        None if moment.power is None else one_line(moment.power),
        one_line(moment.provisioning),
        {one_line(name): one_line(word) for name, word in moment.extensions},
        moment.origin,
    )
