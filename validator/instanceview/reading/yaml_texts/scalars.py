r"""Where the characters of a YAML scalar stand in the text around it, whatever its style.

PyYAML tells where a scalar starts and ends, and not what became of its escapes and line breaks. They are walked here
and held against the value that PyYAML read: where the two differ, only the scalar's start is told.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.body import Body, Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path, Places

_BREAK = "(?:\r\n|[\r\n\x85\u2028\u2029])"
_BREAKS = rf"{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*"
_FOLD = rf"(?P<fold>[ \t]*{_BREAKS})"
_TEXT = "[ \t]+|[^\r\n\x85\u2028\u2029 \t{}]+"
_ESCAPE = r"(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|.))"
_DOUBLE = re.compile("|".join([_FOLD, rf"(?P<join>\\{_BREAKS})", _ESCAPE, _TEXT.format(r"\\")]))
_SINGLE = re.compile("|".join([_FOLD, "(?P<twice>'')", _TEXT.format("'")]))
_PLAIN = re.compile("|".join([_FOLD, _TEXT.format("")]))
_LINE = re.compile(rf"([^\r\n\x85\u2028\u2029]*)({_BREAK}|\Z)")
_NEWLINES = re.compile("[\n\u2028\u2029]*")


class _Run(NamedTuple):
    """A part of a scalar: where it stands, and the characters that come of it."""

    outside: int
    made: str


def in_yaml_scalar(holder: Places, path: Path, text: str, *, exact: bool = True) -> Body:
    """Return the body that the scalar at a path of a document holds; `exact` is False where it was decoded further."""

    def find() -> Turns:
        span = holder.spans([path]).by_path[path]
        return yaml_turns(holder.text, span.start, span.end, text) if exact else _only_start(span.start)

    return Body(text, holder, find)


def yaml_turns(text: str, start: int, end: int, value: str) -> Turns:
    r"""Return where the characters of the scalar between two offsets of a text stand, of which PyYAML made a value.

    >>> yaml_turns(r'body: "a\tb\x41"', 6, 16, "a\tbA")
    Turns(inside=[0, 1, 2, 3], outside=[7, 8, 10, 11], exact=True)
    """
    style = text[start : start + 1]
    if style in {"|", ">"}:
        runs = _of_block(text, start, value)
    elif style == '"':
        runs = _of_flow(_DOUBLE, text, start + 1, end - 1)
    elif style == "'":
        runs = _of_flow(_SINGLE, text, start + 1, end - 1)
    else:
        runs = _of_flow(_PLAIN, text, start, end)
    inside, outside, at = [0], [start + (style in {'"', "'"})], 0
    for run in runs:
        if not value.startswith(run.made, at):
            return _only_start(start)
        if run.made and at:
            inside.append(at)
            outside.append(run.outside)
        elif run.made:
            outside[0] = run.outside
        at += len(run.made)
    return Turns(inside, outside) if at == len(value) else _only_start(start)


def _only_start(start: int) -> Turns:
    return Turns([0], [start], exact=False)


def _of_flow(tokens: re.Pattern[str], text: str, start: int, end: int) -> Iterator[_Run]:
    """Yield the parts of a quoted or plain scalar."""
    for token in tokens.finditer(text, start, end):
        kind, written = token.lastgroup, token[0]
        made = written
        if kind == "fold":
            made = _folded(_breaks(written))
        elif kind == "join":
            made = "".join(_breaks(written)[1:])
        elif kind == "escape":
            made = _unescaped(written[1:])
        elif kind == "twice":
            made = "'"
        yield _Run(token.start(), made)


def _breaks(written: str) -> list[str]:
    """Return the line breaks in a text as a value has them."""
    return ["\n" if each in {"\r\n", "\r", "\x85"} else each for each in re.findall(_BREAK, written)]


def _folded(breaks: list[str]) -> str:
    first, *others = breaks
    return "".join(breaks if first != "\n" else others or " ")


def _unescaped(code: str) -> str:
    if code[0] in "xuU" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _replacements().get(code, "")


@cache
def _replacements() -> dict[str, str]:
    """Return what the escapes of one character stand for, as PyYAML has them."""
    from yaml.scanner import Scanner

    return dict(Scanner.ESCAPE_REPLACEMENTS)


def _of_block(text: str, start: int, value: str) -> Iterator[_Run]:
    """Yield the parts of a literal or folded block: its lines without their indentation, and what is between them.

    The indentation is what the first line with content has more of in the text than in the value.
    """
    header = next(_LINE.finditer(text, start))
    indent, at, before = None, 0, header.start(2)
    for line in _LINE.finditer(text, header.end()):
        newlines = _newlines(value, at)
        if at + len(newlines) == len(value):
            yield _Run(before, newlines)
            return
        if indent is None and line[1].strip(" "):
            indent = _width(line[1]) - _width(value[len(newlines) :])
        content = line[1][indent:] if indent is not None else ""
        if content:
            between = newlines or (" " if at and value.startswith(" " + content, at) else "")
            yield _Run(before, between)
            yield _Run(line.end(1) - len(content), content)
            at += len(between) + len(content)
            before = line.start(2)


def _newlines(value: str, at: int) -> str:
    found = _NEWLINES.match(value, at)
    return found[0] if found else ""


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
