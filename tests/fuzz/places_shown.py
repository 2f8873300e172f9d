"""The place of a finding, looked up in the file: the value or the name that it quotes is there."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import yaml

from instanceview.model.document import ABSENT
from instanceview.model.text import redact
from instanceview.reading.formats._javascript import NotLiteralError, literal
from instanceview.reading.json_texts.parse import NotJSONError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document
    from instanceview.model.finding import Finding

_LAYERS = 4  # texts inside texts
_OTHER = re.compile(r"[\[{*&!]|- ")
"""The beginning of a list, an object, an alias, an anchor or a tag."""


def assert_shown(finding: Finding, document: Document, lines: list[str], file: str) -> None:
    """Assert that the line and column of a finding show its value, its name, or the object that lacks something."""
    origin = finding.origin
    if origin.line is None or origin.file != file:
        return
    assert origin.column is not None, finding
    line = lines[origin.line - 1]
    assert 1 <= origin.column <= len(line) + 1, (finding, line)
    if origin.inside or finding.end is None:  # a body that is packed: only its beginning has a place
        return
    span = _span(lines, (origin.line, origin.column), finding.end)
    name = finding.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    # What a client wrote has other values. A text with colours or prefixes has them in its spans, too. An alias of
    # YAML is shown in place of what it is for, and of a missing member the beginning of its object.
    is_other = bool(
        document.written_by or not finding.pointer or finding.value is ABSENT or re.search(r"[\x1b\n]|\[[0-9;]*m", span)
    )
    values = {redact(each) if isinstance(each, str) else each for each in _readings(span)}
    shows = _OTHER.match(span) or is_other or any(_is(each, finding.value) or each == name for each in values)
    assert shows, f"{finding.rule} at {finding.pointer}: {finding.value!r} is not {span!r}"


def _span(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the text between two places."""
    assert start < end or start == end, (start, end)
    part = [*lines[start[0] - 1 : end[0] - 1], lines[end[0] - 1][: end[1] - 1]]
    part[0] = part[0][start[1] - 1 :]
    return "\n".join(part)


def _is(text: str | float | None, value: object) -> bool:
    if isinstance(value, (dict, list)):
        return isinstance(text, str) and text[:1] in {"{", "["}
    return text == value or str(text) == str(redact(value) if isinstance(value, str) else value)


def _readings(span: str) -> Iterator[str | float | None]:
    """Yield the readings of a span: as it is written, as JSON or YAML, and as JSON within a text of JSON."""
    span = span.rstrip(", ")  # of a literal of JavaScript, whose comma JSON leaves out
    yield span
    yield span.strip("\"'`")
    yield re.sub(r"\\+(?=[\"\\])", "", span).strip('"')  # of a text whose quotes are escaped
    with suppress(NotJSONError):
        value = parse(span.encode("utf-8", "surrogatepass"))
        if isinstance(value, (str, int, float, type(None))):
            yield value
    with suppress(NotLiteralError):  # in a program in JavaScript
        yield literal(span, 0).text
    with suppress(NotLiteralError, NotJSONError):
        yield str(parse(literal(f'"{span}"', 0).text.encode("utf-8", "surrogatepass")))
    inner = span
    for _ in range(_LAYERS):
        with suppress(NotJSONError):
            inner = str(parse(f'"{inner}"'.encode("utf-8", "surrogatepass")))
            value = parse(inner.encode("utf-8", "surrogatepass"))
            if isinstance(value, (str, int, float, type(None))):
                yield value
    try:
        value = yaml.load(span, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return
    if isinstance(value, (str, int, float, type(None))):
        yield value
