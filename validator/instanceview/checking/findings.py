"""Findings, each with its line, column and source line, from the faults that rules found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.faults import path_shown
from instanceview.model.document import Document, Origin
from instanceview.model.excerpt import excerpt
from instanceview.model.finding import Finding
from instanceview.model.fingerprint import identity
from instanceview.model.pointer import element_shown, pointer
from instanceview.model.redaction import meant_name, redact_below
from instanceview.places.compact import compact_spans
from instanceview.places.part import in_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.model.excerpt import Excerpt
    from instanceview.model.tables import Tables
    from instanceview.places.spans import Spans
    from instanceview.rules.rule import Found, Rule

_FEW = 8
"""Findings up to which their places are faster to find one by one than in one pass, and lines to count anew."""


class _Checked(NamedTuple):
    """A document, its tables, its places, its identity, and whether it may hold a secret."""

    document: Document
    tables: Tables
    spans: Spans | None
    identity: str
    may_hold_secret: bool


def located_findings(
    found: Sequence[tuple[Rule, Found]],
    document: Document,
    tables: Tables,
    *,
    is_compact: bool,
    may_hold_secret: bool,
) -> tuple[Finding, ...]:
    """Return the findings for faults that rules found, in their order.

    `is_compact`: the text of the document has no space between tokens. `may_hold_secret`: it may have something to
    redact.
    """
    wanted = {document.as_written(path_shown(each)) for _, each in found}
    spans = None
    if document.source:
        few = len(wanted) <= _FEW
        spans = compact_spans(document.body, wanted) if is_compact and few else document.source.spans(wanted)
        document = document if few else document._replace(source=in_pieces(document.source))
    checked = _Checked(document, tables, spans, identity(document), may_hold_secret)
    return tuple([_located_finding(checked, rule, each) for rule, each in found])


def _located_finding(checked: _Checked, rule: Rule, found: Found) -> Finding:
    origin, end, lines = _place_in_text(checked, found)
    document, tables = checked.document, checked.tables
    if document.written_by:
        from instanceview.checking.as_written import respelt  # most documents are the service's

        found = respelt(found, document)
    return Finding(
        rule=rule.name,
        severity=found.severity or rule.severity,
        origin=origin,
        tables=tables,
        pointer=pointer(document.as_written(path_shown(found))),
        element=element_shown(found.path),
        value=_shown_value(found, document.body) if checked.may_hold_secret else found.value,
        allowed=found.allowed,
        basis=found.basis or rule.basis,
        hint=found.hint and found.hint.replace("{tables}", tables.words()),
        template=found.template,
        facts=dict(found.facts),  # a mapping proxy cannot be sent to another process
        document=document.origin,
        excerpt=lines,
        identity=checked.identity,
        end=end,
    )


def _shown_value(found: Found, body: object) -> object:
    """Return the value of a finding, in which a text that is a secret by the names around it is redacted."""
    if found.spot == "secret-key" or not isinstance(found.value, (str, list, dict)):
        return found.value
    name, holder = "", body
    for step in found.path:
        if isinstance(holder, dict) and isinstance(step, str):
            name, holder = meant_name(holder, step, name), holder.get(step)
        elif isinstance(holder, list) and isinstance(step, int):
            holder = holder[step]
    return redact_below(name, found.value)


def _place_in_text(checked: _Checked, found: Found) -> tuple[Origin, tuple[int, int] | None, Excerpt | None]:
    """Return the origin of a finding, the line and column after it, and an excerpt of its source line."""
    document, spans = checked.document, checked.spans
    if spans is None or document.source is None:
        return document.origin, None, None
    span = spans.by_path[document.as_written(path_shown(found))]
    start, end = span.start, span.start + 1 if found.spot == "object" else span.end
    key = start if span.key is None else span.key
    if found.spot in {"key", "repeat", "secret-key"} and span.key is not None:
        start, end = span.key, span.key_end
    source, whole = document.source, document.origin
    inside = source.inside(start)
    origin = Origin(whole.file, whole.entry, *source.line_and_column(start), whole.method, whole.url, inside)
    after = None if inside else source.line_and_column(end)
    text, first = source.around(start)
    key = key if first <= key <= start else start  # the value of an alias is in another text than its key
    excerpt_of = excerpt(text, key - first, start - first, end - first, may_hold_secret=checked.may_hold_secret)
    return origin, after, excerpt_of
