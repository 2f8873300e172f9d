"""Did-you-mean: the documented name that an unknown one most likely stands for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEW = 3  # names that a message lists; of more it shows the first and the last
_CUTOFF = 0.75
_RIVAL = 0.05  # names that are alike to within this are rivals: neither is the one that was meant


@cache
def nearest(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that `name` may be a misspelling of, best first; one only when nothing rivals it.

    Case is compared first, since difflib finds no likeness between STATUSES and statuses; a name whose length is
    too far off is another name (a VM's `name` is no misspelt `osName`).

    >>> nearest("STATUSES", ("statuses", "extensions")), nearest("platformFaultDomian", ("platformFaultDomain",))
    (('statuses',), ('platformFaultDomain',))
    >>> nearest("name", ("osName", "computerName"))
    ()
    """
    folded = name.lower()
    same = tuple(candidate for candidate in names if candidate.lower() == folded)
    if same:
        return same
    from difflib import SequenceMatcher  # needed for findings only

    # Lengths are compared first: comparing letters takes seconds for a name of megabytes.
    alike = [each for each in names if abs(len(each) - len(name)) <= min(2, max(1, len(each) // 4))]
    scores = {candidate: SequenceMatcher(None, folded, candidate.lower()).ratio() for candidate in alike}
    close = {candidate: score for candidate, score in scores.items() if score >= _CUTOFF}
    best = max(close.values(), default=0.0)
    rivals = [candidate for candidate, score in close.items() if score > best - _RIVAL]
    return tuple(sorted(rivals, key=lambda candidate: -close[candidate]))


def did_you_mean(name: str, names: tuple[str, ...]) -> str | None:
    """Return the hint `did you mean "…"?`, None when no name is near.

    >>> did_you_mean("V3 ", ("V1",)), did_you_mean("succeded", ("succeeded", "failed"))
    (None, 'did you mean "succeeded"?')
    """
    near = nearest(name, names)
    return f'did you mean "{near[0]}"?' if near else None


class UnknownNameError(ValueError):
    """A kind, api-version or engine that is not among the known ones; the text says which ones are.

    >>> from instanceview import UnknownNameError, schema
    >>> try:
    ...     schema("vmms", "2024-07-01")
    ... except UnknownNameError as error:
    ...     print(str(error).partition(" known: ")[0])
    unknown kind "vmms"; did you mean "vmss"?
    """


def known(what: str, name: str, names: Sequence[str]) -> str:
    """Return `name` if it is one of `names`.

    Raises UnknownNameError with the nearest name, and TypeError for what is no text.

    >>> known("kind", "vmss_vm", ("vmss-vm", "vm", "vmss"))
    Traceback (most recent call last):
    instanceview.model.names.UnknownNameError: unknown kind "vmss_vm"; did you mean "vmss-vm"? known: vmss-vm, vm, vmss
    """
    if name in names:
        return name
    if not isinstance(name, str):
        message = f'{what} takes str, such as "{names[-1]}"; found {type(name).__name__}'
        raise TypeError(message)
    from difflib import get_close_matches

    from instanceview.model.text import quote  # only needed on the way out

    nearest = get_close_matches(name.lower(), names, n=1)
    suggestion = f' did you mean "{nearest[0]}"?' if nearest else ""
    listed = ", ".join(names) if len(names) <= _FEW else f"{names[0]} to {names[-1]}, {len(names)} in all"
    message = f"unknown {what} {quote(name)};{suggestion} known: {listed}"
    raise UnknownNameError(message)
