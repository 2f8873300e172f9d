"""Environment variables that look like those of options, and are not: most likely misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.text import escape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_NEAR = 2
"""Letters by which a misspelt name differs. A name that differs by more belongs to another program."""


def misspelt(names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    """Yield a warning for each name that is near that of a known variable, whatever its case.

    >>> list(misspelt(["INSTANCEVIEW_FAIL_0N", "INSTANCEVIEW_HOME"], ["INSTANCEVIEW_FAIL_ON"]))
    ['INSTANCEVIEW_FAIL_0N is not known; did you mean INSTANCEVIEW_FAIL_ON?']
    """
    for name in sorted(names):
        distance, meant = min((_distance(name.upper(), each), each) for each in known)
        if distance <= _NEAR:
            yield f"{escape(name)} is not known; did you mean {meant}?"


def _distance(one: str, two: str) -> int:
    """Return the number of letters to add, remove, change, or swap with the next, to turn one name into the other.

    >>> _distance("KIND", "KNID"), _distance("QUIET", "QUITE"), _distance("JOBS", "JOB"), _distance("A", "BCDE")
    (1, 1, 1, 4)
    """
    rows = [list(range(len(two) + 1))]
    for i, letter in enumerate(one, start=1):
        row, last = [i], rows[-1]
        for j, other in enumerate(two, start=1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
