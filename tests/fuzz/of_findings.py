"""Harness of the findings: engines, fast path and rules agree on any document."""

from __future__ import annotations

from itertools import chain
from typing import Any

import seeds
from harness import Harness
from tables_of import tables_of

from instanceview.checking.check import check_document
from instanceview.checking.engines import ENGINES, engine
from instanceview.checking.engines.plain import plain_engine
from instanceview.checking.faults import Faults
from instanceview.checking.gate import text_gate, value_gate
from instanceview.checking.scope import scope_of
from instanceview.checking.violations import violation_sites
from instanceview.checking.walk import Visit, every_visit
from instanceview.model.document import Document, Origin
from instanceview.model.pointer import follow, pointer
from instanceview.places.source import Source
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.rules.site import Site
from instanceview.tables.catalog import schema


def _agreed(data: bytes) -> None:
    """Both engines, the plain one, the fast path and the rules asked one by one have the same findings."""
    try:
        body, text = parse(data), decode(data)
    except NotJSONError:
        return
    if not isinstance(body, dict) or "$schema" in body:
        return
    kind, version = tables_of(body, data)
    violations = set(engine("compiled", kind, version)(body))
    assert violations == set(engine("reference", kind, version)(body))
    assert violations == set(plain_engine(schema(kind, version))(body))
    document = Document(body, Origin("x"), kind, version, source=Source(text), may_repeat_keys=True, data=data)
    found = [check_document(document, engine_name=name) for name in ENGINES]
    assert [str(each) for each in found[0]] == [str(each) for each in found[1]]
    wanted = _one_by_one(body, text, kind, version)
    assert sorted((each.rule, each.pointer) for each in found[0]) == wanted
    assert check_document(document, many=True) == found[0]
    is_clean = text_gate(kind, version)(data) is not None
    if not any(rule == "duplicate-key" for rule, _ in wanted):
        is_clean |= value_gate(kind, version)(body)
    assert not (is_clean and wanted)


def _one_by_one(body: dict[str, Any], text: str, kind: str, version: str) -> list[tuple[str, str]]:
    """Return the rule and pointer of each finding, with each rule asked about everything: no cache, no fast path."""
    scope = scope_of(kind, version)
    repeated = (
        Visit(Site("duplicate", scope, each.path, scope.root, follow(body, each.path)[1], None))
        for each in Source(text).spans().duplicates
    )
    sites = violation_sites(scope, body, engine("compiled", kind, version)(body))
    visits = chain(repeated, map(Visit, sites), (Visit(each.site) for each in every_visit(scope, body)))
    missing = {"missing-element", "status-without-code"}  # they have the pointer of the object that lacks it
    faults = Faults(kind, body)
    faults.take_all(visits)
    placed = ((rule.name, pointer(found.path), rule.name in missing) for rule, found in faults.first())
    return sorted((rule, at.rpartition("/")[0] if is_missing else at) for rule, at, is_missing in placed)


FINDINGS = (Harness("agreement", _agreed, seeds.documents, "json"),)
"""The harness of the findings."""
