"""One document -> findings: the schema first, then the rules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from instanceview.checking.engines import engine
from instanceview.checking.scope import scope_of
from instanceview.checking.text_scan import covered_hooks, document_scan, document_scanner, is_document_quiet
from instanceview.checking.violations import sites
from instanceview.checking.walk import Visit, first_findings, new_visits
from instanceview.model.pointer import exists, follow
from instanceview.places.compact import Rewritten, rewritten
from instanceview.rules.rule import Site
from instanceview.tables.resolve import choose_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Tables
    from instanceview.model.finding import Finding
    from instanceview.places.spans import Spans
    from instanceview.rules.rule import Hook, Scope

_NO_HOOK: frozenset[Hook] = frozenset()
_OF_DOCUMENT: frozenset[Hook] = frozenset({"document"})


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
    is_compact, may_repeat = _compared(document)
    repeated = document.source.spans() if document.source and may_repeat else None
    quiet = _quiet_hooks(document, tables)
    visits = chain(
        _repeated(scope, document, repeated),
        map(Visit, sites(scope, document.body, violations)),
        new_visits(scope, document.body, quiet=quiet),
        _of_document(scope, document, tables),
    )
    found = first_findings(visits)
    if not found:
        return ()
    from instanceview.checking.findings import placed  # slow to load, and most documents have no finding

    return placed(found, document, tables, repeated, is_compact=is_compact, may_hold_secret="document" not in quiet)


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


def _compared(document: Document) -> Rewritten:
    """Return the comparison of the text of a document with the compact text of its value."""
    if document.source is None or document.data is None:
        return Rewritten(is_compact=False, may_repeat_keys=document.may_repeat_keys)
    compared = rewritten(document.data, document.body)
    # What was decoded from another encoding has other offsets.
    is_compact = compared.is_compact and len(document.source.text.encode()) == len(document.data)
    return Rewritten(is_compact, document.may_repeat_keys and compared.may_repeat_keys)


def _quiet_hooks(document: Document, tables: Tables) -> frozenset[Hook]:
    """Return the hooks whose rules report no text of a document, as far as its own text shows.

    At the hook `document` these are the rules that look for something in every text and key.
    """
    if document.source is None or document.data is None:
        return _NO_HOOK if document_scan().expressions else _OF_DOCUMENT
    finds_nothing = document_scanner(tables.kind, tables.api_version)
    if finds_nothing and finds_nothing(document.source.text):
        return covered_hooks() | _OF_DOCUMENT
    return _OF_DOCUMENT if is_document_quiet()(document.source.text) else _NO_HOOK


def _of_document(scope: Scope, document: Document, tables: Tables) -> Iterator[Visit]:
    """Yield a site for who wrote the document, if not the service, and for its api-version, if that is not listed."""
    if document.written_by:
        yield Visit(Site("written-by", scope, (), scope.root, document.written_by, None))
    if tables.unlisted:
        yield Visit(Site("unlisted", scope, (), scope.root, tables.unlisted, None))


def _repeated(scope: Scope, document: Document, spans: Spans | None) -> Iterator[Visit]:
    """Yield a site for each key that stands in its object already."""
    if spans is None or document.source is None:
        return
    for duplicate in spans.duplicates:
        if document.written_by and not exists(document.body, duplicate.path):
            continue  # what the CLI added is not judged
        first = document.source.line_and_column(duplicate.first)
        _, value = follow(document.body, duplicate.path)
        yield Visit(Site("duplicate", scope, duplicate.path, scope.root, value, None, first))
