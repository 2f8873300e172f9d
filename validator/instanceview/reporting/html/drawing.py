"""The drawing of a machine's states over time: a lane for each state, with a segment from each change to the next.

Answers come in bursts that are months apart; to scale, each burst would be a few pixels wide. So the space between two
answers grows with the logarithm of the seconds between them, and the page says that it is not to scale.
"""

from __future__ import annotations

from datetime import datetime
from itertools import accumulate, groupby, pairwise
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reporting.conformance.timelines import changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from instanceview.reporting.conformance.values import MachineTimeline, TimelinePoint

WIDTH, NAMES, LANE, AXIS = 800, 190, 24, 30
"""The widths of the drawing and of the names of lanes, and the heights of a lane and of the axis, in units of SVG."""
_LETTER = 7.0
"""The width of a letter in these units: the widest common ones at 12 units, in Chromium with DejaVu Sans."""
_LABEL = 76
"""The width of a time on the axis in these units: eight letters, and the space before the next time."""
_MOST_SEGMENTS = 3000
"""The most segments and rows of changes on a page: at about 300 bytes each, half of what a page may have."""
_GOOD = {"running", "succeeded", "ready"}
_STILL = {"stopped", "deallocated", "canceled", "hibernated"}


class Segment(NamedTuple):
    """A state over successive answers that have it: place, width, tone, and its label, empty where it does not fit."""

    x: float
    width: float
    state: str
    tone: str
    label: str


class Lane(NamedTuple):
    """The states of one thing of a machine, such as its power, at its height."""

    name: str
    label: str
    y: int
    segments: tuple[Segment, ...]


class Drawing(NamedTuple):
    """A machine with its lanes, the times on the axis by their places, and the points at which a state changes.

    `resource` is its path where the file has another machine of this name, else empty.
    """

    machine: str
    resource: str
    kind: str
    file: str
    answers: int
    first: str
    last: str
    height: int
    lanes: tuple[Lane, ...]
    times: tuple[tuple[float, str], ...]
    changes: tuple[TimelinePoint, ...]


def drawings(timelines: Sequence[MachineTimeline]) -> tuple[Drawing, ...]:
    """Return the drawings of the machines that fit on a page, those with the most changes first."""
    most_first = sorted(timelines, key=lambda each: -len(changes(each)))
    sizes = accumulate(len(changes(each)) * (1 + len(_states(each.points))) for each in most_first)
    return tuple(_drawing(each) for each, size in zip(most_first, sizes, strict=True) if size <= _MOST_SEGMENTS)


def _drawing(timeline: MachineTimeline) -> Drawing:
    points = timeline.points
    edges = tuple(_edges([each.time for each in points]))
    lanes = tuple(
        Lane(name, _fitting(name, NAMES), LANE * number, tuple(_segments(states, edges)))
        for number, (name, states) in enumerate(_states(points).items())
    )
    times = tuple(_times(points, edges))
    height = LANE * len(lanes) + AXIS
    first, last = points[0].time, points[-1].time
    return Drawing(
        timeline.machine,
        timeline.resource or "",
        timeline.kind,
        timeline.file,
        len(points),
        first,
        last,
        height,
        lanes,
        times,
        changes(timeline),
    )


def _states(points: Sequence[TimelinePoint]) -> Mapping[str, list[str | None]]:
    """Return the states at all points by the name of their lane; None where the answer does not have the thing."""
    power = {"power": [each.power for each in points]} if any(each.power for each in points) else {}
    names = {name: None for each in points for name in each.extensions}
    extensions = {f"extension {name}": [each.extensions.get(name) for each in points] for name in names}
    return {**power, "provisioning": [each.provisioning for each in points], **extensions}


def _edges(times: Sequence[str]) -> Iterator[float]:
    """Return the places at which each answer begins, then that at which the last one ends."""
    moments = [datetime.fromisoformat(time) for time in times]
    gaps = [1 + log2(1 + max(0.0, (after - before).total_seconds())) for before, after in pairwise(moments)]
    gaps.append(sum(gaps) / len(gaps) if gaps else 1)
    scale = (WIDTH - NAMES) / sum(gaps)
    return (NAMES + scale * each for each in accumulate(gaps, initial=0.0))


def _segments(states: Iterable[str | None], edges: Sequence[float]) -> Iterator[Segment]:
    for state, group in groupby(enumerate(states), key=lambda each: each[1]):
        numbers = [number for number, _ in group]
        if state is not None:
            x = edges[numbers[0]]
            width = edges[numbers[-1] + 1] - x
            yield Segment(round(x, 1), round(width, 1), state, tone_of(state), _fitting(state, width))


def tone_of(state: str) -> str:
    """Return the tone of a state: `good`, `bad`, `still`, or `busy` for those on the way to another.

    >>> [tone_of(state) for state in ("running", "failed", "deallocated", "updating", "not reported")]
    ['good', 'bad', 'still', 'busy', 'none']
    """
    if state in _GOOD or state in _STILL:
        return "good" if state in _GOOD else "still"
    if "fail" in state:
        return "bad"
    return "busy" if state.endswith("ing") else "none"


def _fitting(text: str, width: float) -> str:
    """Return as much of a text as fits into a width, empty where fewer than four letters fit."""
    letters = int((width - 10) / _LETTER)
    least = 4
    return text if len(text) <= letters else f"{text[: letters - 1]}…" if letters >= least else ""


def _times(points: Sequence[TimelinePoint], edges: Sequence[float]) -> Iterator[tuple[float, str]]:
    """Yield the place and time of each answer that has space on the axis, with its date where that is a new one."""
    end, day = 0.0, ""
    for point, x in zip(points, edges, strict=False):
        date, _, clock = point.time.partition("T")
        after = x + _LABEL * (1 if date == day else 2)
        if end <= x and after <= WIDTH:
            yield round(x, 1), f"{'' if date == day else date} {clock[:8]}".strip()
            end, day = after, date
