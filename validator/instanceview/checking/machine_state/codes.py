"""Status codes as states read them: by category, without case, in the vocabulary's spelling, however malformed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state.members import NO_STATUS
from instanceview.model.text import join_words, one_line
from instanceview.tables.states import details, spellings
from instanceview.tables.vocabulary import categories_by_element

if TYPE_CHECKING:
    from instanceview.checking.machine_state.reasons import Why

Codes = tuple[str, ...]
"""The codes of a list of statuses, as `Reading.codes_of` returns them."""

PROVISIONING = "ProvisioningState"
"""The category that every list of statuses has."""
_IN_PROGRESS = "osProvisioningInProgress"
_SHORT = 40  # characters of a word that contradicts another: the pointer after it is not cut then
_KEPT = 1024
"""Lists of codes that are kept: 2,863 captured documents have 60 different ones, at 200 places."""
LONGEST = 400
"""Characters of the codes in a list that is kept: those of real ones have 100 at most."""


def count_of(codes: Codes) -> int:
    """Return the number of statuses."""
    return len(codes) - codes.count(NO_STATUS)


class Code(NamedTuple):
    """A code in its parts: the folded category, the state as written, and what is after it, None without it."""

    category: str
    state: str
    detail: str | None


def parts(code: str) -> Code:
    """Return the parts of a code; one without a state has the category `""`, since it is the state of nothing.

    >>> parts("ProvisioningState/failed/-1")
    Code(category='provisioningstate', state='failed', detail='-1')
    >>> parts("PowerState").category, parts("PowerState/").category
    ('', '')
    """
    category, _, rest = code.partition("/")
    state, _, detail = rest.partition("/")
    return Code(category.lower() if state else "", state, detail or None)


_DISAGREE = {"ExtensionWord": "extension disagrees"}
"""The reasons with a count of their own, by the type of the words."""


class Found(NamedTuple):
    """What statuses say in one category: a word and its pointer, reason and detail, and the place in their list.

    `word` is of the type that the caller asked for.
    """

    word: Any
    pointer: str
    why: Why
    detail: str | None
    at: int


def found(codes: Codes, category: str, words: str, pointer: str) -> Found | None:
    """Return the word of codes in a category, None without one of it.

    `words` names the type of the words, `pointer` is that of the list. Several codes of one state are as one, the
    first; of different states none counts, and the word is `unknown`.

    >>> found(("ProvisioningState/Succeeded", "PowerState/Running"), "PowerState", "PowerWord", "/statuses").word
    'running'
    >>> found(("PowerState/running", "PowerState/stopped"), "PowerState", "PowerWord", "/statuses").why
    ('disagree', 'running at /statuses/0, stopped at /statuses/1')
    """
    read = _kept if len("".join(codes)) <= LONGEST else _found
    return read(codes, category, words, pointer)


def _found(codes: Codes, category: str, words: str, pointer: str) -> Found | None:
    folded = category.lower()
    of_category = [(at, each) for at, code in enumerate(codes) if (each := parts(code)).category == folded]
    if not of_category:
        return None
    (at, first), *others = of_category
    said = [spelt(words, each.state) for _, each in of_category]
    if len({word.lower() for word in said}) > 1:
        pairs = zip(said, of_category, strict=True)
        places = join_words(tuple(f"{one_line(word)[:_SHORT]} at {pointer}/{at}" for word, (at, _) in pairs))
        return Found("unknown", pointer, (_DISAGREE.get(words, "disagree"), places), None, at)
    detail = first.detail and details(words).get((said[0], first.detail.lower()), first.detail)
    again = join_words(tuple(f"{pointer}/{at}" for at, _ in others))
    return Found(said[0], f"{pointer}/{at}/code", _why(codes[at], words, again, detail), detail, at)


_kept = lru_cache(_KEPT)(_found)


def _why(code: str, words: str, again: str, detail: str | None) -> Why:
    if again:
        return ("code that repeats", code, again)
    word = parts(code).state.lower()
    if word not in spellings(words):
        return ("code unlisted", code)
    return ("in progress" if detail == _IN_PROGRESS and word == "succeeded" else "code", code)


def spelt(words: str, word: str) -> Any:  # noqa: ANN401 (as `Found.word`)
    """Return a word as the vocabulary spells it; one that is not there is an `OtherWord`, as it is.

    >>> spelt("PowerWord", "Running"), spelt("PowerWord", "Asleep"), type(spelt("PowerWord", "Asleep")).__name__
    ('running', 'Asleep', 'OtherWord')
    """
    usual = spellings(words).get(word.lower())
    if usual:
        return usual
    from instanceview.literals import OtherWord  # a run without such a word saves 0.8 ms

    return OtherWord(word)


def phase(word: str, detail: str | None) -> str | None:
    """Return a detail as people read it: Azure's text for a phase, the code for the reason of a failure.

    >>> phase("succeeded", "osProvisioningInProgress"), phase("failed", "AllocationFailed")
    ('OS provisioning in progress', 'AllocationFailed')
    """
    if not detail or word == "failed":
        return detail
    states = categories_by_element("vm")["statuses"][PROVISIONING.lower()].states
    known = states[word].details.get(detail.lower()) if word in states else None
    return known.texts[0] if known and known.texts else detail
