"""Misspelling: whether a name was meant for another one, or has a word of its own.

Letters alone say too little: `VMExtensionProvisioningError` is near `VMExtensionProvisioningTimeout`.
"""

from __future__ import annotations

import re

_WORD = r"[A-Z]{2,}(?![a-z])|[A-Z]?[^A-Z\W_]+|[A-Z]"
_MOST_SLIPS = 2
"""Letters that are wrong, missing, extra or swapped in a misspelt word."""
_LONG = 6  # letters from which a word with two slips is still the same: `failed` and `sailed` have one


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
    return not has_prefix and abs(len(longer) - len(shorter)) <= allowed and _slips(written, word) <= allowed


def _slips(written: str, word: str) -> int:
    """Return the distance of two words in letters that are replaced, left out, added, or swapped with the next."""
    rows = [list(range(len(word) + 1))]
    for i, letter in enumerate(written, 1):
        row = [i]
        for j, other in enumerate(word, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == word[j - 2] and written[i - 2] == other:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
