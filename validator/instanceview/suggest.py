"""Did-you-mean: the documented name that an unknown one most likely stands for."""

from __future__ import annotations

from functools import cache

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
