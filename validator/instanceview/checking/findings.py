"""What the rules found in a document -> findings, in document order, each with its line, column and source line."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Tables
from instanceview.model.excerpt import excerpt
from instanceview.model.finding import Finding
from instanceview.model.fingerprint import identity
from instanceview.model.pointer import element_name, pointer
from instanceview.places.compact import compact_spans
from instanceview.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.model.excerpt import Excerpt
    from instanceview.places.spans import Path, Spans
    from instanceview.rules.rule import Found, Rule

_FEW = 8  # places that are found one by one


class _Checked(NamedTuple):
    """A document, the tables that judge it, its places, what it is called, and whether it may hold a secret."""

    document: Document
    tables: Tables
    spans: Spans | None
    identity: str
    may_hold_secret: bool


def placed(  # noqa: PLR0913 (what is known of the text)
    found: Sequence[tuple[Rule, Found]],
    document: Document,
    tables: Tables,
    spans: Spans | None,
    *,
    is_compact: bool,
    may_hold_secret: bool,
) -> tuple[Finding, ...]:
    """Return what the rules found as findings.

    `spans` are the places of the document where they are known already; `is_compact` says that its text is as short as
    it can be, `may_hold_secret` that something in it may have to be redacted.
    """
    wanted = {_place(each) for _, each in found} if len(found) <= _FEW else None
    if spans is None and document.source:
        spans = compact_spans(document.body, wanted) if is_compact and wanted else document.source.spans(wanted)
    in_order = sorted(found, key=lambda each: (_order(document.body, each[1]), _reading_order()[each[0].name]))
    checked = _Checked(document, tables, spans, identity(document), may_hold_secret)
    return tuple([_finding(checked, rule, each) for rule, each in in_order])


@cache
def _reading_order() -> dict[str, int]:
    return {rule.name: number for number, rule in enumerate(RULES)}


def _place(found: Found) -> Path:
    """Return the path of what a finding points at: of a missing member, the object that lacks it."""
    return found.path[:-1] if found.spot == "object" else found.path


def _order(body: object, found: Found) -> tuple[int, ...]:
    """Return the place of a finding as numbers that sort as the document reads."""
    order: list[int] = []
    value = body
    for step in _place(found):
        if isinstance(value, dict):
            order.append(list(value).index(str(step)))
        order.extend([step] if isinstance(step, int) else [])
        value = value[step] if isinstance(value, (dict, list)) else None  # type: ignore[index]  # path fits
    return tuple(order)


def _finding(checked: _Checked, rule: Rule, found: Found) -> Finding:
    origin, end, lines = _placed(checked, found)
    document, tables = checked.document, checked.tables
    return Finding(
        rule=rule.name,
        severity=found.severity or rule.severity,
        origin=origin,
        tables=tables,
        pointer=pointer(_place(found)),
        element=element_name(found.path),
        value=found.value,
        allowed=found.allowed,
        basis=found.basis or rule.basis,
        hint=found.hint and found.hint.replace("{tables}", tables.words()),
        template=found.template,
        facts=dict(found.facts),  # what is frozen cannot be sent to another process
        document=document.origin,
        excerpt=lines,
        identity=checked.identity,
        end=end,
    )


def _placed(checked: _Checked, found: Found) -> tuple[Origin, tuple[int, int] | None, Excerpt | None]:
    """Return where a finding stands, where it ends, and its source line."""
    document, spans = checked.document, checked.spans
    if spans is None or document.source is None:
        return document.origin, None, None
    span = spans.by_path[_place(found)]
    start, end = span.start, span.start + 1 if found.spot == "object" else span.end
    key = start if span.key is None else span.key
    if found.spot in {"key", "repeat", "secret-key"} and span.key is not None:
        start, end = span.key, span.key_end
    source, whole = document.source, document.origin
    inside = source.inside(start)
    origin = Origin(whole.file, whole.entry, *source.line_and_column(start), whole.method, whole.url, inside)
    behind = None if inside else source.line_and_column(end)
    return origin, behind, excerpt(source.text, key, start, end, may_hold_secret=checked.may_hold_secret)
