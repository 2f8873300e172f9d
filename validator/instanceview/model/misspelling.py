"""Misspelling: how alike two names are, and whether one was meant for the other or has a word of its own.

Letters alone say too little: `VMExtensionProvisioningError` is near `VMExtensionProvisioningTimeout`.
"""

from __future__ import annotations

import re

_WORD = r"[A-Z]{2,}(?![a-z])|[A-Z]?[^A-Z\W_]+|[A-Z]"
_MOST_SLIPS = 2
"""Letters that are wrong, missing, extra or swapped in a misspelt word."""
_LONG = 6  # letters from which a word with two slips is still the same: `failed` and `sailed` have one


def likeness(name: str, meant: str, least: float) -> float:
    """Return the ratio of difflib's SequenceMatcher for two names, 0 for one below `least`.

    The ratio is twice the number of letters in the blocks that match, by the number of letters in both. It is found
    here, since a stranger's file may have a hundred thousand names that are nearly right. difflib compares each letter
    with all others, 50 microseconds a name. Here `str.find` looks for whole blocks, which are long where two names are
    alike; names with too few letters in common are not compared at all. The answers are equal, which
    `tests/model/test_misspelling.py` checks. The standard library's limit of popular letters begins at 200 letters,
    which no name of ours has.

    >>> likeness("statusses", "statuses", 0.75), likeness("stats", "disks", 0.75)
    (0.9411764705882353, 0.0)
    """
    both = len(name) + len(meant)
    letters, others = set(name), set(meant)
    common = min(len(name) - len(letters - others), len(meant) - len(others - letters))
    if 2.0 * common / both < least:
        return 0.0
    ratio = 2.0 * _matching(name, meant) / both
    return ratio if ratio >= least else 0.0


def _matching(one: str, two: str) -> int:
    """Return the letters in matching blocks: the longest, first in `one` then in `two`, and those on its two sides."""
    if not one or not two:
        return 0
    for size in range(min(len(one), len(two)), 0, -1):
        for start in range(len(one) - size + 1):
            at = two.find(one[start : start + size])
            if at >= 0:
                before = _matching(one[:start], two[:at])
                return size + before + _matching(one[start + size :], two[at + size :])
    return 0


def has_its_words(name: str, meant: str) -> bool:
    """Return True if a name has all words of another in their order, one of them perhaps misspelt.

    >>> has_its_words("osprovisoningtimedout", "OSProvisioningTimedOut"), has_its_words("Available", "Unavailable")
    (True, False)
    """
    folded, whole = name.lower(), meant.lower()
    for match in re.finditer(_WORD, meant):
        before, word, after = whole[: match.start()], match[0].lower(), whole[match.end() :]
        if folded.startswith(before) and folded.endswith(after) and len(folded) >= len(before) + len(after):
            written = folded[match.start() : len(folded) - len(after)]
            if written == word or _is_misspelt(written, word):
                return True
    return False


def _is_misspelt(written: str, word: str) -> bool:
    shorter, longer = sorted((written, word), key=len)
    has_prefix = longer.endswith(shorter) and len(longer) - len(shorter) >= _MOST_SLIPS  # `un` makes another word
    allowed = _MOST_SLIPS if len(word) >= _LONG else 1 if len(word) >= _MOST_SLIPS + 1 else 0
    return not has_prefix and abs(len(longer) - len(shorter)) <= allowed and slips(written, word) <= allowed


def slips(written: str, word: str) -> int:
    """Return the distance of two words in letters that are replaced, left out, added, or swapped with the next.

    >>> slips("KIND", "KNID"), slips("QUIET", "QUITE"), slips("JOBS", "JOB"), slips("A", "BCDE")
    (1, 1, 1, 4)
    """
    written, word = _without_common_ends(written, word)
    rows = [list(range(len(word) + 1))]  # one for each letter of `written`: the distance to each beginning of `word`
    for number, letter in enumerate(written, 1):
        row, above = [number], rows[-1]
        for place, other in enumerate(word, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != other)))
            if number > 1 and place > 1 and letter == word[place - 2] and written[number - 2] == other:
                row[place] = min(row[place], rows[-2][place - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def _without_common_ends(one: str, two: str) -> tuple[str, str]:
    """Return two words without the letters that both begin and end with: little is left of words that are alike."""
    begin = _common_beginning(one, two)
    one, two = one[begin:], two[begin:]
    end = _common_beginning(one[::-1], two[::-1])
    return one[: len(one) - end], two[: len(two) - end]


def _common_beginning(one: str, two: str) -> int:
    shorter = min(len(one), len(two))
    return next((number for number in range(shorter) if one[number] != two[number]), shorter)
