r"""The JSON text of a document, looked through as a whole: no rule reports any text or time in it.

Goal: most documents have hundreds of characters of text and a dozen times, none of which a rule reports. One pass over
the JSON text proves that at a tenth of the cost of parsing it; asking about
each value costs as much as parsing.

Plan: each rule declares what a text must hold to be reported (`Without`), or the shape of texts that it never reports
(`Like`). An expression of the first kind is looked for anywhere; a shape is looked for behind the names of the members
that hold such texts. Without a hit no rule reports anything; a hit proves nothing and the rules are asked.

Invariants: a text is in its JSON as it is, but for escapes. So the scan answers only for ASCII without escapes of ASCII
(`\u0041`), and an expression must not find what JSON writes with a backslash: quotes, control characters, slashes. An
expression that may is not used (`is_scannable`), and the fast path asks its rule of every value.

Tried: Python's expressions cost twice the parsing, those of Rust (in jsonschema-rs) a tenth, but take 20 ms to load and
compile; an expression in Rust that looks ahead takes a hundred times as long, so a shape becomes what is unlike it,
character by character. Measure with `python tests/benchmarks/profile_hot_path.py`.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.scope import hook_of_text, scope_of
from instanceview.rules import rules_for
from instanceview.rules.rule import Like, Step, Without
from instanceview.tables.elements import below

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.rules.rule import Hook, Quiet, Scope

_SPACE = r"[ \t\r\n]*"
# A backslash comes first only: JSON writes it twice, and the second of them is found before what follows.
_SCANNABLE = re.compile(
    r"(?:\\\\)?(?:[A-Za-z0-9 _<>=:;,@#%&'~!-]|\\[{}()\[\].+*?|^$-]|\[[A-Za-z0-9_.:;<>=@#%&~ -]+\]"
    r"|\(\?i?:|\((?!\?)|[)|]|(?<!\()[+*?])+"
)
_LITERAL = re.compile(r"(?P<folded>\(\?i:)?(?P<text>[A-Za-z0-9 _<>=:;,@#%&'~!-]+)(?(folded)\))")
_has_escape = re.compile(r"\\u00[0-7]").search
_STRUCTURAL = re.compile(r"\\[{}\[\]]|[:, ]")
_RARE = "jqxzkvwbyfgpmuhdclsnirtoae"  # the letters of English, the rarest first
_FEW = 3000  # texts that are looked through in Python, in the time that it takes to make the scan in Rust
_END = Step('"')


class Scan(NamedTuple):
    """What is looked for in a JSON text: expressions, and shapes by the names of the members that hold such texts."""

    expressions: tuple[str, ...]
    shapes: tuple[tuple[tuple[str, ...], Like], ...] = ()


def is_scannable(expression: str) -> bool:
    r"""Return True if what an expression finds in a text, it finds in the JSON of the text too.

    >>> is_scannable(r"\{[A-Za-z]"), is_scannable("^a"), is_scannable('"')
    (True, False, False)
    """
    return _SCANNABLE.fullmatch(expression) is not None


@cache
def document_scan() -> Scan:
    """Return what the rules for whole documents look for in every text and key, where a scan answers for that."""
    conditions = [scanned(rule.quiet.get("document", ())) for rule in rules_for("document")]
    return Scan(
        tuple(dict.fromkeys(each for one in conditions if isinstance(one, Without) for each in one.expressions))
    )


@cache
def is_document_quiet() -> Callable[[str], bool]:
    """Return a predicate on the JSON text of a document: True if no rule for documents finds anything in it."""
    return in_python(document_scan())


@cache
def document_scanner(kind: str, api_version: str) -> Callable[[str], bool] | None:
    """Return a predicate on the JSON text of a document: True if no rule reports any text, time or key in it.

    It answers for the rules for documents and for the hooks that are covered; texts that it answers False for may be
    as quiet. None where a name of the tables has what is looked for. The first texts are looked through in Python.
    """
    scan = scan_of(scope_of(kind, api_version))
    if scan is None:
        return None
    few, many = iter([in_python(scan)] * _FEW), cache(partial(in_rust, scan))

    def finds_nothing(text: str) -> bool:
        return (next(few, None) or many())(text)

    return finds_nothing


def scan_of(scope: Scope) -> Scan | None:
    """Return what is looked for in the text of a document, None where a name of the tables has it already."""
    expressions = list(document_scan().expressions)
    names_of: dict[Hook, set[str]] = {}
    for element in below(scope.root):
        if element.documented_at(scope.api_version) and element.member.type == "string":
            names_of.setdefault(hook_of_text(element.member), set()).add(element.path.rpartition(".")[2])
    if not is_document_quiet()("\n".join(name for names in names_of.values() for name in names)):
        return None
    shapes: dict[Like, set[str]] = {}
    for hook in covered_hooks() & names_of.keys():
        for condition in [scanned(rule.quiet[hook]) for rule in rules_for(hook)]:
            if isinstance(condition, Like):
                shapes.setdefault(condition, set()).update(names_of[hook])
            elif isinstance(condition, Without):
                expressions += condition.expressions
    return Scan(
        tuple(dict.fromkeys(expressions)), tuple((tuple(sorted(names)), like) for like, names in shapes.items())
    )


@cache
def covered_hooks() -> frozenset[Hook]:
    """Return the hooks of texts for all of whose rules a scan answers: each declares expressions or a shape.

    >>> sorted(covered_hooks())
    ['text', 'time']
    """
    hooks: tuple[Hook, ...] = ("text", "time", "code", "open")
    return frozenset(hook for hook in hooks if all(scanned(rule.quiet.get(hook, ())) for rule in rules_for(hook)))


def scanned(conditions: Iterable[Quiet]) -> Without | Like | None:
    """Return the first of the conditions that a scan answers for, None where there is none."""
    for each in conditions:
        if isinstance(each, Like) or (isinstance(each, Without) and all(map(is_scannable, each.expressions))):
            return each
    return None


@cache
def in_python(scan: Scan) -> Callable[[str], bool]:
    r"""Return a predicate on a JSON text: True if the scan finds nothing in it; False proves nothing.

    >>> is_quiet = in_python(Scan(("<", r"\{[A-Za-z]")))
    >>> is_quiet('{"computerName": "web_0"}'), is_quiet('{"computerName": "{name}"}')
    (True, False)
    """
    plain, folded, others = _by_cost(scan.expressions)
    folded_by_rarest = [(min(each, key=f"{_RARE}{each}".index), each) for each in folded]
    searches = [re.compile(each).search for each in others]
    # What follows is not a text of the shape.
    searches += [
        re.compile(f'{_names(names)}"{_SPACE}:{_SPACE}+(?!"{shape.expression()}")').search
        for names, shape in scan.shapes
    ]

    def is_quiet(text: str) -> bool:
        # No character of ASCII may be hidden in an escape; most texts have no escape at all.
        if not text.isascii() or ("\\" in text and _has_escape(text)) or any(each in text for each in plain):
            return False
        if folded:
            low = text.lower()
            # To look for one character costs a tenth of looking for several.
            if any(rare in low and each in low for rare, each in folded_by_rarest):
                return False
        return not any(search(text) for search in searches)

    return is_quiet


def in_rust(scan: Scan) -> Callable[[str], bool]:
    """Return the predicate of `in_python`, an eighth as dear once it is made, which takes 20 ms."""
    import jsonschema_rs  # loads in 15 ms, and few runs have as many documents

    plain = [each for each in _by_cost(scan.expressions)[0] if len(each) == 1]
    others = [each for each in scan.expressions if each not in plain]
    # Those that begin with a character that few texts have are one expression: together they cost what one costs.
    rare = [each for each in others if not _STRUCTURAL.match(each)]
    patterns = [each for each in ("|".join(rare), *(each for each in others if each not in rare)) if each]
    patterns += [f'{_names(names)}"{_SPACE}:{_SPACE}"{_unlike_text(shape)}' for names, shape in scan.shapes]
    schema = {"not": {"anyOf": [{"pattern": each} for each in patterns]}} if patterns else {}
    finds_nothing = jsonschema_rs.Draft7Validator(schema, pattern_options=jsonschema_rs.RegexOptions()).is_valid

    def is_quiet(text: str) -> bool:
        for each in plain:
            if each in text:
                return False
        return text.isascii() and ("\\" not in text or not _has_escape(text)) and finds_nothing(text)

    return is_quiet


def _by_cost(expressions: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the literals, the literals of any case, in small letters, and the other expressions."""
    plain, folded, others = [], [], []
    for each in expressions:
        literal = _LITERAL.fullmatch(each)
        if literal and not literal["folded"]:
            plain.append(each)
        elif literal:
            folded.append(literal["text"].lower())
        else:
            others.append(each)
    return plain, folded, others


def _names(names: tuple[str, ...]) -> str:
    """Return an expression for the end of any of some names: what they share, where they share something."""
    end = names[0]
    while not all(name.endswith(end) for name in names):
        end = end[1:]
    return end or f"(?:{'|'.join(map(re.escape, names))})"


def _unlike_text(shape: Like) -> str:
    """Return an expression for the rest of a JSON text, behind its first quote, that is not of a shape.

    It is made from the end to the beginning, of what is unlike each of its characters.
    """
    behind = _unlike((_END,), "")
    for steps in reversed(shape.parts):
        behind = _unlike(steps, behind) if steps is not shape.parts[-1] else _unlike(_closed(steps), "")
    return behind


def _closed(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps of the last part, each way with the closing quote at its end."""
    return tuple(each._replace(after=_closed(each.after) if each.after else (_END,)) for each in steps)


def _unlike(steps: tuple[Step, ...], behind: str, repeated: str = "") -> str:
    """Return what is none of some steps, nor goes on like one of them; `behind` is what is unlike the next part."""
    taken = repeated + "".join(step.characters for step in steps)
    ways = [f"[{''.join(_others(taken))}]"]
    for step in steps:
        if step is _END:
            continue
        rest = _unlike(step.after, behind, step.characters if step.repeats else "") if step.after else behind
        ways.append(f"[{step.characters}]{f'[{step.characters}]*' if step.repeats else ''}{rest}")
    return f"(?:{'|'.join(ways)})"


def _others(characters: str) -> Iterator[str]:
    """Yield the ranges of ASCII that a class leaves out; with all of Unicode a text takes half as long again."""
    bounds = [match.span() for match in re.finditer(f"[^{characters}]+", "".join(map(chr, range(128))))]
    for first, end in bounds:
        yield rf"\x{first:02x}-\x{end - 1:02x}"
