"""The scan of a JSON text for expressions and shapes, in Python and in Rust."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.rules.quiet import Like

_SPACE = r"[ \t\r\n]*"
# Expressions of these parts find in JSON what they find in a text. A backslash comes first only: JSON writes it twice,
# and the second of them is found before what follows. Elsewhere it is one or more of them.
_SCANNABLE = re.compile(
    r"(?:\\\\)?(?:\\\\\+|[A-Za-z0-9 _<>=:;,@#%&'~!-]|\\[{}()\[\].+*?|^$-]|\[[A-Za-z0-9_.:;<>=@#%&~ -]+\]"
    r"|\(\?i?:|\((?!\?)|[)|]|(?<!\()[+*?])+"
    # Every other character than some letters, at the end: JSON writes none of them with one of these letters first.
    r"(?:\[\^[A-Za-z-]+\]\)?)?"
)
# Characters that have no meaning in an expression; a bracket closes them only if `(?i:` opens them.
_LITERAL = re.compile(r"(?P<folded>\(\?i:)?(?P<text>[A-Za-z0-9 _<>=:;,@#%&'~!-]+)(?(folded)\))")
# Of a character of ASCII, or of one that hides a name or is in one: a soft hyphen, a letter of Latin, Cyrillic or Asia.
_has_escape = re.compile(r"\\u(?:00[0-7aAdDfF]|01|0[46]|18|20[0236]|21|30|5[3bB]|[bB][eE]|[cC]5|[fF][eEfF])").search
_STRUCTURAL = r"\\[{}\[\]]|[:, ]"  # begins an expression whose first character is frequent in JSON
_RARE = "~_jqxz%kvwbyfgpmuhdcl9876543snirtoae"  # characters of English texts, the rarest first

_BEGINNING = 4  # characters of a word that Rust's search for many words compares at once


class Scan(NamedTuple):
    """The expressions to search a JSON text for, and for each shape the names of the members that hold such texts.

    `closer` is that of `Without`.
    """

    expressions: tuple[str, ...]
    shapes: tuple[tuple[tuple[str, ...], Like], ...] = ()
    closer: tuple[tuple[str, tuple[str, ...]], ...] = ()


def is_scannable(expression: str) -> bool:
    r"""Return True if an expression certainly finds in the JSON of a text what it finds in the text.

    >>> [is_scannable(each) for each in (r"\{[A-Za-z]", r"a\\+b", r"a\\b", "^a", '"')]
    [True, True, False, False, False]
    """
    return _SCANNABLE.fullmatch(expression) is not None


@cache
def in_python(scan: Scan, *, words_in_rust: bool = False) -> Callable[[str], bool]:
    r"""Return a predicate on a JSON text: True if the scan finds nothing in it; False proves nothing.

    With `words_in_rust`, the words of any case are searched for in Rust, the rest in Python.

    >>> is_quiet = in_python(Scan(("<", r"\{[A-Za-z]")))
    >>> is_quiet('{"computerName": "web_0"}'), is_quiet('{"computerName": "{name}"}')
    (True, False)
    """
    kinds = _by_cost(scan)
    closer = [(each, in_python(Scan(expressions))) for each, expressions in scan.closer]
    finds_no_word = _words_in_rust(kinds) if words_in_rust else _words_in_python(kinds)
    searches = [re.compile(each).search for each in kinds.others]
    # The value after such a name is not a text of the shape. The `+` makes the spaces possessive.
    searches += [
        re.compile(f'{_names_expression(names)}"{_SPACE}:{_SPACE}+(?!"{shape.expression()}")').search
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


def in_rust(scan: Scan) -> Callable[[str], bool]:
    """Return the predicate of `in_python`, which costs an eighth of that; to make it takes 20 ms."""
    from instanceview.checking.text_scan.unlike import unlike_text  # needed in the same runs only

    kinds = _by_cost(scan)
    closer = [(each, in_rust(Scan(expressions))) for each, expressions in scan.closer]
    characters = [each for each in kinds.literals if len(each) == 1]
    others = [each for each in (*kinds.literals, *kinds.others) if each not in characters]
    # Expressions that begin with a character that is rare in JSON are joined: together they cost as much as one.
    rare = [each for each in others if not re.match(_STRUCTURAL, each)]
    patterns = ["|".join(rare), *(each for each in others if each not in rare)]
    patterns += [f'{_names_expression(names)}"{_SPACE}:{_SPACE}"{unlike_text(shape)}' for names, shape in scan.shapes]
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


def _words_in_python(kinds: _Kinds) -> Callable[[str], bool]:
    """Return a predicate on a text in lower case: True if no word and no expression of any case is found in it."""
    words_by_rarest = [(min(each, key=f"{_RARE}{each}".index), each) for each in kinds.words]
    folded = [(_literal_within(each), re.compile(each).search) for each in kinds.folded]

    def finds_none(low: str) -> bool:
        # Searching for one character costs a tenth of searching for several.
        for rare, each in words_by_rarest:
            if rare in low and each in low:
                return False
        return not any(each in low and search(low) for each, search in folded)

    return finds_none


def _words_in_rust(kinds: _Kinds) -> Callable[[str], bool]:
    """Return the predicate of `_words_in_python`, which costs ten times as much; to make it takes 15 ms.

    Words of one length are searched for together, and all long ones: Rust looks for the beginnings of all words at
    once, which are as long as the shortest of them. In 1.6 KB, 54 words take 0.6 microseconds so, and together 2.5.
    """
    words = [*kinds.words, *(_literal_within(each) or each for each in kinds.folded)]
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


class _Kinds(NamedTuple):
    """Expressions by what they need: literals; literals and others of any case, in lower case; all others."""

    literals: list[str]
    words: list[str]
    folded: list[str]
    others: list[str]


def _by_cost(scan: Scan) -> _Kinds:
    """Return the expressions of a scan by kind, without those that it has closer ones for."""
    kinds = _Kinds([], [], [], [])
    for each in scan.expressions:
        if each in dict(scan.closer):
            continue
        literal = _LITERAL.fullmatch(each)
        if literal and not literal["folded"]:
            kinds.literals.append(each)
        elif literal:
            kinds.words.append(literal["text"].lower())
        elif re.fullmatch(r"\(\?i:[^A-Z]*\)", each):
            kinds.folded.append(each.removeprefix("(?i:").removesuffix(")"))
        else:
            kinds.others.append(each)
    return kinds


def _literal_within(expression: str) -> str:
    """Return a text that everything has which an expression finds, empty where none is known.

    >>> _literal_within("(?:a|b)[ _]?key"), _literal_within("ab?c")
    ('key', '')
    """
    bare = re.sub(r"\(\?:[^()]*\)\??|\[[^\]]*\]\??|-\?|\)|\\.", "\0", expression)
    return "" if set(bare) & set("?*+|(") else max(bare.split("\0"), key=len)


def _names_expression(names: tuple[str, ...]) -> str:
    """Return an expression for the end of each name: the end that all share, if any, else one name or another."""
    end = names[0]
    while not all(name.endswith(end) for name in names):
        end = end[1:]
    return end or f"(?:{'|'.join(map(re.escape, names))})"
