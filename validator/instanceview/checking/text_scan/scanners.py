"""The scan of a JSON text for expressions and shapes, in Python and in Rust."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from instanceview.rules.quiet import Like

_SPACE = r"[ \t\r\n]*"
# Expressions of these parts find in JSON what they find in a text. A backslash comes first only: JSON writes it twice,
# and the second of them is found before what follows.
_SCANNABLE = re.compile(
    r"(?:\\\\)?(?:[A-Za-z0-9 _<>=:;,@#%&'~!-]|\\[{}()\[\].+*?|^$-]|\[[A-Za-z0-9_.:;<>=@#%&~ -]+\]"
    r"|\(\?i?:|\((?!\?)|[)|]|(?<!\()[+*?])+"
)
# Characters that have no meaning in an expression; a bracket closes them only if `(?i:` opens them.
_LITERAL = re.compile(r"(?P<folded>\(\?i:)?(?P<text>[A-Za-z0-9 _<>=:;,@#%&'~!-]+)(?(folded)\))")
_has_escape = re.compile(r"\\u00[0-7]").search  # of a character of ASCII
_STRUCTURAL = r"\\[{}\[\]]|[:, ]"  # begins an expression whose first character is frequent in JSON
_RARE = "jqxzkvwbyfgpmuhdclsnirtoae"  # the letters of English, the rarest first


class Scan(NamedTuple):
    """The expressions to search a JSON text for, and for each shape the names of the members that hold such texts."""

    expressions: tuple[str, ...]
    shapes: tuple[tuple[tuple[str, ...], Like], ...] = ()


def is_scannable(expression: str) -> bool:
    r"""Return True if an expression certainly finds in the JSON of a text what it finds in the text.

    >>> is_scannable(r"\{[A-Za-z]"), is_scannable("^a"), is_scannable('"')
    (True, False, False)
    """
    return _SCANNABLE.fullmatch(expression) is not None


@cache
def in_python(scan: Scan) -> Callable[[str], bool]:
    r"""Return a predicate on a JSON text: True if the scan finds nothing in it; False proves nothing.

    >>> is_quiet = in_python(Scan(("<", r"\{[A-Za-z]")))
    >>> is_quiet('{"computerName": "web_0"}'), is_quiet('{"computerName": "{name}"}')
    (True, False)
    """
    literals, folded, others = _by_cost(scan.expressions)
    folded_by_rarest = [(min(each, key=f"{_RARE}{each}".index), each) for each in folded]
    searches = [re.compile(each).search for each in others]
    # The value behind such a name is not a text of the shape. The `+` makes the spaces possessive.
    searches += [
        re.compile(f'{_names_expression(names)}"{_SPACE}:{_SPACE}+(?!"{shape.expression()}")').search
        for names, shape in scan.shapes
    ]

    def is_quiet(text: str) -> bool:
        # An escape may hide a character of ASCII; most texts have no escape at all.
        if not text.isascii() or ("\\" in text and _has_escape(text)) or any(each in text for each in literals):
            return False
        if folded:
            low = text.lower()
            # Searching for one character costs a tenth of searching for several.
            if any(rare in low and each in low for rare, each in folded_by_rarest):
                return False
        return not any(search(text) for search in searches)

    return is_quiet


def in_rust(scan: Scan) -> Callable[[str], bool]:
    """Return the predicate of `in_python`, which costs an eighth of that; to make it takes 20 ms."""
    import jsonschema_rs  # loads in 15 ms, and few runs have enough documents

    from instanceview.checking.text_scan.unlike import unlike_text  # needed in the same runs only

    literals = [each for each in _by_cost(scan.expressions)[0] if len(each) == 1]
    others = [each for each in scan.expressions if each not in literals]
    # Expressions that begin with a character that is rare in JSON are joined: together they cost as much as one.
    rare = [each for each in others if not re.match(_STRUCTURAL, each)]
    patterns = [each for each in ("|".join(rare), *(each for each in others if each not in rare)) if each]
    patterns += [f'{_names_expression(names)}"{_SPACE}:{_SPACE}"{unlike_text(shape)}' for names, shape in scan.shapes]
    schema = {"not": {"anyOf": [{"pattern": each} for each in patterns]}} if patterns else {}
    finds_nothing = jsonschema_rs.Draft7Validator(schema, pattern_options=jsonschema_rs.RegexOptions()).is_valid

    def is_quiet(text: str) -> bool:
        for each in literals:
            if each in text:
                return False
        return text.isascii() and ("\\" not in text or not _has_escape(text)) and finds_nothing(text)

    return is_quiet


def _by_cost(expressions: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the literals, the case-insensitive literals in lower case, and the other expressions."""
    literals, folded, others = [], [], []
    for each in expressions:
        literal = _LITERAL.fullmatch(each)
        if literal and not literal["folded"]:
            literals.append(each)
        elif literal:
            folded.append(literal["text"].lower())
        else:
            others.append(each)
    return literals, folded, others


def _names_expression(names: tuple[str, ...]) -> str:
    """Return an expression for the end of each name: the end that all share, if any, else one name or another."""
    end = names[0]
    while not all(name.endswith(end) for name in names):
        end = end[1:]
    return end or f"(?:{'|'.join(map(re.escape, names))})"
