"""Faults of JSON texts in words: expectation, finding and next step, the same with every version of Python."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING

from instanceview.model.redaction import redact_parts
from instanceview.model.text import escape, quote

if TYPE_CHECKING:
    from json import JSONDecodeError

BEGINNING = "; save it as JSON, which starts with { or ["
"""The end of a reason where a text begins with something else."""

TRAILING_COMMA = "not JSON: a trailing comma; remove it"
"""The reason where a comma precedes a closing bracket."""

# The messages of the standard library, and what it expected there.
_EXPECTED = {
    "Expecting value": "a value",
    "Expecting property name enclosed in double quotes": "a name in double quotes",
    "Expecting ',' delimiter": "a comma",
    "Expecting ':' delimiter": "a colon",
    "Extra data": "the end",
}
_FOUND = re.compile(r"""[^\s,:\[\]{}"'>]+>?|"[^"\n]*"?|.""")
_HINTS = (  # for what was expected and found
    (r": (?:`{3}|~{3})", "pass only the JSON inside the Markdown fence"),
    (r": [`\u2018-\u201f]", 'use straight quotes (")'),
    (r": '", "use double quotes"),
    (r": (#|//|/\*)", "remove comments"),
    (r": (None|undefined)$", "use null"),
    (r": True$", "use true"),
    (r": False$", "use false"),
    (r": (<{7}|={7})", "resolve the merge conflict"),
    (r"a name in double quotes: \{", "if this is a template, render it first"),
    (r"a name in double quotes: [\w$]", "put the name in double quotes"),
    (r"a comma: \}", "close the array with ] before it"),
    (r"a comma: \]", "close the object with } before it"),
    (r"a comma: [\"\[{]|a colon: [\"\[{\w-]", "insert one before it"),
    (r"the end: [\[{]", "write one document per line, or an array of documents"),
    (r"the end: [\]}]", "remove it"),
)
_NEAR = 4096
"""Characters before and after a word that may show that it is a secret: a private key has some 2,000."""
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]')
_CUT_WORDS = ("true", "false", "null", "-")  # every text begins with the empty one, which is the end


def json_fault(error: JSONDecodeError, text: str) -> tuple[str, int]:
    """Return the fault at which the standard library gave up, in words, and its offset in the text.

    Equal reasons are one string: a text may have thousands of the same.
    """
    reason, offset = _in_words(error, text)
    return intern(reason), offset


def _in_words(error: JSONDecodeError, text: str) -> tuple[str, int]:
    before = text[: error.pos + 1].rstrip(" \t\n\r]}")
    trailing = text[error.pos : error.pos + 1] in {"]", "}"} or error.msg.startswith("Illegal trailing comma")
    if before.endswith(",") and trailing:
        return TRAILING_COMMA, len(before) - 1
    if text.startswith("\x1b[", error.pos):
        return "not JSON: a colour code; print it without colours", error.pos
    rest = text[error.pos :].strip()
    at_end = error.msg.startswith("Unterminated") or any(word.startswith(rest) for word in _CUT_WORDS)
    reason = _reason(error.msg, text, error.pos)
    if at_end:
        reason = f"{reason} or {_closing(text)}" if reason == "expected a comma" else reason
        return f"not JSON: cut off, {reason}", error.pos
    at_start = ";" not in reason and not text[: error.pos].strip()
    return f"not JSON: {reason}{BEGINNING if at_start else ''}", error.pos


def _closing(text: str) -> str:
    """Return the bracket that closes what is open at the end of a text."""
    opened: list[str] = []
    for token in _BRACKET.finditer(text):
        if token[0] in {"[", "{"}:
            opened.append(token[0])
        elif token[0] in {"]", "}"}:
            del opened[-1:]
    return "]" if opened[-1:] == ["["] else "}"


def _reason(message: str, text: str, offset: int) -> str:
    if message in _EXPECTED:
        return unexpected(_EXPECTED[message], text, offset)
    if message.startswith("Invalid control"):
        return f"a control character in a string; write {escape(text[offset])}, or close the quotes before it"
    if message.startswith("Invalid \\u"):
        return "a \\u escape without four hexadecimal digits; write for example \\u00e9"
    if message.startswith("Unterminated"):
        return "a string without its closing quote"
    return f'an unknown escape "{escape(text[offset : offset + 2])}"; write \\\\ for a backslash'


def unexpected(expected: str, text: str, offset: int = 0) -> str:
    """Return the expectation where a text goes on with something else, that, and the next step if known.

    A secret in it is redacted, which the text around it may show.

    >>> unexpected("a value", "None}"), unexpected("the end", "more")
    ('expected a value, found "None"; use null', 'expected the end, found "more"')
    >>> unexpected("a value", '{"password": hunter2}', 13)
    'expected a value, found "[redacted]"'
    """
    match = _FOUND.match(text, offset)
    if not match:
        return f"expected {expected}"
    seen = f"{expected}: {match[0]}"
    hint = next((f"; {hint}" for pattern, hint in _HINTS if re.search(pattern, seen)), "")
    start = max(0, offset - _NEAR)
    (word,) = redact_parts(text[start : match.end() + _NEAR], (offset - start, match.end() - start))
    return f"expected {expected}, found {quote(word.strip(chr(34)))}{hint}"
