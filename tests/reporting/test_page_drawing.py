"""The drawing of machines over time: what lies where, what fits, and how much of it a page has."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from instanceview.model.document import Origin
from instanceview.reporting.conformance.values import MachineTimeline, TimelinePoint
from instanceview.reporting.html.drawing import NAMES, WIDTH, drawings

if TYPE_CHECKING:
    from instanceview.reporting.html.drawing import Drawing

Change = tuple[str, str | None, str, dict[str, str]]


def timeline(*points: Change, name: str = "app") -> MachineTimeline:
    return MachineTimeline(
        name,
        "vm",
        "a.har",
        None,
        tuple(
            TimelinePoint(f"2024-07-{time}+00:00", power, provisioning, extensions, Origin("a.har"))
            for time, power, provisioning, extensions in points
        ),
    )


def lanes(drawing: Drawing) -> dict[str, list[tuple[str, str]]]:
    return {lane.name: [(part.state, part.tone) for part in lane.segments] for lane in drawing.lanes}


def test_a_state_is_a_segment_until_it_changes() -> None:
    (drawing,) = drawings(
        [
            timeline(
                ("01T10:00:00", "starting", "updating", {}),
                ("01T10:00:05", "running", "updating", {"agent": "transitioning"}),
                ("01T10:00:09", "running", "succeeded", {"agent": "failed"}),
                ("02T10:00:00", "deallocated", "succeeded", {}),
            )
        ]
    )
    assert lanes(drawing) == {
        "power": [("starting", "busy"), ("running", "good"), ("deallocated", "still")],
        "provisioning": [("updating", "busy"), ("succeeded", "good")],
        "extension agent": [("transitioning", "busy"), ("failed", "bad")],
    }
    assert len(drawing.changes) == 4
    for lane in drawing.lanes[:2]:
        ends = [NAMES, *(round(part.x + part.width, 1) for part in lane.segments)]
        assert [part.x for part in lane.segments] == ends[:-1]
        assert ends[-1] == WIDTH


def test_a_longer_time_takes_more_space_and_no_time_takes_some() -> None:
    states = [("running", "1"), ("running", "2"), ("running", "3"), ("running", "4")]
    times = ("01T10:00:00", "01T10:00:00", "01T10:00:30", "20T10:00:00")
    (drawing,) = drawings([timeline(*((time, *state, {}) for time, state in zip(times, states, strict=True)))])
    widths = [part.width for part in drawing.lanes[1].segments]
    assert 10 < widths[0] < widths[1] < widths[2]


def test_a_scale_set_has_no_lane_of_power() -> None:
    points: list[Change] = [("01T10:00:00", None, "updating", {}), ("01T10:05:00", None, "succeeded", {})]
    assert list(lanes(drawings([timeline(*points)])[0])) == ["provisioning"]


def test_a_label_and_a_time_are_where_they_fit() -> None:
    points: list[Change] = [(f"01T10:00:{second:02}", "running", f"state {second} of many", {}) for second in range(60)]
    (drawing,) = drawings([timeline(*points, ("09T10:00:00", "running", "succeeded", {}))])
    parts = drawing.lanes[1].segments
    assert all(7 * len(part.label) <= part.width for part in parts)
    assert parts[0].label == ""
    assert parts[-2].label.startswith("state 59")
    places = [x for x, _ in drawing.times]
    assert all(after - before >= 76 for before, after in pairwise(places))
    assert drawing.times[0][1] == "2024-07-01 10:00:00"


def test_a_page_has_the_machines_with_the_most_changes_that_fit() -> None:
    def machine(number: int, changes: int) -> MachineTimeline:
        points: list[Change] = [("01T10:00:00", "running", str(change), {}) for change in range(changes)]
        return timeline(*points, name=f"m{number}")

    many = drawings([machine(number, 2 + number % 99) for number in range(5000)])
    assert 5 < len(many) < 50
    assert len(many[0].changes) == 100
    assert drawings([]) == ()


def test_a_machine_with_a_namesake_has_its_path() -> None:
    namesake = timeline(("01T10:00:00", "running", "succeeded", {}), ("01T11:00:00", "stopped", "succeeded", {}))
    one, other = drawings([namesake._replace(resource="/subscriptions/1"), namesake])
    assert (one.resource, other.resource, one.file) == ("/subscriptions/1", "", "a.har")
