"""One document -> findings: the schema first, then the rules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from instanceview.compact import compact, compact_spans
from instanceview.engines import engine
from instanceview.explain import follow, sites, stands
from instanceview.fingerprint import identity
from instanceview.model import Document, Finding, Judged, Origin
from instanceview.pointer import element_name, pointer
from instanceview.resolve import judged_by
from instanceview.rule import MANY, Site
from instanceview.rules import RULES, rules_for
from instanceview.shapes import repeats_keys
from instanceview.text import may_hold_secret
from instanceview.visits import remember, scope_of, visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.excerpt import Excerpt
    from instanceview.model import Path
    from instanceview.positions import Spans
    from instanceview.rule import Found, Rule, Scope

_FEW = 8  # places that are found one by one

_ORDER = {rule.name: number for number, rule in enumerate(RULES)}


class _Judging(NamedTuple):
    """A document, the tables that judge it, its places, and whether something in it may have to be redacted."""

    document: Document
    judged: Judged
    spans: Spans | None
    may_hold_secret: bool


def judge(document: Document, *, engine_name: str = "compiled", many: bool = False) -> tuple[Finding, ...]:
    """Return the findings of one document, in document order, with their lines and columns where it has a text.

    `many` says that so many documents are judged that the gate pays, which takes as long to make as a hundred of them.
    """
    if not isinstance(document.body, dict):
        return ()
    judged = tables_for(document, document.body)
    if many and engine_name == "compiled" and _is_clean(document, judged):
        return ()
    violations = engine(engine_name, judged.kind, judged.api_version)(document.body)
    scope = scope_of(judged.kind, judged.api_version)
    # What is as short as it can be repeats no key.
    is_compact = _is_compact(document)
    repeated = document.source.spans() if document.source and not is_compact and _may_repeat_keys(document) else None
    secrets = _may_hold_secret(document)
    asked = chain(
        _repeated(scope, document, repeated),
        sites(scope, document.body, violations),
        visits(scope, document.body, new=True, may_hold_secret=secrets),
        _of_document(scope, document, judged),
    )
    found = _first_each(asked)
    if not found:
        return ()
    wanted = {_place(each) for _, each in found} if len(found) <= _FEW else None
    spans = repeated
    if spans is None and document.source:
        spans = compact_spans(document.body, wanted) if is_compact and wanted else document.source.spans(wanted)
    found.sort(key=lambda each: (_order(document.body, each[1]), _ORDER[each[0].name]))
    judging = _Judging(document, judged, spans, secrets)
    return tuple([_finding(judging, rule, each) for rule, each in found])


def tables_for(document: Document, body: dict[str, object]) -> Judged:
    """Return the tables that judge a document with this body."""
    return judged_by(body, document.kind, document.api_version, document.api_version_from)


def _is_clean(document: Document, judged: Judged) -> bool:
    """Return whether a document certainly has no finding."""
    from instanceview import gate  # slow to load, and of use for many documents only

    if judged.asked or document.written_by:
        return False
    if document.data is not None:
        return gate.text_gate(judged.kind, judged.api_version)(document.data)
    return not document.may_repeat_keys and gate.value_gate(judged.kind, judged.api_version)(document.body)


def _is_compact(document: Document) -> bool:
    """Return whether the text of a document is as short as it can be."""
    if document.source is None or document.data is None:
        return False
    written = compact(document.body)
    return written is not None and written == document.data and written.decode() == document.source.text


def _may_hold_secret(document: Document) -> bool:
    """Return whether something in a document may have to be redacted, as far as its own text shows."""
    return document.source is None or document.data is None or may_hold_secret(document.source.text)


def _may_repeat_keys(document: Document) -> bool:
    """Return whether the text of a document must be scanned for keys that stand twice."""
    return document.may_repeat_keys and (document.data is None or repeats_keys(document.data, document.body))


def _of_document(scope: Scope, document: Document, judged: Judged) -> Iterator[Site]:
    """Yield a site for who wrote the document, if not the service, and for its api-version, if that is not listed."""
    if document.written_by:
        yield Site("written-by", scope, (), scope.root, document.written_by, None)
    if judged.asked:
        yield Site("unlisted", scope, (), scope.root, judged.asked, None)


def _repeated(scope: Scope, document: Document, spans: Spans | None) -> Iterator[Site]:
    """Yield a site for each key that stands in its object already."""
    if spans is None or document.source is None:
        return
    for duplicate in spans.duplicates:
        if document.written_by and not stands(document.body, duplicate.path):
            continue  # what the CLI added is not judged
        first = document.source.line_and_column(duplicate.first)
        _, value = follow(document.body, duplicate.path)
        yield Site("duplicate", scope, duplicate.path, scope.root, value, None, first)


def _first_each(asked: Iterable[Site]) -> list[tuple[Rule, Found]]:
    """Return what the rules find, the first finding for each place and spot: one fault, one finding."""
    taken: dict[tuple[Path, str], tuple[Rule, Found]] = {}
    for site in asked:
        met = False
        for rule in rules_for(site.hook):
            found = list(rule.check(site))
            for each in found:
                taken.setdefault((each.path, each.spot), (rule, each))
            met = met or bool(found)
            if found and site.hook not in MANY:
                break
        if not met:
            remember(site)
    return list(taken.values())


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


def _finding(judging: _Judging, rule: Rule, found: Found) -> Finding:
    origin, end, lines = _placed(judging, found)
    document, judged = judging.document, judging.judged
    return Finding(
        rule=rule.name,
        severity=found.severity or rule.severity,
        origin=origin,
        judged=judged,
        pointer=pointer(_place(found)),
        element=element_name(found.path),
        value=found.value,
        allowed=found.allowed,
        basis=found.basis or rule.basis,
        hint=found.hint and found.hint.replace("{judged}", judged.words()),
        template=found.template,
        facts=dict(found.facts),  # what is frozen cannot be sent to another process
        document=document.origin,
        excerpt=lines,
        identity=identity(document),
        end=end,
    )


def _placed(judging: _Judging, found: Found) -> tuple[Origin, tuple[int, int] | None, Excerpt | None]:
    """Return where a finding stands, where it ends, and its source line."""
    document, spans = judging.document, judging.spans
    if spans is None or document.source is None:
        return document.origin, None, None
    from instanceview.excerpt import excerpt  # slow to load, and most documents have no finding

    span = spans.by_path[_place(found)]
    start, end = span.start, span.start + 1 if found.spot == "object" else span.end
    key = start if span.key is None else span.key
    if found.spot in {"key", "repeat", "secret-key"} and span.key is not None:
        start, end = span.key, span.key_end
    source, whole = document.source, document.origin
    inside = source.inside(start)
    origin = Origin(whole.file, whole.entry, *source.line_and_column(start), whole.method, whole.url, inside)
    behind = None if inside else source.line_and_column(end)
    return origin, behind, excerpt(source.text, key, start, end, may_hold_secret=judging.may_hold_secret)
