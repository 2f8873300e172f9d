"""Parts that several JSON outputs share: findings and places as JSON, and arrays with one value on each line."""

from __future__ import annotations

import json
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _text
from typing import TYPE_CHECKING, Any

from instanceview.model.document import ABSENT
from instanceview.model.redaction import redact, redact_pointer
from instanceview.model.text import cut, harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.finding import Finding


def one_a_line(values: Iterable[object], *, indent: int = 0) -> Iterator[str]:
    r"""Yield the text of an array in pieces, with each value on its own line: the fast encoder cannot indent.

    >>> "".join(one_a_line([{"a": 1}, 2])), "".join(one_a_line([]))
    ('[\n {"a": 1},\n 2\n]', '[]')
    """
    return array_lines(map(json.dumps, values), indent)


def array_lines(texts: Iterable[str], indent: int) -> Iterator[str]:
    """Yield the text of an array in pieces, with the text of each value on its own line."""
    yield "["
    between = "\n" + " " * indent + " "
    for text in texts:
        yield between + harmless(text)
        between = ",\n" + " " * indent + " "
    yield "]" if between.startswith("\n") else "\n" + " " * indent + "]"


def dumped(value: object) -> str:
    r"""Return a value as JSON text for a report, ASCII only, without commands to a runner of CI.

    >>> dumped({"a": "##vso[task.complete]\u202e"})
    '{\n "a": "#\\u0023vso[task.complete]\\u202e"\n}\n'
    """
    return harmless(json.dumps(value, indent=1)) + "\n"


def finding_text(numbered: tuple[Finding, str]) -> str:
    """Return a finding with its fingerprint as JSON text."""
    finding, digits = numbered
    return f'{{{", ".join(_finding_members(finding))}, "fingerprint": "{digits}"}}'


def _finding_members(finding: Finding) -> Iterator[str]:
    """Yield the members of a finding as JSON text, in half the time of a dictionary: they are most of a long report."""
    tables = finding.tables
    yield f'"rule": {_text(finding.rule)}, "severity": "{finding.severity.value}", "message": {_text(finding.message)}'
    yield f'"basis": [{", ".join(map(_text, finding.basis))}]'
    yield f'"origin": {{{", ".join(_origin_members(finding.origin))}}}'
    if finding.end:
        yield f'"end": {_line_and_column(finding.end)}'
    yield f'"kind": "{tables.kind}", "apiVersion": "{tables.api_version}"'
    yield f'"apiVersionFrom": "{tables.api_version_from}", "pointer": {_text(redact_pointer(finding.pointer))}'
    yield f'"element": {_text(finding.element)}'
    if finding.value is not ABSENT:
        yield f'"value": {_value_as_json(finding.value)}'
    if finding.hint:
        yield f'"hint": {_text(finding.hint)}'
    if finding.recorded > 1:
        yield f'"recorded": {finding.recorded}'
    if finding.baseline:
        yield f'"baseline": "{finding.baseline}"'


def _value_as_json(value: object) -> str:
    """Return a value as JSON text, redacted and cut; an object or array becomes a text, which is its compact JSON."""
    if isinstance(value, (dict, list)):
        return _text(cut(redact(json.dumps(value, separators=(",", ":")))))
    return _text(cut(redact(value))) if isinstance(value, str) else json.dumps(value)


def _origin_members(origin: Origin) -> Iterator[str]:
    yield f'"file": {_file_as_json(origin.file)}'
    if origin.entry is not None:
        yield f'"entry": {_text(redact(origin.entry))}'
    if origin.line is not None:
        yield f'"line": {origin.line}'
    if origin.column is not None:
        yield f'"column": {origin.column}'
    if origin.method is not None:
        yield f'"method": {_text(redact(origin.method))}'
    if origin.url is not None:
        yield f'"url": {_text(redact(origin.url))}'
    if origin.inside is not None:
        yield f'"inside": {_line_and_column(origin.inside)}'


@lru_cache(maxsize=16)  # findings come file by file
def _file_as_json(file: str) -> str:
    return _text(redact(file))


def _line_and_column(place: tuple[int, int]) -> str:
    return f'{{"line": {place[0]}, "column": {place[1]}}}'


def origin_as_json(origin: Origin) -> dict[str, Any]:
    """Return a place as a JSON value, with its secrets redacted."""
    value: dict[str, Any] = json.loads(f"{{{', '.join(_origin_members(origin))}}}")
    return value
