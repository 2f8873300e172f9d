"""One document -> findings: the schema first, then the rules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from instanceview.checking.engines import engine
from instanceview.checking.scope import scope_of
from instanceview.checking.violations import sites
from instanceview.checking.walk import remember, visits
from instanceview.model.pointer import exists, follow
from instanceview.model.text import may_hold_secret
from instanceview.places.compact import compact, may_repeat_keys
from instanceview.rules import rules_for
from instanceview.rules.rule import MANY, Site
from instanceview.tables.resolve import choose_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Tables
    from instanceview.model.finding import Finding
    from instanceview.places.spans import Path, Spans
    from instanceview.rules.rule import Found, Rule, Scope


def check_document(document: Document, *, engine_name: str = "compiled", many: bool = False) -> tuple[Finding, ...]:
    """Return the findings of one document, in document order, with their lines and columns where it has a text.

    `many` says that so many documents are judged that the gate pays, which takes as long to make as a hundred of them.
    """
    if not isinstance(document.body, dict):
        return ()
    tables = tables_for(document, document.body)
    if many and engine_name == "compiled" and _is_clean(document, tables):
        return ()
    violations = engine(engine_name, tables.kind, tables.api_version)(document.body)
    scope = scope_of(tables.kind, tables.api_version)
    # What is as short as it can be repeats no key.
    is_compact = _is_compact(document)
    repeated = document.source.spans() if document.source and not is_compact and _may_repeat_keys(document) else None
    secrets = _may_hold_secret(document)
    asked = chain(
        _repeated(scope, document, repeated),
        sites(scope, document.body, violations),
        visits(scope, document.body, new=True, may_hold_secret=secrets),
        _of_document(scope, document, tables),
    )
    found = _first_each(asked)
    if not found:
        return ()
    from instanceview.checking.findings import placed  # slow to load, and most documents have no finding

    return placed(found, document, tables, repeated, is_compact=is_compact, may_hold_secret=secrets)


def tables_for(document: Document, body: dict[str, object]) -> Tables:
    """Return the tables that judge a document with this body."""
    return choose_tables(body, document.kind, document.api_version, document.api_version_from)


def _is_clean(document: Document, tables: Tables) -> bool:
    """Return whether a document certainly has no finding."""
    from instanceview.checking import gate  # slow to load, and of use for many documents only

    if tables.unlisted or document.written_by:
        return False
    if document.data is not None:
        return gate.text_gate(tables.kind, tables.api_version)(document.data)
    return not document.may_repeat_keys and gate.value_gate(tables.kind, tables.api_version)(document.body)


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
    return document.may_repeat_keys and (document.data is None or may_repeat_keys(document.data, document.body))


def _of_document(scope: Scope, document: Document, tables: Tables) -> Iterator[Site]:
    """Yield a site for who wrote the document, if not the service, and for its api-version, if that is not listed."""
    if document.written_by:
        yield Site("written-by", scope, (), scope.root, document.written_by, None)
    if tables.unlisted:
        yield Site("unlisted", scope, (), scope.root, tables.unlisted, None)


def _repeated(scope: Scope, document: Document, spans: Spans | None) -> Iterator[Site]:
    """Yield a site for each key that stands in its object already."""
    if spans is None or document.source is None:
        return
    for duplicate in spans.duplicates:
        if document.written_by and not exists(document.body, duplicate.path):
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
