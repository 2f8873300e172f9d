"""The place of a finding, looked up in the file: the value or the name that it quotes is there."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import yaml

from instanceview.model.document import ABSENT
from instanceview.model.redaction import REDACTED, redact
from instanceview.reading.formats._javascript import literal
from instanceview.reading.formats._javascript_text import NotLiteralError
from instanceview.reading.json_texts.parse import NotJSONError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document
    from instanceview.model.finding import Finding

_QUOTED = re.compile(r"(?s)([\"'`])(.*)\1")
_LAYERS = 4  # texts inside texts
_OTHER = re.compile(r"[\[{*&!]|- ")
"""The beginning of a list, an object, an alias, an anchor or a tag."""


_IN_SPANS = re.compile(r"[\x1b\n]|\[[0-9;]*m|=[0-9A-Fa-f]{2}")
"""A colour, a line break of a prefix, or an escape of quoted-printable."""


def assert_shown(finding: Finding, document: Document, lines: list[str]) -> None:
    """Assert that the line and column of a finding show its value, its name, or the object that lacks something."""
    origin = finding.origin
    if origin.line is None:
        return
    assert origin.column is not None, finding
    line = lines[origin.line - 1]
    assert 1 <= origin.column <= len(line) + 1, (finding, line)
    if origin.inside or finding.end is None:  # a body that is packed: only its beginning has a place
        return
    span = _span(lines, (origin.line, origin.column), finding.end)
    name = finding.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    # What a client wrote has other values. A text with colours, prefixes or escapes of a mail has them in its spans,
    # too. An alias of YAML is shown in place of what it is for, and of a missing member the beginning of its object.
    is_other = bool(document.written_by or not finding.pointer or finding.value is ABSENT or re.search(_IN_SPANS, span))
    assert not span[:1].isspace(), f"{finding.rule} at {finding.pointer}: {span!r}"
    readings = _readings(span, is_escaped=line[: origin.column - 1].endswith("\\"))
    shows = _OTHER.match(span) or is_other or any(_is(each, finding.value, name) for each in readings)
    assert shows, f"{finding.rule} at {finding.pointer}: {finding.value!r} is not {span!r}"


def _span(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the text between two places."""
    assert start < end or start == end, (start, end)
    part = [*lines[start[0] - 1 : end[0] - 1], lines[end[0] - 1][: end[1] - 1]]
    part[0] = part[0][start[1] - 1 :]
    return "\n".join(part)


def _is(read: object, value: object, name: str) -> bool:
    """Return True if what is at a place is the value or the name of a finding; a value may be shown redacted."""
    if read in (value, name) or str(read) == str(value):
        return True
    if type(read) in {int, float} and type(value) in {int, float}:  # a large one may be either
        return float(read) == float(value)  # type: ignore[arg-type]  # they are numbers
    is_secret = value == REDACTED  # by the name of its member
    return isinstance(read, str) and isinstance(value, str) and (is_secret or redact(read) == redact(value))


def _readings(span: str, *, is_escaped: bool) -> Iterator[object]:
    """Yield the readings of a span: as it is written, as JSON, YAML or JavaScript, and as JSON in a text of these.

    `is_escaped` means that a backslash is before it.
    """
    yield span
    span = span.rstrip(", ")  # of a literal of JavaScript, whose comma JSON leaves out
    bare = _QUOTED.sub(r"\2", span)  # with a tag `!`, PyYAML reads what is between the quotes, too
    plain = span.replace("''", "'")  # of a text within single quotes
    if span.startswith("\\"):
        plain = re.sub(r"\\+(?=[\"\\])", "", span)  # of one within double quotes, be it broken
    yield from (span, bare)
    doubled = span.replace('""', '"')  # of a cell in CSV
    for read, text in (
        (_json, span),
        (_json, doubled),
        (_json, plain),
        (_yaml, span),
        (_yaml, bare),
        (_yaml, f"! {span}"),
        (_program, span),
    ):
        with suppress(NotJSONError, NotLiteralError, yaml.YAMLError, ValueError):
            yield read(text)
    is_cut = is_escaped and span.startswith('"') and span.endswith('\\"')  # it begins within an escape
    for mark in "" if is_cut else "\"'`":
        with suppress(NotJSONError, NotLiteralError):
            yield _json(_program(f"{mark}{span}{mark}"))
    with suppress(NotJSONError, yaml.YAMLError, ValueError):  # of JSON in a text of YAML, which has more escapes
        yield _json(str(_yaml(f'"{span}"')))
    inner = span
    for _ in range(_LAYERS):
        with suppress(NotJSONError):
            inner = str(_json(f'"{inner}"'))
            yield _json(inner)


def _json(text: str) -> object:
    return parse(text.encode("utf-8", "surrogatepass"))


def _yaml(text: str) -> object:
    value: object = yaml.load(text, yaml.CSafeLoader)
    return value


def _program(text: str) -> str:
    return literal(text, 0).text
