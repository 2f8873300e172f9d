"""Codes and display texts looked up in the vocabulary: those that match, and those that are near."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.cli.commands.codes import category_names, elsewhere, is_number, is_summary, take_apart
from instanceview.model.text import quote
from instanceview.tables.known_codes import NUMBER, shown_as, vocabulary
from instanceview.tables.states import codes_by_portal_name
from instanceview.tables.status_code import MalformedStatusCodeError
from instanceview.tables.vocabulary import BARE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.tables.known_codes import KnownCode
    from instanceview.tables.status_code import StatusCode

LEFT_OUT = "--place, --kind, --category or --level leaves it out"
_MOST = 4  # the most near names that are shown: they fit on two lines of a terminal
_ALIKE = 0.75
"""The least ratio of SequenceMatcher for a near name without a word in common, as for misspelt members."""
_SAYING = 4  # the least letters of a word that is compared; shorter ones, such as VM and is, are in many names
_LONGEST = 200
"""The most characters of a text that are compared; the longest known name has a third of them."""


def matching(text: str, among: Iterable[KnownCode]) -> tuple[KnownCode, ...]:
    """Return the codes in `among` that a code or a display text names, none if it is malformed or unknown.

    >>> [str(code) for code in matching("OS provisioning complete", vocabulary(kind="vm"))]
    ['ProvisioningState/succeeded/osProvisioningComplete', 'ProvisioningState/creating/osProvisioningComplete']
    >>> [(str(code), code.level) for code in matching("componentstatus/x/succeeded/7", vocabulary(kind="vm"))]
    [('ComponentStatus/<component>/succeeded/<number>', 'Warning')]
    """
    known = tuple(among)
    try:
        code = take_apart(text)
    except MalformedStatusCodeError:
        code = None
    return shown_as(text, known) or (tuple(_of_code(code, known)) if code else ())


def _of_code(code: StatusCode, known: Iterable[KnownCode]) -> Iterator[KnownCode]:
    category, state, detail = (code.category or BARE).lower(), code.state.lower(), (code.detail or "").lower()
    found: dict[tuple[str, tuple[str, ...]], dict[str, KnownCode]] = {}
    for each in known:
        if (each.category.lower(), each.state.lower()) == (category, state):
            found.setdefault((each.place, each.kinds), {})[(each.detail or "").lower()] = each
    for (place, _), here in found.items():
        exact = here.get(detail) or (here.get(NUMBER) if is_number(detail) else None)
        # Where details have names, a number is not one of them, and a summary counts codes without details.
        plain = here.get("") if is_number(detail) and len(here) == 1 and not is_summary(place) else None
        yield from (each for each in [exact or plain] if each)


def near(text: str) -> tuple[str, ...]:
    """Return the codes and display texts that a text may have been meant for, the nearest first, each text in quotes.

    All codes that end with the text come first. The others have a word in common with it, or nearly all letters.

    >>> near("VM runing"), near("unavailable"), near("nothing alike")
    (('"VM running"', 'PowerState/running'), ('ProvisioningState/Unavailable', 'HealthState/available'), ())
    """
    from difflib import SequenceMatcher

    wanted = text[:_LONGEST].lower()
    words = _words(wanted)
    names = {code.code: code.code for code in vocabulary()}
    texts = (*codes_by_portal_name(), *(shown for code in vocabulary() for shown in code.display_texts))
    names.update((f'"{shown}"', shown) for shown in texts)
    # A state is also compared without its category, which is longer than most states.
    ratios = {
        shown: max(SequenceMatcher(None, wanted, each).ratio() for each in {name.lower(), _last(name).lower()})
        for shown, name in names.items()
    }
    ended = [shown for shown in names if shown.lower().endswith(f"/{wanted}")]
    alike = [shown for shown, name in names.items() if ratios[shown] >= _ALIKE or words & _words(name.lower())]
    by_ratio = sorted(alike, key=lambda shown: -ratios[shown])
    return tuple(dict.fromkeys([*ended, *by_ratio]))[: max(_MOST, len(ended))]


def why_unlisted(text: str) -> str:
    """Return the reason why no known code is listed for a text, on one line.

    >>> why_unlisted("HealthState/degraded")
    '"HealthState/degraded" belongs to another resource: a standby pool that is not fully healthy.'
    """
    if matching(text, vocabulary()):
        return f"{quote(text)}: {LEFT_OUT}"
    try:
        other = elsewhere(take_apart(text))
    except MalformedStatusCodeError as error:
        return f"{quote(text)} is malformed: {error}"
    if other:
        return f"{quote(text)} belongs to another resource: {other[0].lower()}{other[1:]}"
    alike = near(text)
    return f"unknown code or text {quote(text)}" + (f"; near: {', '.join(alike)}" if alike else "")


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _words(folded: str) -> set[str]:
    """Return the words of a name that are compared: those of four letters or more that are not a category."""
    return {word for word in re.split(r"[^a-z]+", folded) if len(word) >= _SAYING}.difference(category_names())
