r"""The scan of a document's JSON text as a whole: no rule reports any text or time in it.

Goal: most documents have hundreds of characters of text and a dozen times, none of which a rule reports. One pass over
the JSON text proves that at a tenth of the cost of parsing it. Asking about each value costs as much as parsing.

Plan: each rule declares the expressions that a text must hold to be reported (`Without`), or the shape of texts that it
never reports (`Like`). The scan searches the whole text for the expressions. After the names of the members that hold
times, it searches for a text that is unlike the shape. Without a hit no rule reports anything. A hit proves nothing,
and the rules are asked. `expressions` sorts the expressions by what they need, `scanners` makes the scan in Python and
in Rust, `unlike` the expressions for a shape in Rust.

Invariants: JSON holds a text as it is, but for escapes. So the scan answers only for ASCII without escapes of ASCII
(`\u0041`). Its expressions must not depend on characters that JSON writes with a backslash: quotes, control characters,
slashes. An expression that may (`is_scannable`) is not used, and the fast path asks its rule about every value.

Tried: expressions of Python cost twice the parsing. Those of Rust (in jsonschema-rs) cost a tenth of it, but take 20 ms
to load and compile. An expression of Rust that looks ahead takes a hundred times as long. So a shape becomes an
expression for texts unlike it, character by character. Measure with `python tests/benchmarks/profile_hot_path.py`.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import count
from typing import TYPE_CHECKING

from instanceview.checking.scope import hook_of_text, scope_of
from instanceview.checking.text_scan.expressions import Scan, is_scannable
from instanceview.checking.text_scan.scanners import in_python, in_rust
from instanceview.rules import rules_for
from instanceview.rules.quiet import Like, Without
from instanceview.tables.descent import below

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from instanceview.rules.quiet import Quiet
    from instanceview.rules.site import Hook, Scope

_FEW = 32  # texts that a scan in Python reads in half of the time that loading Rust takes
_SOME = 3000  # texts in which the search for shapes in Python takes as long as compiling it in Rust
_NO_HOOKS: frozenset[Hook] = frozenset()
_DOCUMENT_HOOK: frozenset[Hook] = frozenset({"document"})


@cache
def document_scan() -> Scan:
    """Return the scan for the rules that search every text and key of a document."""
    conditions = [scannable_condition(rule.quiet.get("document", ())) for rule in rules_for("document")]
    return _scan([each for each in conditions if isinstance(each, Without)], {})


@cache
def is_document_quiet() -> Callable[[str], bool]:
    """Return a predicate on the JSON text of a document: True if those rules certainly find nothing in it."""
    return _quickest(document_scan())


@cache
def document_scanner(kind: str, api_version: str) -> Callable[[str], bool] | None:
    """Return a predicate on the JSON text of a document: True if no rule reports any text, time or key in it.

    This is about the rules that search every text and key, and about those of `covered_hooks`. False proves nothing.
    None replaces a scan that would always hit.
    """
    scan = scan_of(scope_of(kind, api_version))
    return _quickest(scan) if scan else None


@cache
def texts_scanner(kinds: tuple[str, ...], api_version: str, number: int) -> Callable[[str], bool]:
    """Return a predicate on so many JSON texts, one after another: True if `document_scanner` finds nothing in any.

    It holds for each of the kinds that has such a scanner.
    """
    scans = [scan for kind in kinds if (scan := scan_of(scope_of(kind, api_version)))]
    names: dict[Like, set[str]] = {}
    for names_here, like in (shape for scan in scans for shape in scan.shapes):
        names.setdefault(like, set()).update(names_here)
    return _quickest(_scan(scans, names), number)


def _quickest(scan: Scan, step: int = 1) -> Callable[[str], bool]:
    """Return the predicate of a scan; the first texts are scanned in Python, all others in Rust.

    A text counts as `step`, since it may be several.
    """
    few, numbers, some, many = (
        in_python(scan),
        count(step=step),
        cache(partial(in_python, scan, words_in_rust=True)),
        cache(partial(in_rust, scan)),
    )

    def finds_nothing(text: str) -> bool:
        number = next(numbers)
        return few(text) if number < _FEW else some()(text) if number < _SOME else many()(text)

    return finds_nothing


@cache
def shapes_fit(kind: str, api_version: str) -> Callable[[str], bool]:
    """Return a predicate on the JSON text of a document: True if each text that should have a shape has it."""
    scan = scan_of(scope_of(kind, api_version))
    return in_python(Scan((), scan.shapes if scan else ()))


def scan_of(scope: Scope) -> Scan | None:
    """Return the scan for a document, None if it would hit in the name of a documented member."""
    conditions: list[Scan | Without] = [document_scan()]
    names_of: dict[Hook, set[str]] = {}
    for element in below(scope.root):
        if element.documented_at(scope.api_version) and element.member.type == "string":
            names_of.setdefault(hook_of_text(element.member), set()).add(element.path.rpartition(".")[2])
    if not is_document_quiet()("\n".join(name for names in names_of.values() for name in names)):
        return None
    shapes: dict[Like, set[str]] = {}
    for hook in covered_hooks() & names_of.keys():
        for condition in [scannable_condition(rule.quiet[hook]) for rule in rules_for(hook)]:
            if isinstance(condition, Like):
                shapes.setdefault(condition, set()).update(names_of[hook])
            elif isinstance(condition, Without):
                conditions.append(condition)
    return _scan(conditions, shapes)


def _scan(conditions: Sequence[Scan | Without], names: Mapping[Like, Iterable[str]]) -> Scan:
    """Return the scan for the expressions of some conditions, each once, and for shapes of the texts of some names."""
    expressions = dict.fromkeys(each for one in conditions for each in one.expressions)
    closer = dict.fromkeys(each for one in conditions for each in one.closer)
    # An expression that a condition has without closer ones is searched for as it is.
    alone = {each for one in conditions for each in one.expressions if each not in dict(one.closer)}
    shapes = tuple((tuple(sorted(each)), like) for like, each in names.items())
    return Scan(tuple(expressions), shapes, tuple(each for each in closer if each[0] not in alone))


@cache
def covered_hooks() -> frozenset[Hook]:
    """Return the hooks for texts at which each rule declares expressions or a shape that a scan can search for.

    >>> sorted(covered_hooks())
    ['text', 'time']
    """
    hooks: tuple[Hook, ...] = ("text", "time", "code", "open")
    return frozenset(
        hook for hook in hooks if all(scannable_condition(rule.quiet.get(hook, ())) for rule in rules_for(hook))
    )


def scannable_condition(conditions: Iterable[Quiet]) -> Without | Like | None:
    """Return the first condition that a scan can prove, None if there is none."""
    for each in conditions:
        if isinstance(each, Like) or (isinstance(each, Without) and all(map(is_scannable, _all_of(each)))):
            return each
    return None


def _all_of(condition: Without) -> Iterable[str]:
    return (*condition.expressions, *(each for _, closer in condition.closer for each in closer))


def quiet_hooks(text: str | None, kind: str, api_version: str) -> frozenset[Hook]:
    """Return the hooks at which no rule reports a text, as far as a scan of the JSON text of a document proves it.

    The hook `document` is for the rules that search every text and key. Without a text, nothing is proved.
    """
    if text is None:
        return _NO_HOOKS
    finds_nothing = document_scanner(kind, api_version)
    if finds_nothing and finds_nothing(text):
        return covered_hooks() | _DOCUMENT_HOOK
    return quiet_of_document(text)


def quiet_of_document(text: str) -> frozenset[Hook]:
    """Return the hook `document` if its rules certainly find nothing in the JSON text of a document."""
    return _DOCUMENT_HOOK if is_document_quiet()(text) else _NO_HOOKS
