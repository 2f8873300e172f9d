"""Harness of the conformance report: its page has our elements alone, its Markdown and JSON parse."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unittest.mock import patch
from zlib import crc32

import seeds
from harness import Harness
from of_outputs import assert_harmless, schema_of
from outputs import READERS

from instanceview.model.document import Origin
from instanceview.model.severity import Severity
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.reporting.conformance import json_form, markdown, terminal
from instanceview.reporting.conformance.build import conformance
from instanceview.reporting.conformance.covered_values import NeverSeen
from instanceview.reporting.html import page
from instanceview.running.tally import report
from instanceview.running.wanted import Selection, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from jinja2 import Environment

    from instanceview.reporting.conformance.covered_values import MatrixRow, RowCoverage
    from instanceview.reporting.conformance.values import Conformance

    Row = TypeVar("Row")

_TAG = re.compile(r"<!DOCTYPE html>|<(style|script)>.*?</\1>|<(/?)([a-zA-Z]\w*)((?:\s[^<>]*)?)>|(<)", re.DOTALL)
_ATTRIBUTES = re.compile(r"""(?:\s+(?!onx)[a-zA-Z][\w:-]*(?:="[^"]*")?)*\s*/?""")
_PARTS = re.compile(r"(?=<(?:tr|section|style|script|main)\b)")
_PAGES, _MARKDOWNS = 3, 96  # executions for one with a page, and with Markdown
_UNSEEN = 4  # rows of each table, besides those that a document has
_VOID = frozenset({"meta", "link", "input", "wbr", "rect", "line", "br"})
_PLANTED = rb"\"'<planted onx=1> onx=1"  # within a text of JSON
_WORDS = (b"PowerState", b"Info", b"VM running", b"ProvisioningState", b"Ready")  # in place of which it is planted


def _conformance(data: bytes) -> None:
    """A conformance report is of our making whatever the documents have in them: as a page, in Markdown, in JSON.

    An execution tries one of them. Markdown is seldom tried, whose parser takes as long as ten pages.
    """
    number = crc32(data)
    word = _WORDS[number // _MARKDOWNS % len(_WORDS)]
    made = shortened_report(data.replace(word, _PLANTED), "\"'<planted onx=1>")
    if number % _PAGES == 0:
        text = _page_of(made)
        assert_harmless("", text)
        _assert_ours(text)
    elif number % _MARKDOWNS == 1:
        text = "".join(markdown.pieces(made))
        assert_harmless("", text)
        assert not {part for part in READERS["markdown"](text).parts if "onx" in part}
    else:
        text = "".join(json_form.pieces(made))
        assert_harmless("", text + "".join(terminal.pieces(made)))
        with suppress(UnicodeEncodeError):  # as above
            schema_of("coverage").validate(json.loads(text))


def shortened_report(data: bytes, file: str) -> Conformance:
    """Return the report of a file with few of the rows that it has not: they are the same in each, and hundreds."""
    wanted = Wanted(selection=Selection(most=0), coverage=True)
    made = conformance(report(read(stream_of(data), Origin(file)), fail_on=Severity.ERROR, wanted=wanted))
    tables = (each._replace(rows=_few(each.rows, _is_seen)) for each in made.tables)
    matrix = (each._replace(rows=_few(each.rows, _is_in_a_document)) for each in made.matrix)
    unseen = NeverSeen(made.never_seen.elements[:_UNSEEN], made.never_seen.codes[:_UNSEEN])
    codes = _few(made.status_codes, lambda code: code.times)
    return made._replace(tables=tuple(tables), matrix=tuple(matrix), never_seen=unseen, status_codes=codes)


def _is_in_a_document(row: MatrixRow) -> bool:
    return not {"b", "s"}.isdisjoint(row.cells)


def _is_seen(row: RowCoverage) -> bool:
    return bool(row.present or row.nulls or row.findings)


def _few(rows: Sequence[Row], is_seen: Callable[[Row], object]) -> tuple[Row, ...]:
    return tuple(row for number, row in enumerate(rows) if number < _UNSEEN or is_seen(row))


def _assert_ours(text: str) -> None:
    """Assert that a page has our elements and attributes alone, each of which ends."""
    open_ones: list[str] = []
    for part in _PARTS.split(text):
        for is_end, name in _elements(part):
            assert not is_end or open_ones[-1:] == [name], name
            open_ones.append(name) if not is_end else open_ones.pop()
    assert open_ones == []


@lru_cache(1 << 12)  # most rows of the tables are the same in each page
def _elements(part: str) -> tuple[tuple[bool, str], ...]:
    """Return the beginnings and ends of elements in a part of a page, without those that have no end."""
    found = []
    for tag in _TAG.finditer(part):
        assert not tag[5], "a bare <"
        assert tag[3] != "planted", tag[0]
        assert _ATTRIBUTES.fullmatch(tag[4] or ""), tag[0]
        if tag[3] and tag[3] not in _VOID:
            found.append((bool(tag[2]), tag[3]))
    return tuple(found)


def _page_of(made: Conformance) -> str:
    """Return a page; the templates are compiled once for all, which takes as long as ten pages."""
    with patch.object(page, "_environment", _environment):
        return "".join(page.pieces(made))


_new_environment = page._environment  # noqa: SLF001 (no page of a user needs it twice)


@cache
def _environment(address: Callable[[Origin], str | None]) -> Environment:
    """Return the environment of all pages; what a filter returned for a text is kept, which halves the time."""
    environment = _new_environment(address)
    for name in ("dotted", "breaking", "code_spans"):
        environment.filters[name] = lru_cache(1 << 12)(environment.filters[name])
    return environment


PAGES = (Harness("page", _conformance, lambda: (*seeds.documents()[::3], *seeds.short_texts()[::12]), "json"),)
"""The harness of the conformance report."""
