"""List the texts that users read: `python tests/support/texts.py [messages] [tables] [pages]`, for a reader of all.

With `--habits`, prints `file:line: habit: text` for each text with a habit of `prose.py` instead, then the counts.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from prose import PACKAGE, ROOT, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

TRANSLATED = {
    "take out": re.compile(r"\b(?:takes?|taken|took)(?: \w+)? out\b"),
    "by itself": re.compile(r"\bby (?:itself|themselves)\b"),
    "but for": re.compile(r"\b(?:but for|for want of|save for)\b"),
    "lies": re.compile(r"\blies?\b|\blay\b"),
    "one a line": re.compile(r"\b(?:one|each)(?: (?!of\b)\w+)? an? (?:line|item|file|format|document|rule)\b"),
    "written like": re.compile(r"\b(?:written like|near it:|near it is)"),
    "goes by": re.compile(r"\b(?:goes|go) (?:by|before|with)\b"),
    "so many": re.compile(r"\bso many\b"),
    "said of": re.compile(r"\b(?:says?|said|known) of\b"),
    "whoever": re.compile(r"\b(?:whoever|somebody who|nobody)\b", re.IGNORECASE),
    "spelt": re.compile(r"\b(?:mis)?spelt\b(?!-)"),
}
"""Habits that a native reader stumbles over; a name such as `misspelt-element` is none."""
LONG = "sentence of more than 25 words"
MOST = 25
HABITS = (*WORDS, *TRANSLATED, LONG)

_PROSE = re.compile(r"[A-Za-z]{2,},? [a-z]")
_CODE = re.compile(r"\\[sdSwb.]|\(\?|\[\^|\*\+|^[a-z_]+\(|\breturn (?:True|False|None)\b|^if |^for |<\w+ ")
_ABOUT = re.compile(r"^ *(?:about|[\w/-]+): ([A-Z][^#]*? [^#]*)$")


class Text(NamedTuple):
    """One text, its file and line, and True if a semicolon ends a sentence in it, as in a message."""

    path: Path
    line: int
    text: str
    is_message: bool = False

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.text}"


def messages(folder: Path = PACKAGE) -> Iterator[Text]:
    """Yield the literals of a package that are prose: messages, help and names; a part of an f-string is `{…}`."""
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        hidden = set(_hidden(tree))
        for node in ast.walk(tree):
            text = None if node in hidden else _literal(node)
            if text and _PROSE.search(text) and not _CODE.search(text):
                yield Text(file, getattr(node, "lineno", 1), " ".join(text.split()), is_message=True)
    for file in sorted(folder.rglob("scenarios/*.json")):
        yield Text(file, 1, json.loads(file.read_bytes())["about"])


def _hidden(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the literals that no user reads: docstrings except the help of commands, and the parts of f-strings."""
    helps = {
        node.body[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any("click.command" in ast.unparse(each) for each in node.decorator_list)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and node not in helps:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values


def _literal(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values)
    return None


def tables() -> Iterator[Text]:
    """Yield the texts of `schemas/elements/*.yaml` and `schemas/status-codes.yaml`, folded ones in one line."""
    for file in [*sorted((ROOT / "schemas" / "elements").glob("*.yaml")), ROOT / "schemas" / "status-codes.yaml"]:
        lines = file.read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            found = _ABOUT.match(line)
            if found:
                yield Text(file, number, found[1])
            elif line.endswith("about: >-"):
                depth = len(line) - len(line.lstrip())
                yield Text(file, number, " ".join(_deeper(lines[number:], depth)))


def _deeper(lines: Iterable[str], depth: int) -> Iterator[str]:
    for line in lines:
        if len(line) - len(line.lstrip()) <= depth:
            return
        yield line.strip()


def pages() -> Iterator[Text]:
    """Yield the paragraphs, items and rows of the pages, without code."""
    named = [ROOT / name for name in ("README.md", "CHANGELOG.md", "validator/CONTRIBUTING.md")]
    for file in [*named, *sorted((ROOT / "schemas").glob("*.md")), *sorted((ROOT / "validator/docs").glob("*.md"))]:
        if file.exists():
            yield from _paragraphs(file, file.read_text("utf-8").splitlines())


def _paragraphs(file: Path, lines: list[str]) -> Iterator[Text]:
    is_code = False
    first, words = 0, [""]
    for number, line in enumerate([*lines, ""], 1):
        fence = line.lstrip().startswith("```")
        is_code = is_code != fence
        begins = not line.strip() or re.match(r"\s*(?:[-*|#>]|\d+\.) ", line)
        if (begins or fence or is_code) and first:
            yield Text(file, first, " ".join(words))
            first = 0
        if not is_code and not fence and line.strip() and not line.startswith(("<!--", "    ")):
            first, words = (first, [*words, line.strip()]) if first else (number, [line.strip()])


PARTS: Mapping[str, Callable[[], Iterator[Text]]] = {"messages": messages, "tables": tables, "pages": pages}
"""The texts by where they are written."""


def habits(texts: Iterable[Text]) -> Iterator[tuple[Text, str]]:
    """Yield each text with each habit that it has."""
    for text in texts:
        plain = re.sub(r"`[^`]*`|\"[^\"]*\"|\(https?:[^)]*\)", "x", text.text).replace("*", "")
        yield from ((text, name) for name, found in {**WORDS, **TRANSLATED}.items() if found.search(plain))
        if max(map(len, map(str.split, _sentences(plain, is_message=text.is_message)))) > MOST:
            yield text, LONG


def _sentences(text: str, *, is_message: bool) -> list[str]:
    cells = text.replace("|", ". ")
    return re.split(r"[.!?;:](?:\s|$)" if is_message else r"[.!?](?:\s|$)", cells)


def counts(texts: Iterable[Text]) -> dict[str, int]:
    """Return the number of texts with each habit."""
    seen = Counter(habit for _, habit in habits(texts))
    return {habit: seen[habit] for habit in HABITS}


if __name__ == "__main__":
    chosen = [PARTS[name] for name in sys.argv[1:] if name in PARTS] or list(PARTS.values())
    for part in chosen:
        if "--habits" in sys.argv:
            for where, habit in habits(part()):
                print(f"{where.path.relative_to(ROOT)}:{where.line}: {habit}: {where.text}")
            print(part.__name__, ", ".join(f"{habit} {count}" for habit, count in counts(part()).items() if count))
        else:
            print(*part(), sep="\n")
