"""Patterns as in `.gitignore`: lines -> rules, and the rule that decides about a path."""

# Goal: what git ignores, path by path, so that a pattern matches a path by itself and not for the folder that it is in.
#
# Plan: each pattern becomes a regular expression for bytes, since git compares bytes: its `?` is one byte. A rule has
# the name of a path, or the path below the folder of its file. One expression of all rules says first if any matches,
# since most paths match none.
#
# Invariants:
# - The last rule of a file that matches decides; a rule with `!` decides that the path is kept.
# - What follows a `*` in a segment, or a `**/`, is taken where it matches first, and nowhere else: a later star takes
#   what lies between. So no pattern takes more time than its length times the square of the path.
#
# Tried: pathspec, which `[[per-file]]` uses. It matches whatever is below a folder that a pattern names, so that a
# named folder could not be read where it is ignored, and loading it takes 34 ms.

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_BOM = b"\xef\xbb\xbf"
_SPECIAL = re.compile(rb"[*?\[\\]")
_NEVER = rb"(?!)"
_STAR, _ANYTHING = b"*", b".*"
_FOLDERS, _FOLDERS_OR_NONE = rb"(?:[^/]*+/)+?", rb"(?:[^/]*+/)*?"
_CLASSES = {
    b"alnum": bytes.isalnum,
    b"alpha": bytes.isalpha,
    b"blank": lambda each: each in b" \t",
    b"cntrl": lambda each: each < b" " or each == b"\x7f",
    b"digit": bytes.isdigit,
    b"graph": lambda each: b"!" <= each <= b"~",
    b"lower": bytes.islower,
    b"print": lambda each: b" " <= each <= b"~",
    b"punct": lambda each: b"!" <= each <= b"~" and not each.isalnum(),
    b"space": bytes.isspace,
    b"upper": bytes.isupper,
    b"xdigit": lambda each: each in b"0123456789abcdefABCDEF",
}
_BYTES = [bytes([each]) for each in range(256)]


class Rule(NamedTuple):
    """A pattern with its file and line: its expression, and what it is matched with.

    `keeps` means that it begins with `!`, `of_folders` that it ends with a slash, `of_names` that it has no other
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
    return re.compile(b"|".join(rule.expression for rule in rules) or _NEVER, re.DOTALL)


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
    r"""Return a line without the spaces at its end, but for one behind a backslash; nothing for a comment."""
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
    return Rule(file, line, pattern, _expression(body.removeprefix(b"/")), keeps, of_folders, of_names)


def _expression(pattern: bytes) -> bytes:
    """Return the expression of a pattern without slashes at its ends; one that git takes for invalid matches nothing.

    git compares what precedes the first special character first, so that a `**` behind it may be in a name.
    """
    special = _SPECIAL.search(pattern)
    literal = pattern[: special.start()] if special else pattern
    tokens = _tokens(pattern, len(literal))
    if tokens is None:
        return _NEVER
    chunks: list[list[bytes]] = [[]]
    for token in tokens:
        chunks += [[]] if token in {_FOLDERS, _FOLDERS_OR_NONE} else []
        chunks[-1].append(token)
    *first, last = map(_chunk, chunks)
    return re.escape(literal) + b"".join(b"(?>%b)" % each for each in first) + last


def _chunk(tokens: list[bytes]) -> bytes:
    """Return the expression of tokens of which only the first may be for folders.

    In each segment, what follows a star is taken where it matches first, but for the last star.
    """
    ends = {b"/", _ANYTHING}
    parts = []
    is_open = False
    for index, token in enumerate(tokens):
        if is_open and (token == _STAR or token in ends):
            parts.append(b")")
            is_open = False
        if token != _STAR:
            parts.append(token)
            continue
        following = next((each for each in tokens[index + 1 :] if each == _STAR or each in ends), None)
        is_open = following == _STAR
        parts.append(b"(?>[^/]*?" if is_open else b"[^/]*")
    return b"".join(parts)


def _tokens(pattern: bytes, at: int) -> list[bytes] | None:
    """Return the parts of a pattern from an offset on as expressions, None where it is invalid."""
    start, tokens = at, []
    while at < len(pattern):
        this = pattern[at : at + 1]
        if this == b"*":
            end = len(pattern) - len(pattern[at:].lstrip(b"*"))
            token, at = _stars(pattern, at, end, is_first=at == start)
            tokens.append(token)
        elif this == b"[":
            found = _set(pattern, at + 1)
            if found is None:
                return None
            tokens.append(found[0])
            at = found[1]
        else:
            at += this == b"\\"
            if at == len(pattern):
                return None
            tokens.append(b"[^/]" if this == b"?" else re.escape(pattern[at : at + 1]))
            at += 1
    return tokens


def _stars(pattern: bytes, at: int, end: int, *, is_first: bool) -> tuple[bytes, int]:
    """Return the token of some stars, and the offset behind it: two between slashes match any number of folders."""
    if end - at == 1 or not (is_first or pattern[at - 1 : at] == b"/"):
        return _STAR, end
    if end == len(pattern):
        return _ANYTHING, end
    if pattern[end : end + 1] == b"/":
        return _FOLDERS_OR_NONE, end + 1
    return (_FOLDERS, end + 2) if pattern[end : end + 2] == b"\\/" else (_STAR, end)


def _set(pattern: bytes, at: int) -> tuple[bytes, int] | None:
    """Return the expression of a set in brackets from behind `[` on, and the offset behind it; None if invalid."""
    negated = pattern[at : at + 1] in {b"!", b"^"}
    at += negated
    start, found, before = at, set[bytes](), b""
    while at == start or pattern[at : at + 1] != b"]":
        this = pattern[at : at + 1]
        named = re.match(rb"\[:([^\]]*):\]", pattern[at:])
        is_range = this == b"-" and before and pattern[at + 1 : at + 2] not in {b"", b"]"}
        if named:
            if named[1] not in _CLASSES:
                return None
            found.update(filter(_CLASSES[named[1]], _BYTES))
            at, before = at + named.end(), b""
            continue
        at += bool(is_range)
        at += pattern[at : at + 1] == b"\\"
        this = pattern[at : at + 1]
        if not this:
            return None
        found.update(each for each in _BYTES if (before if is_range else this) <= each <= this)
        at, before = at + 1, b"" if is_range else this
    allowed = [each for each in _BYTES if (each in found) != negated and each != b"/"]
    return (b"[%b]" % b"".join(map(re.escape, allowed)) if allowed else _NEVER), at + 1
