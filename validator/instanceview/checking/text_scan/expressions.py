"""The expressions of a scan: which of them a JSON text can be searched for, and what each search needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from instanceview.rules.quiet import Like

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


class Kinds(NamedTuple):
    """Expressions by what they need: literals; literals and others of any case, in lower case; all others."""

    literals: list[str]
    words: list[str]
    folded: list[str]
    others: list[str]


def by_cost(scan: Scan) -> Kinds:
    """Return the expressions of a scan by kind, without those that it has closer ones for."""
    kinds = Kinds([], [], [], [])
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


def literal_within(expression: str) -> str:
    """Return a text that everything has which an expression finds, empty where none is known.

    >>> literal_within("(?:a|b)[ _]?key *[1-9]"), literal_within("ab?c")
    ('key', '')
    """
    bare = re.sub(r"\(\?:[^()]*\)\??|\[[^\]]*\]\??|[- ][?*]|\)|\\\\\+|\\.", "\0", expression)
    return "" if set(bare) & set("?*+|(") else max(bare.split("\0"), key=len)


def names_expression(names: tuple[str, ...]) -> str:
    """Return an expression for the end of each name: the end that all share, if any, else one name or another."""
    end = names[0]
    while not all(name.endswith(end) for name in names):
        end = end[1:]
    return end or f"(?:{'|'.join(map(re.escape, names))})"
