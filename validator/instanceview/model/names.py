"""Did-you-mean: the name that was meant, for a member of a document and for a name that a caller typed.

There are two measures of likeness. A suggestion for a document is part of a finding, and decides between an error and
a warning, so that `nearest` is strict. A suggestion for what a caller typed is only help, so that `suggestion` is not.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import one_line, quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST = 40
"""Names that a message lists: more than there are options of check and scenarios, less than the rules. Of api-versions
it shows the first and the last."""
_CUTOFF = 0.75
"""Ratio of SequenceMatcher from which a name is near: no real capture has a misspelt element (test_captures.py)."""
_RIVAL = 0.05
"""Difference of ratios within which two names are rivals, so that neither is certain to be meant."""
_REMEMBERED = 1 << 12
"""Wrong names whose near ones are cached: as many as known values of an element (`checking/memo.py`), some 2 MB."""


def nearest(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that `name` may be a misspelling of, best first; one only when nothing rivals it.

    Letters are compared first, without case, `_` and `-`, since STATUSES and statuses have no letter in common; a name
    whose length is too far off is another name (a VM's `name` is not a misspelt `osName`).

    >>> nearest("STATUSES", ("statuses", "extensions")), nearest("platform_fault_domian", ("platformFaultDomain",))
    (('statuses',), ('platformFaultDomain',))
    >>> nearest("name", ("osName", "computerName"))
    ()
    """
    index, folded = _index(names), fold(name)
    same = index.by_folded.get(folded)
    if same:
        return same
    # Most lengths have no candidate, above all those of hostile names, which would fill the cache.
    return _alike(folded, names) if len(folded) in index.by_length else ()


class _Index(NamedTuple):
    """Names by their folded form, and by each length of a folded name that may be a misspelling of them."""

    by_folded: Mapping[str, tuple[str, ...]]
    by_length: Mapping[int, tuple[str, ...]]


@cache  # the names of an element, an open list or a category: some hundreds
def _index(names: tuple[str, ...]) -> _Index:
    by_folded: dict[str, tuple[str, ...]] = {}
    by_length: dict[int, tuple[str, ...]] = {}
    for each in names:
        by_folded[fold(each)] = (*by_folded.get(fold(each), ()), each)
        off = min(2, max(1, len(each) // 4))
        for length in range(len(each) - off, len(each) + off + 1):
            by_length[length] = (*by_length.get(length, ()), each)
    return _Index(by_folded, by_length)


@lru_cache(maxsize=_REMEMBERED)
def _alike(folded: str, names: tuple[str, ...]) -> tuple[str, ...]:
    from instanceview.model.misspelling import likeness  # a run without a wrong name saves 1 ms

    scores = {each: likeness(folded, fold(each), _CUTOFF) for each in _index(names).by_length[len(folded)]}
    close = {candidate: score for candidate, score in scores.items() if score >= _CUTOFF}
    best = max(close.values(), default=0.0)
    rivals = [candidate for candidate, score in close.items() if score > best - _RIVAL]
    return tuple(sorted(rivals, key=lambda candidate: -close[candidate]))


def fold(name: str) -> str:
    """Return a name as every spelling of it has it: camel, Pascal, snake and kebab.

    >>> fold("typeHandlerVersion") == fold("type_handler_version") == fold("Type-Handler-Version")
    True
    """
    return name.replace("_", "").replace("-", "").lower()


def did_you_mean(name: str, names: tuple[str, ...]) -> str | None:
    """Return the hint `did you mean "…"?`, None when no name is near, or the near one has another word in it.

    >>> did_you_mean("V3 ", ("V1",)), did_you_mean("succeded", ("succeeded", "failed"))
    (None, 'did you mean "succeeded"?')
    >>> did_you_mean("VMExtensionProvisioningTimeout", ("VMExtensionProvisioningError",)) is None
    True
    """
    near = nearest(name, names)
    if not near:
        return None
    from instanceview.model.misspelling import has_its_words  # most runs have no wrong name

    meant = next((each for each in near if has_its_words(name, each)), None)
    return f'did you mean "{meant}"?' if meant else None


def suggestion(typed: str, names: Sequence[str]) -> str:
    """Return ` did you mean "…"?` with the name that a caller most likely meant, empty when no name is near.

    A name in another case or with other separators comes first. A date before the first or after the last of some dates
    means that one. Then come a path whose last names were typed (`level`), the one name that begins so, and names that
    are only alike.

    >>> suggestion("Level", ("statuses.level", "lever")), suggestion("running", ("vm",))
    (' did you mean "statuses.level"?', '')
    >>> suggestion("STATUSES.level", ("vmAgent.statuses.level", "statuses.level"))
    ' did you mean "statuses.level"?'
    >>> suggestion("2016-04-30", ("2016-03-30", "2016-04-30-preview"))
    ' did you mean "2016-04-30-preview"?'
    >>> suggestion("2099-01-01", ("2019-03-01", "2020-12-01", "2026-04-01"))
    ' did you mean "2026-04-01"?'
    """
    from difflib import get_close_matches

    folded = {fold(name): name for name in reversed(names)}
    wanted = fold(typed)
    begun = [each for each in folded if wanted and each.startswith(wanted)]
    ways = (
        [wanted],
        [fold(each) for each in _end(typed, names)],
        [each for each in folded if each.endswith(f".{wanted}")][-1:],
        begun if len(begun) == 1 else [],
        get_close_matches(wanted, folded, n=1),
        begun[-1:],
    )
    meant = next((folded[each] for way in ways for each in way if each in folded), "")
    return f' did you mean "{meant}"?' if meant else ""


def _end(typed: str, names: Sequence[str]) -> list[str]:
    """Return the first of some dates in order for a date before it, the last for one after it, and nothing else."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", typed) or not all(name[:4].isdigit() for name in names):
        return []
    return [names[0]] if typed < names[0] else [names[-1]] if typed > names[-1] else []


class UnknownNameError(ValueError):
    """A name, such as a kind or an api-version, that is not known; the message lists the known names.

    >>> from instanceview import UnknownNameError, schema
    >>> try:
    ...     schema("vmms", "2024-07-01")
    ... except UnknownNameError as error:
    ...     print(str(error).partition(" known: ")[0])
    unknown kind "vmms"; did you mean "vmss"?
    """


def known(what: str, name: str, names: Sequence[str], listed_by: str = "") -> str:
    """Return `name` if it is one of `names`.

    Raises UnknownNameError with the nearest name, and TypeError for what is not text. The error lists the names, or
    says which command (`listed_by`) lists them.

    >>> known("kind", "vmss_vm", ("vmss-vm", "vm", "vmss"))
    Traceback (most recent call last):
    instanceview.model.names.UnknownNameError: unknown kind "vmss_vm"; did you mean "vmss-vm"? known: vmss-vm, vm, vmss
    """
    if name in names:
        return name
    if not isinstance(name, str):
        message = f'{what} takes str, such as "{names[-1]}"; found {one_line(repr(name))}'
        raise TypeError(message)
    in_order = all(each[:1].isdigit() for each in names)  # versions; a range of other names says nothing
    some = ", ".join(names) if len(names) <= _MOST else f"{len(names)} names"
    some = f"{names[0]} to {names[-1]}, {len(names)} in all" if in_order else some
    listing = f"`{listed_by}` lists them all" if listed_by else f"known: {some}"
    raise UnknownNameError(unknown(what, name, names, listing))


def flag(what: str, value: object) -> bool:
    """Return `value` if it is True or False, so that a word such as "no" is never taken for True.

    Raises TypeError for anything else.

    >>> flag("hazards", "yes")
    Traceback (most recent call last):
    TypeError: hazards takes True or False; found 'yes'
    """
    if isinstance(value, bool):
        return value
    message = f"{what} takes True or False; found {one_line(repr(value))}"
    raise TypeError(message)


def unknown(what: str, name: str, names: Sequence[str], listing: str) -> str:
    """Return the message about an unknown name; `listing` says what the names are, or what lists them.

    >>> unknown("command", "chekc", ("check", "diff"), "known: check, diff")
    'unknown command "chekc"; did you mean "check"? known: check, diff'
    """
    return f"unknown {what} {quote(name)};{suggestion(name, names)} {listing}"
