"""The scan of a JSON text for expressions and shapes, in Python and in Rust."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from instanceview.checking.text_scan.expressions import Kinds, Scan, by_cost, literal_within, names_expression

if TYPE_CHECKING:
    from collections.abc import Callable


_RARE = "~_jqxz%kvwbyfgpmuhdcl9876543snirtoae"  # characters of English texts, the rarest first
_SPACE = r"[ \t\r\n]*"
# Of a character of ASCII, or of one that hides a name or is in one: a soft hyphen, a letter of Latin, Cyrillic or Asia.
_has_escape = re.compile(r"\\u(?:00[0-7aAdDfF]|01|0[46]|18|20[0236]|21|30|5[3bB]|[bB][eE]|[cC]5|[fF][eEfF])").search
_STRUCTURAL = r"\\[{}\[\]]|[:, ]"  # begins an expression whose first character is frequent in JSON
_BEGINNING = 4  # characters of a word that Rust's search for many words compares at once


@cache
def in_python(scan: Scan, *, words_in_rust: bool = False) -> Callable[[str], bool]:
    r"""Return a predicate on a JSON text: True if the scan finds nothing in it; False proves nothing.

    With `words_in_rust`, the words of any case are searched for in Rust, the rest in Python.

    >>> is_quiet = in_python(Scan(("<", r"\{[A-Za-z]")))
    >>> is_quiet('{"computerName": "web_0"}'), is_quiet('{"computerName": "{name}"}')
    (True, False)
    """
    kinds = by_cost(scan)
    closer = [(each, in_python(Scan(expressions))) for each, expressions in scan.closer]
    finds_no_word = _words_in_rust(kinds) if words_in_rust else _words_in_python(kinds)
    searches = [_search(each) for each in kinds.others]
    # The value after such a name is not a text of the shape. The `+` makes the spaces possessive.
    searches += [
        re.compile(f'{names_expression(names)}"{_SPACE}:{_SPACE}+(?!"{shape.expression()}")').search
        for names, shape in scan.shapes
    ]

    def is_quiet(text: str) -> bool:
        # An escape may hide a character of ASCII; most texts have no escape at all.
        if not text.isascii() or ("\\" in text and _has_escape(text)) or any(each in text for each in kinds.literals):
            return False
        if not finds_no_word(text.lower()) or any(search(text) for search in searches):
            return False
        return all(each not in text or finds_nothing(text) for each, finds_nothing in closer)

    return is_quiet


def _search(expression: str) -> Callable[[str], object]:
    search = re.compile(expression).search
    if not expression.startswith(r"\\"):
        return search
    return lambda text: "\\" in text and search(text)  # most texts have no backslash, which takes a tenth to see


def in_rust(scan: Scan) -> Callable[[str], bool]:
    """Return the predicate of `in_python`, which costs an eighth of that; to make it takes 20 ms."""
    from instanceview.checking.text_scan.unlike import unlike_text  # needed in the same runs only

    kinds = by_cost(scan)
    closer = [(each, in_rust(Scan(expressions))) for each, expressions in scan.closer]
    characters = [each for each in kinds.literals if len(each) == 1]
    others = [each for each in (*kinds.literals, *kinds.others) if each not in characters]
    # Expressions that begin with a character that is rare in JSON are joined: together they cost as much as one.
    rare = [each for each in others if not re.match(_STRUCTURAL, each)]
    patterns = ["|".join(rare), *(each for each in others if each not in rare)]
    patterns += [f'{names_expression(names)}"{_SPACE}:{_SPACE}"{unlike_text(shape)}' for names, shape in scan.shapes]
    finds_nothing = _finds_none(patterns)
    finds_no_word = _words_in_rust(kinds)

    def is_quiet(text: str) -> bool:
        for each in characters:
            if each in text:
                return False
        for each, finds_none_closer in closer:
            if each in text and not finds_none_closer(text):
                return False
        is_plain = text.isascii() and ("\\" not in text or not _has_escape(text))
        return is_plain and finds_nothing(text) and finds_no_word(text.lower())

    return is_quiet


def _words_in_python(kinds: Kinds) -> Callable[[str], bool]:
    """Return a predicate on a text in lower case: True if no word and no expression of any case is found in it."""
    words_by_rarest = [(min(each, key=f"{_RARE}{each}".index), each) for each in kinds.words]
    folded = [(literal_within(each), re.compile(each).search) for each in kinds.folded]

    def finds_none(low: str) -> bool:
        # Searching for one character costs a tenth of searching for several.
        for rare, each in words_by_rarest:
            if rare in low and each in low:
                return False
        return not any(each in low and search(low) for each, search in folded)

    return finds_none


def _words_in_rust(kinds: Kinds) -> Callable[[str], bool]:
    """Return the predicate of `_words_in_python`, which costs ten times as much; to make it takes 15 ms.

    Words of one length are searched for together, and all long ones: Rust looks for the beginnings of all words at
    once, which are as long as the shortest of them. In 1.6 KB, 54 words take 0.6 microseconds so, and together 2.5.
    """
    words = [*kinds.words, *(literal_within(each) or each for each in kinds.folded)]
    groups: dict[int, list[str]] = {}
    for word in words:
        groups.setdefault(min(len(word), _BEGINNING), []).append(word)
    searches = [_finds_none(["|".join(group)]) for group in groups.values()]
    finds_no_expression = _finds_none(["|".join(kinds.words), *kinds.folded])

    def finds_none(low: str) -> bool:
        for finds_no_word in searches:
            if not finds_no_word(low):
                return finds_no_expression(low)
        return True

    return finds_none


def _finds_none(patterns: list[str]) -> Callable[[str], bool]:
    """Return a predicate on a text: True if none of the expressions is found in it."""
    if not any(patterns):
        return lambda _: True
    import jsonschema_rs  # loads in 15 ms, and few runs have enough documents

    schema = {"not": {"anyOf": [{"pattern": each} for each in patterns if each]}}
    is_valid: Callable[[str], bool] = jsonschema_rs.Draft7Validator(
        schema, pattern_options=jsonschema_rs.RegexOptions()
    ).is_valid
    return is_valid
