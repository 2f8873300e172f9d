"""One document -> findings: the schema first, then the rules."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from instanceview.elements import tree, walk
from instanceview.engines import engine
from instanceview.explain import follow, sites
from instanceview.model import Document, Finding, Judged, Origin, Report, Severity, Skipped, Unreadable
from instanceview.pointer import element_name, pointer
from instanceview.resolve import PAGE_VERSION, judged_by
from instanceview.rule import Scope, Site
from instanceview.rules import RULES, rules_for
from instanceview.vocabulary import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.elements import Element, Member
    from instanceview.model import Path
    from instanceview.positions import Spans
    from instanceview.rule import Found, Hook, Rule

_ORDER = {rule.name: number for number, rule in enumerate(RULES)}


def judge(document: Document, *, engine_name: str = "compiled") -> tuple[Finding, ...]:
    """Return the findings of one document, in document order, with their lines and columns where it has a text."""
    if not isinstance(document.body, dict):
        return ()
    judged = judged_by(document.body, document.kind, document.api_version, document.api_version_from)
    scope = scope_of(judged.kind, judged.api_version)
    violations = engine(engine_name, judged.kind, judged.api_version)(document.body)
    spans = document.source.spans() if document.source and document.repeats_keys else None
    asked = chain(
        _repeated(scope, document, spans),
        sites(scope, document.body, violations),
        _visited(scope, document.body),
    )
    found = _first_each(asked)
    if not found:
        return ()
    if document.source and not spans:
        spans = document.source.spans()
    found.sort(key=lambda each: (_order(document.body, each[1]), _ORDER[each[0].name]))
    return tuple(_finding(judged, _origin(document, spans, each), rule, each) for rule, each in found)


@cache
def scope_of(kind: str, api_version: str) -> Scope:
    """Return the tables of a kind at an api-version."""
    return Scope(kind, api_version, tree(kind), places(kind))


def _visited(scope: Scope, body: object) -> Iterator[Site]:
    """Yield a site for each documented value that some rule looks at."""
    of_page = scope.api_version == PAGE_VERSION and scope.kind == "vmss-vm"
    for path, element, value in walk(scope.root, scope.api_version, body):
        is_item = bool(path) and isinstance(path[-1], int)
        hook: Hook | None = None
        if isinstance(value, str):
            hook = _text_hook(element.member)
        elif isinstance(value, list):
            hook = "statuses" if _is_status(element) else "named" if "name" in element.children else None
        elif isinstance(value, dict):
            hook = "status" if _is_status(element) else None if path else "document"
        elif value is None and not is_item and not element.member.required:
            hook = "null"
        if hook:
            yield Site(hook, scope, path, element, value, None)
        if of_page and path and not is_item:
            yield Site("member", scope, path, element, value, None)


def _text_hook(member: Member) -> Hook:
    if member.format == "date-time":
        return "time"
    if member.format in {"status-code", "bare-code"}:
        return "code"
    return "open" if member.values else "text"


def _is_status(element: Element) -> bool:
    code = element.children.get("code")
    return code is not None and _text_hook(code.member) == "code"


def _repeated(scope: Scope, document: Document, spans: Spans | None) -> Iterator[Site]:
    """Yield a site for each key that stands in its object already."""
    if spans is None or document.source is None:
        return
    for duplicate in spans.duplicates:
        first = document.source.line_and_column(duplicate.first)
        _, value = follow(document.body, duplicate.path)
        yield Site("duplicate", scope, duplicate.path, scope.root, value, None, first)


def _first_each(asked: Iterable[Site]) -> list[tuple[Rule, Found]]:
    """Return what the rules find, the first finding for each place and spot: one fault, one finding."""
    taken: dict[tuple[Path, str], tuple[Rule, Found]] = {}
    for site in asked:
        for rule in rules_for(site.hook):
            found = list(rule.check(site))
            for each in found:
                taken.setdefault((each.path, each.spot), (rule, each))
            if found:
                break
    return list(taken.values())


def _order(body: object, found: Found) -> tuple[int, ...]:
    """Return the place of a finding as numbers that sort as the document reads."""
    order: list[int] = []
    value = body
    for step in found.path[:-1] if found.spot == "object" else found.path:
        if isinstance(value, dict):
            order.append(list(value).index(str(step)))
        order.extend([step] if isinstance(step, int) else [])
        value = value[step] if isinstance(value, (dict, list)) else None  # type: ignore[index]  # path fits
    return tuple(order)


def _finding(judged: Judged, origin: Origin, rule: Rule, found: Found) -> Finding:
    return Finding(
        rule=rule.name,
        severity=found.severity or rule.severity,
        origin=origin,
        judged=judged,
        pointer=pointer(found.path[:-1] if found.spot == "object" else found.path),
        element=element_name(found.path),
        value=found.value,
        allowed=found.allowed,
        basis=found.basis or rule.basis,
        hint=found.hint,
        template=found.template,
        facts=found.facts,
    )


def _origin(document: Document, spans: Spans | None, found: Found) -> Origin:
    if spans is None or document.source is None:
        return document.origin
    span = spans.by_path[found.path[:-1] if found.spot == "object" else found.path]
    offset = span.key if found.spot in {"key", "repeat"} and span.key is not None else span.start
    line, column = document.source.line_and_column(offset)
    return document.origin._replace(line=line, column=column)


def report(
    inputs: Iterable[Document | Skipped | Unreadable],
    *,
    fail_on: Severity = Severity.ERROR,
    engine_name: str = "compiled",
) -> Report:
    """Judge every document of a stream and return one report, in input order."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    unreadable: list[Unreadable] = []
    documents = nonconformant = 0
    for item in inputs:
        match item:
            case Document():
                here = judge(item, engine_name=engine_name)
                findings += here
                documents += 1
                nonconformant += any(finding.severity.at_least(fail_on) for finding in here)
            case Skipped():
                skipped.append(item)
            case Unreadable():
                unreadable.append(item)
    return Report(tuple(findings), tuple(skipped), tuple(unreadable), documents, documents, nonconformant, fail_on)
