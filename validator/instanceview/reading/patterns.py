"""Patterns as in `.gitignore`: lines -> rules, and the rule that decides about a path."""

# Goal: what git ignores, path by path, so that a pattern matches a path by itself and not for the folder that it is in.
#
# Plan: a rule has the name of a path, or the path below the folder of its file. One expression of all rules says first
# if any matches, since most paths match none.
#
# Invariant: the last rule of a file that matches decides; a rule with `!` decides that the path is kept.
#
# Tried: pathspec. It matches whatever is below a folder that a pattern names, so that a named folder could not be read
# where it is ignored. Loading it takes 34 ms, and a pattern of eight stars takes hours for a name of 200 letters.

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.globs import NEVER, expression_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_BOM = b"\xef\xbb\xbf"


class Rule(NamedTuple):
    """A pattern with its file and line: its expression, and what it is matched with.

    `keeps` means that it begins with `!`, `of_folders` that it ends with a slash. `of_names` means that it has no other
    slash, so that it is matched with the name alone.
    """

    file: str
    line: int
    pattern: bytes
    expression: bytes
    keeps: bool
    of_folders: bool
    of_names: bool

    @property
    def text(self) -> str:
        """The pattern as a text."""
        return self.pattern.decode("utf-8", "backslashreplace")


class Rules:
    """The rules of one file, or of one option."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Keep the rules in the order of their lines."""
        self.rules = tuple(rules)

    def deciding(self, path: bytes, name: bytes, *, is_folder: bool) -> Rule | None:
        """Return the last rule that matches a path below the folder of the rules, None where none does."""
        if not (self._of_names.fullmatch(name) or self._of_paths.fullmatch(path)):
            return None
        for rule, expression in self._compiled:
            if (is_folder or not rule.of_folders) and expression.fullmatch(name if rule.of_names else path):
                return rule
        return None

    @cached_property
    def _compiled(self) -> list[tuple[Rule, re.Pattern[bytes]]]:
        return [(rule, re.compile(rule.expression, re.DOTALL)) for rule in reversed(self.rules)]

    @cached_property
    def _of_names(self) -> re.Pattern[bytes]:
        return _any(rule for rule in self.rules if rule.of_names)

    @cached_property
    def _of_paths(self) -> re.Pattern[bytes]:
        return _any(rule for rule in self.rules if not rule.of_names)


def _any(rules: Iterable[Rule]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(rule.expression for rule in rules) or NEVER, re.DOTALL)


def rules_of(data: bytes, file: str) -> Rules:
    r"""Return the rules in the bytes of a file; comments and blank lines are none.

    >>> rules = rules_of(b"*.json\n!keep.json\nbuild/\n", ".gitignore")
    >>> rules.deciding(b"a/b.json", b"b.json", is_folder=False).text
    '*.json'
    """
    lines = enumerate(data.removeprefix(_BOM).split(b"\n"), start=1)
    return Rules(
        rule_of(pattern, file, number) for number, line in lines if (pattern := _trimmed(line.removesuffix(b"\r")))
    )


def _trimmed(line: bytes) -> bytes:
    r"""Return a line without the spaces at its end, but for one after a backslash; nothing for a comment."""
    if line.startswith(b"#"):
        return b""
    end = at = 0
    while at < len(line):
        at += 2 if line[at : at + 1] == b"\\" else 1
        end = at if line[at - 1 : at] != b" " or line[at - 2 : at - 1] == b"\\" else end
    return line[:end]


def rule_of(pattern: bytes, file: str, line: int) -> Rule:
    """Return the rule of a pattern, which is not blank."""
    keeps = pattern.startswith(b"!")
    body = pattern[keeps:]
    of_folders = body.endswith(b"/")
    body = body[: len(body) - of_folders]
    of_names = b"/" not in body
    return Rule(file, line, pattern, expression_of(body.removeprefix(b"/")), keeps, of_folders, of_names)
