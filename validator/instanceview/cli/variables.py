"""Warnings about environment variables that resemble those of options, and are most likely misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.misspelling import slips
from instanceview.model.text import safe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_NEAR = 2
"""The most letters by which a misspelt name differs. A name that differs by more belongs to another program."""


def misspelt(names: Iterable[str], known: Collection[str], once: Mapping[str, str]) -> Iterator[str]:
    """Yield a warning for each name that resembles a known variable, whatever its case.

    `once` has the options that no variable can set, by the variable that each would have.

    >>> list(misspelt(["INSTANCEVIEW_FAIL_0N", "INSTANCEVIEW_HOME"], ["INSTANCEVIEW_FAIL_ON"], {}))
    ['warning: INSTANCEVIEW_FAIL_0N is not known; did you mean INSTANCEVIEW_FAIL_ON?']
    >>> list(misspelt(["INSTANCEVIEW_CHANGED"], ["INSTANCEVIEW_FAIL_ON"], {"INSTANCEVIEW_CHANGED": "--changed"}))
    ['warning: INSTANCEVIEW_CHANGED has no effect; --changed is an option of the command line only']
    """
    for name in sorted(names):
        if name.upper() in once:
            option = once[name.upper()]
            yield f"warning: {safe(name)} has no effect; {option} is an option of the command line only"
            continue
        alike = (each for each in known if abs(len(each) - len(name)) <= _NEAR)  # a name may have 100,000 letters
        distance, meant = min(((slips(name.upper(), each), each) for each in alike), default=(_NEAR + 1, ""))
        if distance <= _NEAR:
            yield f"warning: {safe(name)} is not known; did you mean {meant}?"
