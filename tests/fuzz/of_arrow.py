"""Harness of tables of Arrow: a text in a row has the findings that the API has for it, whatever is in other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import seeds
from harness import Harness

from instanceview import check_text
from instanceview.model.redaction import redact, redact_pointer
from instanceview.reading.formats import RECORDINGS
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from instanceview import Report

_FINDING = ("rule", "severity", "pointer", "element", "message", "line", "column", "kind", "api_version")
_NO_JSON = object()
_SUMMARIES = 4  # executions for one with a summary, which takes as long as the findings
_OTHER = b'{"vmAgent": 1}'


def _same_in_a_table(data: bytes) -> None:
    """The findings of a text are those of the API, in each row that has it; what is not JSON is a row with the reason.

    With findings, a batch has no number that differs from its summary.
    """
    import pyarrow as pa

    from instanceview.arrow import check_batch, summary_batch

    number = crc32(data)
    choices: Any = {"kind": KINDS[number // 4 % len(KINDS)]} if number % 4 == 0 else {}
    table = pa.array([data, _OTHER, data], pa.binary())
    rows = check_batch(table, **choices).to_pylist()
    assert not any("fault of instanceview" in row["message"] for row in rows), rows
    first, last = ([{**row, "document": 0} for row in rows if row["document"] == at] for at in (0, 2))
    assert first == last
    found = [tuple(row[name] for name in _FINDING) for row in first if row["rule"]]
    value = _value(data)
    if value is _NO_JSON:
        assert first
        assert not found, "findings in what is not JSON"
    # A file is more: a recording, whose entries have names, or an array, whose items are meant as documents.
    elif isinstance(value, dict) and not any(reader.sniff(data) for reader in RECORDINGS):
        assert found == _facts(check_text(data, **choices))
    if number // _SUMMARIES % _SUMMARIES:
        return
    counts = summary_batch(table, **choices).to_pylist()
    counted = sum(row["count"] for row in counts if row["measure"] == "findings")
    assert counted == sum(row["rule"] is not None for row in rows)


def _value(data: bytes) -> object:
    try:
        return parse(data)
    except NotJSONError:
        return _NO_JSON


def _facts(report: Report) -> list[tuple[Any, ...]]:
    """Return the findings of a report as rows have them: with pointers from the root of the text, and redacted."""
    return [
        (
            *(each.rule, each.severity.value, _text(redact_pointer(f"{each.origin.entry or ''}{each.pointer}"))),
            *(_text(redact(each.element)), each.message, each.origin.line, each.origin.column),
            *(each.tables.kind, each.tables.api_version),
        )
        for each in report.findings
    ]


def _text(text: str) -> str:
    """Return a text of Arrow, which holds no lone surrogate."""
    return text.encode("utf-8", "backslashreplace").decode()


ARROW = (Harness("arrow", _same_in_a_table, lambda: (*seeds.documents(), *seeds.wrapped()), "json", "pyarrow"),)
"""The harness of tables of Arrow."""
