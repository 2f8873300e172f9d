"""One document -> findings: the schema first, then the rules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from instanceview.checking.engines import engine
from instanceview.checking.scope import scope_of
from instanceview.checking.text_scan import covered_hooks, document_scan, document_scanner, is_document_quiet
from instanceview.checking.violations import sites
from instanceview.checking.walk import Visit, first_findings, new_visits
from instanceview.model.pointer import follow, stands
from instanceview.places.compact import Rewritten, rewritten
from instanceview.rules.rule import Site
from instanceview.tables.kinds import judged_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Judged
    from instanceview.model.finding import Finding
    from instanceview.places.spans import Spans
    from instanceview.rules.rule import Hook, Scope

_NO_HOOK: frozenset[Hook] = frozenset()
_OF_DOCUMENT: frozenset[Hook] = frozenset({"document"})


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
    is_compact, may_repeat = _compared(document)
    repeated = document.source.spans() if document.source and may_repeat else None
    quiet = _quiet_hooks(document, judged)
    visits = chain(
        _repeated(scope, document, repeated),
        map(Visit, sites(scope, document.body, violations)),
        new_visits(scope, document.body, quiet=quiet),
        _of_document(scope, document, judged),
    )
    found = first_findings(visits)
    if not found:
        return ()
    from instanceview.checking.findings import placed  # slow to load, and most documents have no finding

    return placed(found, document, judged, repeated, is_compact=is_compact, may_hold_secret="document" not in quiet)


def tables_for(document: Document, body: dict[str, object]) -> Judged:
    """Return the tables that judge a document with this body."""
    return judged_by(body, document.kind, document.api_version, document.api_version_from)


def _is_clean(document: Document, judged: Judged) -> bool:
    """Return whether a document certainly has no finding."""
    from instanceview.checking import gate  # slow to load, and of use for many documents only

    if judged.asked or document.written_by:
        return False
    if document.data is not None:
        return gate.text_gate(judged.kind, judged.api_version)(document.data)
    return not document.may_repeat_keys and gate.value_gate(judged.kind, judged.api_version)(document.body)


def _compared(document: Document) -> Rewritten:
    """Return whether the text of a document is as short as it can be, and whether it must be scanned for repeated keys."""
    if document.source is None or document.data is None:
        return Rewritten(is_compact=False, may_repeat_keys=document.may_repeat_keys)
    compared = rewritten(document.data, document.body)
    # What was decoded from another encoding has other offsets.
    is_compact = compared.is_compact and len(document.source.text.encode()) == len(document.data)
    return Rewritten(is_compact, document.may_repeat_keys and compared.may_repeat_keys)


def _quiet_hooks(document: Document, judged: Judged) -> frozenset[Hook]:
    """Return the hooks whose rules report no text of a document, as far as its own text shows.

    At the hook `document` these are the rules that look for something in every text and key.
    """
    if document.source is None or document.data is None:
        return _NO_HOOK if document_scan().expressions else _OF_DOCUMENT
    finds_nothing = document_scanner(judged.kind, judged.api_version)
    if finds_nothing and finds_nothing(document.source.text):
        return covered_hooks() | _OF_DOCUMENT
    return _OF_DOCUMENT if is_document_quiet()(document.source.text) else _NO_HOOK


def _of_document(scope: Scope, document: Document, judged: Judged) -> Iterator[Visit]:
    """Yield a site for who wrote the document, if not the service, and for its api-version, if that is not listed."""
    if document.written_by:
        yield Visit(Site("written-by", scope, (), scope.root, document.written_by, None))
    if judged.asked:
        yield Visit(Site("unlisted", scope, (), scope.root, judged.asked, None))


def _repeated(scope: Scope, document: Document, spans: Spans | None) -> Iterator[Visit]:
    """Yield a site for each key that stands in its object already."""
    if spans is None or document.source is None:
        return
    for duplicate in spans.duplicates:
        if document.written_by and not stands(document.body, duplicate.path):
            continue  # what the CLI added is not judged
        first = document.source.line_and_column(duplicate.first)
        _, value = follow(document.body, duplicate.path)
        yield Visit(Site("duplicate", scope, duplicate.path, scope.root, value, None, first))
