"""Works in turn for several rounds, and the ratios of their times as rows of a table."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Work = Callable[[], object]
    Times = Mapping[str, list[float]]


class Row(NamedTuple):
    """One ratio: what it is of, its aim, its value in each round, and the medians above and below, in seconds."""

    what: str
    aim: str
    ratios: tuple[float, ...]
    above: float
    below: float

    def cells(self) -> tuple[str, ...]:
        """Return the cells of a table: median, least and most of the ratio, and both medians."""
        least, most = min(self.ratios), max(self.ratios)
        middle = median(self.ratios)
        return (
            self.what,
            self.aim,
            f"{middle:.2f}",
            f"{least:.2f} to {most:.2f}",
            _said(self.above),
            _said(self.below),
        )


def in_turn(
    works: Callable[[int], Mapping[str, Work]], rounds: int, clock: Callable[[], float] = perf_counter
) -> Times:
    """Return the times of each work in seconds, one for each round: all have the same noise of the machine.

    `works` makes the works of a round from its number, from 0; that is not timed.
    """
    times: dict[str, list[float]] = {}
    for number in range(rounds):
        for name, work in works(number).items():
            start = clock()
            work()
            times.setdefault(name, []).append(clock() - start)
    return times


def ratio(times: Times, what: str, aim: str, above: str, below: str) -> Row:
    """Return the row of the time of one work over that of another; `2*one` is twice the time of `one`."""
    up, down = _times(times, above), _times(times, below)
    ratios = tuple(first / second for first, second in zip(up, down, strict=True))
    return Row(what, aim, ratios, median(up), median(down))


def beyond(times: Times, what: str, aim: str, *works: str) -> Row:
    """Return the row of the time that one work takes beyond another, over that of a third, the unit."""
    longer, shorter, unit = (times[work] for work in works)
    more = [each - less for each, less in zip(longer, shorter, strict=True)]
    ratios = tuple(each / one for each, one in zip(more, unit, strict=True))
    return Row(what, aim, ratios, median(more), median(unit))


def _times(times: Times, name: str) -> list[float]:
    factor, star, rest = name.rpartition("*")
    return [float(factor if star else 1) * each for each in times[rest]]


def _said(seconds: float) -> str:
    return f"{seconds:.3g}"
