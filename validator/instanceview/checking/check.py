"""Check one document: the schema first, then the rules."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.engines import engine
from instanceview.checking.faults import Faults, as_it_is
from instanceview.checking.scope import scope_of
from instanceview.checking.violations import violation_sites
from instanceview.checking.walk import Visit, family_visits, walk_document
from instanceview.model.limits import OFF
from instanceview.model.pointer import exists, follow
from instanceview.places.compact import Rewritten, rewritten
from instanceview.rules.site import Site
from instanceview.tables.catalog import SCHEMA_MEMBER
from instanceview.tables.resolve import choose_tables
from instanceview.tables.undecided import others_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from instanceview.checking.faults import SeverityOf
    from instanceview.literals import KindName
    from instanceview.model.counted import Counted
    from instanceview.model.document import Document
    from instanceview.model.finding import Finding
    from instanceview.model.tables import Tables
    from instanceview.rules.site import Hook, Scope

_FEW = 8  # documents of a kind and api-version without cache and scan: making these takes as long (5 ms)


class Checked(NamedTuple):
    """The result of one document: its first findings, the numbers of the others, and if it fits its tables.

    `fits`: no rule reports anything, be it wanted or not.
    """

    findings: tuple[Finding, ...] = ()
    counted: Mapping[Counted, int] = MappingProxyType({})
    fits: bool = True


_CLEAN = Checked()


def check_document(
    document: Document,
    *,
    engine_name: str = "compiled",
    many: bool = False,
    tables: Tables | None = None,
    families: Collection[Hook] = (),
) -> tuple[Finding, ...]:
    """Return all findings of one document; see `checked`."""
    return checked(document, engine_name=engine_name, many=many, tables=tables, families=families).findings


def checked(  # noqa: PLR0913 (the choices of a run)
    document: Document,
    *,
    engine_name: str = "compiled",
    many: bool = False,
    tables: Tables | None = None,
    families: Collection[Hook] = (),
    most: int = OFF,
    severity_of: SeverityOf = as_it_is,
) -> Checked:
    """Return the first `most` findings of one document, in document order, with their lines and columns in its text.

    `many` allows the gate. Making it takes as long as checking a hundred documents, so it pays for many only. `tables`
    are those of `tables_for`, where the caller has them. `families` are those whose rules are asked although they are
    off by default. `severity_of` selects findings.
    """
    if not isinstance(document.body, dict):
        return _CLEAN
    body = document.body
    if SCHEMA_MEMBER in body:
        body = {name: value for name, value in body.items() if name != SCHEMA_MEMBER}
        document = document._replace(body=body)
    tables = tables or tables_for(document)
    others = _others(document)
    if many and not (families or others) and engine_name == "compiled" and _is_clean(document, tables):
        return _CLEAN
    violations = engine(engine_name, tables.kind, tables.api_version)(body)
    scope = scope_of(tables.kind, tables.api_version)
    is_compact, may_repeat = _compare_with_compact(document)
    faults = Faults(tables.kind, body, most, severity_of)
    if may_repeat:
        faults.take_all(_duplicate_visits(scope, document))
    faults.take_all(map(Visit, violation_sites(scope, body, violations)))
    may_hold_secret = _walk(scope, document, faults)
    faults.take_all(_document_visits(scope, document, tables, others))
    if families:
        faults.take_all(family_visits(scope, body, families))
    if not faults.found_any:
        return _CLEAN
    from instanceview.checking.findings import located_findings  # slow to load, and most documents have no finding

    found = located_findings(faults.first(), document, tables, is_compact=is_compact, may_hold_secret=may_hold_secret)
    return Checked(found, faults.counted(), fits=False)


def _walk(scope: Scope, document: Document, faults: Faults) -> bool:
    """Ask the rules at each place of a document that may have a fault; return False if no text of it holds a secret."""
    # A scan of the text looks for the service's names.
    if document.written_by or next(_first_documents(scope.kind, scope.api_version), None) is not None:
        walk_document(scope, document.body, faults.take)
        return True
    from instanceview.checking.text_scan import quiet_hooks  # as above: the first documents do without

    text = None if document.source is None or document.data is None else document.source.text
    quiet = quiet_hooks(text, scope.kind, scope.api_version)
    walk_document(scope, document.body, faults.take, quiet)
    return "document" not in quiet


@cache
def _first_documents(kind: str, api_version: str) -> Iterator[int]:  # noqa: ARG001 (each has its own)
    return iter(range(_FEW))


def tables_for(document: Document) -> Tables:
    """Return the tables that a document is checked against."""
    body = document.body if isinstance(document.body, dict) else {}
    is_fragment = document.written_by == "fragment"
    return choose_tables(body, document.kind, document.api_version, document.api_version_from, is_fragment=is_fragment)


def _others(document: Document) -> tuple[KindName, ...]:
    """Return the kinds that a document may be of as well, where no caller, request or resource says its kind."""
    is_said = bool(document.kind) and not document.is_guess
    if is_said or document.origin.url or "/" in (document.resource or "") or not isinstance(document.body, dict):
        return ()
    return others_of(document.body, document.kind, document.api_version)


def _is_clean(document: Document, tables: Tables) -> bool:
    """Return whether a document certainly has no finding."""
    from instanceview.checking import gate  # slow to load, and it pays for many documents only

    if tables.unlisted or document.written_by:
        return False
    if document.data is not None:
        return gate.text_gate(tables.kind, tables.api_version)(document.data) is not None
    return not document.may_repeat_keys and gate.value_gate(tables.kind, tables.api_version)(document.body)


def _compare_with_compact(document: Document) -> Rewritten:
    """Return the comparison of the text of a document with the compact text of its value."""
    if document.source is None or document.data is None or document.written_by:
        return Rewritten(is_compact=False, may_repeat_keys=document.may_repeat_keys)
    compared = rewritten(document.data, document.body)
    # A text that was decoded from another encoding has other offsets than its bytes.
    is_compact = compared.is_compact and _length_in_bytes(document.source.text) == len(document.data)
    return Rewritten(is_compact, document.may_repeat_keys and compared.may_repeat_keys)


def _length_in_bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())


def _document_visits(scope: Scope, document: Document, tables: Tables, others: tuple[KindName, ...]) -> Iterator[Visit]:
    """Yield a visit each for a foreign writer, an api-version that is not listed, and kinds that it may be as well."""
    if document.written_by:
        from instanceview.checking.as_written import names_of_writer  # most documents are the service's

        yield Visit(Site("written-by", scope, (), scope.root, document.written_by, names_of_writer(document)))
    if tables.unlisted:
        yield Visit(Site("unlisted", scope, (), scope.root, tables.unlisted, None))
    if others:
        yield Visit(Site("guessed", scope, (), scope.root, others, None))


def _duplicate_visits(scope: Scope, document: Document) -> Iterator[Visit]:
    """Yield a visit for each key that an earlier member of its object has."""
    repeated = document.source.duplicates() if document.source else ()
    if not repeated or document.source is None:
        return
    from instanceview.places.part import in_pieces  # most documents have no key twice

    places = in_pieces(document.source)
    paths = {written: path for path, written in (document.written or {}).items()}
    for duplicate in repeated:
        path = paths.get(duplicate.path, duplicate.path)
        if path == (SCHEMA_MEMBER,):
            continue
        if not exists(document.body, path):
            continue  # a client added this member, or it is beside the view in its resource; it is not checked
        first = places.line_and_column(duplicate.first)
        _, value = follow(document.body, path)
        yield Visit(Site("duplicate", scope, path, scope.root, value, None, first))
