r"""Maps offsets in the value of a YAML scalar to offsets in the text around it, whatever its style.

PyYAML reports the start and the end of a scalar, and not what became of its escapes and line breaks. They are walked
here and compared with the value that PyYAML read: where the two differ, every offset is mapped to the scalar's start.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from yaml.scanner import Scanner

from instanceview.places.body import Body, OffsetMap, only_start

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
    """A part of a scalar: its offset in the text around it, and the characters of the value that come of it."""

    outside: int
    value: str


def in_yaml_scalar(holder: Places, path: Path, text: str, *, exact: bool = True) -> Body:
    """Return the body that the scalar at a path of a document holds; `exact` is False where it was decoded further."""

    def find() -> OffsetMap:
        span = holder.spans([path]).by_path[path]
        if not exact:
            return only_start(span.start)
        around, first = holder.around(span.start)
        found = scalar_offsets(around, span.start - first, span.end - first, text)
        return found._replace(outside=[first + each for each in found.outside]) if first else found

    return Body(text, holder, find)


def scalar_offsets(text: str, start: int, end: int, value: str) -> OffsetMap:
    r"""Return the map of offsets in the value that PyYAML made of the scalar between two offsets of a text.

    >>> scalar_offsets(r'body: "a\tb\x41"', 6, 16, "a\tbA")
    OffsetMap(inside=[0, 1, 2, 3], outside=[7, 8, 10, 11], exact=True)
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
        if not value.startswith(run.value, at):
            return only_start(start)
        if run.value and at:
            inside.append(at)
            outside.append(run.outside)
        elif run.value:
            outside[0] = run.outside
        at += len(run.value)
    return OffsetMap(inside, outside) if at == len(value) else only_start(start)


def _of_flow(tokens: re.Pattern[str], text: str, start: int, end: int) -> Iterator[_Run]:
    """Yield the parts of a quoted or plain scalar."""
    for token in tokens.finditer(text, start, end):
        kind, written = token.lastgroup, token[0]
        value = written
        if kind == "fold":
            value = _folded(_breaks(written))
        elif kind == "join":
            value = "".join(_breaks(written)[1:])
        elif kind == "escape":
            value = _unescaped(written[1:])
        elif kind == "twice":
            value = "'"
        yield _Run(token.start(), value)


def _breaks(written: str) -> list[str]:
    """Return the line breaks in a text as a value has them."""
    return ["\n" if each in {"\r\n", "\r", "\x85"} else each for each in re.findall(_BREAK, written)]


def _folded(breaks: list[str]) -> str:
    first, *others = breaks
    return "".join(breaks if first != "\n" else others or " ")


def _unescaped(code: str) -> str:
    if code[0] in "xuU":
        return chr(int(code[1:], 16))
    return _replacements().get(code, "")


@cache
def _replacements() -> dict[str, str]:
    """Return the characters of the escapes of one character, as PyYAML has them."""
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
