"""Find habits of prose in docstrings and comments: `python tests/support/prose.py [FILE or FOLDER ...]`.

Prints `file:line: habit: text` for each line, then a count for each habit; without arguments, for the package and
the tests. Doctest examples are code and are left out.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "validator" / "instanceview"
TESTS = ROOT / "tests"

WORDS = {
    "stands": re.compile(r"\bstands?\b", re.IGNORECASE),
    "tells": re.compile(r"\b(?:tells?|told)\b", re.IGNORECASE),
    "met": re.compile(r"\bmet\b", re.IGNORECASE),
    "is no": re.compile(r"(?<!there )\bis no\b(?! longer)", re.IGNORECASE),
    "judge": re.compile(r"\bjudg", re.IGNORECASE),
}
"""Habits that are seen in any line of a docstring or a comment."""
MODULE_START = re.compile(r"(?:What|Which|Where|How|Why|When|Whether)\b")
FUNCTION_START = re.compile(r"(?:Return|Yield) what\b")
HABITS = (*WORDS, "module begins with a question word", "function returns what")

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class Offence(NamedTuple):
    """A line with a habit."""

    path: Path
    line: int
    habit: str
    text: str

    def __str__(self) -> str:
        path = self.path.relative_to(Path.cwd()) if self.path.is_relative_to(Path.cwd()) else self.path
        return f"{path}:{self.line}: {self.habit}: {self.text}"


def offences(paths: Iterable[Path]) -> Iterator[Offence]:
    """Yield each offence in the Python files at or below the paths, in the order of files and lines."""
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            source = file.read_text("utf-8")
            found = {*_in_lines(source), *_at_starts(ast.parse(source))}
            lines = source.splitlines()
            yield from (Offence(file, line, habit, lines[line - 1].strip()) for line, habit in sorted(found))


def counts(paths: Iterable[Path]) -> dict[str, int]:
    """Return the number of offences for each habit."""
    seen = Counter(each.habit for each in offences(paths))
    return {habit: seen[habit] for habit in HABITS}


def _in_lines(source: str) -> Iterator[tuple[int, str]]:
    for line, text in (*_comments(source), *_docstrings(ast.parse(source), source.splitlines())):
        yield from ((line, habit) for habit, pattern in WORDS.items() if pattern.search(text))


def _comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _docstrings(tree: ast.Module, lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield each line of a string that is a statement: a docstring, or the description of a name above it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from _without_examples(node.lineno, lines[node.lineno - 1 : node.end_lineno])


def _without_examples(first: int, docstring: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a docstring with their numbers; an example lasts from its prompt to the next empty line."""
    example = False
    for number, text in enumerate(docstring, first):
        example = text.strip() != "" and (example or text.lstrip().startswith(">>>"))
        if not example:
            yield number, text


def _at_starts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        text = ast.get_docstring(node) if isinstance(node, _DOCUMENTED) else None
        if text is None:
            continue
        if isinstance(node, ast.Module) and MODULE_START.match(text):
            yield node.body[0].lineno, "module begins with a question word"
        if isinstance(node, _Function) and FUNCTION_START.match(text):
            yield node.body[0].lineno, "function returns what"


if __name__ == "__main__":
    chosen = [Path(name).resolve() for name in sys.argv[1:]] or [PACKAGE, TESTS]
    for offence in offences(chosen):
        print(offence)
    print(", ".join(f"{habit} {count}" for habit, count in counts(chosen).items()))
