"""The fast path and the cache against the rules asked one by one, on changed documents.

`pytest tests/checking/test_gate_differential.py --documents 1000000` checks a million.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from changed import changed

from instanceview.checking.check import check_document
from instanceview.checking.engines import engine
from instanceview.checking.faults import Faults
from instanceview.checking.gate import text_gate, value_gate
from instanceview.checking.scope import scope_of
from instanceview.checking.violations import violation_sites
from instanceview.checking.walk import Visit, every_visit
from instanceview.model.document import Document, Origin
from instanceview.model.pointer import follow, pointer
from instanceview.places.source import Source
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.rules.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from changed import Changed

pytestmark = pytest.mark.slow
SEEDS = range(10)


def expected(case: Changed, body: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the rule and pointer of each finding, with each rule asked about everything: no cache, no fast path."""
    scope = scope_of(case.kind, case.api_version)
    sites = violation_sites(scope, body, engine("compiled", case.kind, case.api_version)(body))
    visits = chain(_repeated(case, body), map(Visit, sites), every_visit(scope, body))
    faults = Faults(case.kind, body)
    faults.take_all(Visit(each.site) for each in visits)
    return sorted((rule.name, pointer(found.path)) for rule, found in faults.first())


def _repeated(case: Changed, body: dict[str, Any]) -> Iterator[Visit]:
    scope = scope_of(case.kind, case.api_version)
    for duplicate in Source(case.text).spans().duplicates:
        yield Visit(Site("duplicate", scope, duplicate.path, scope.root, follow(body, duplicate.path)[1], None))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_change_gets_past_the_fast_path_or_the_cache(seed: int, documents: int) -> None:
    passed = reported = 0
    for case in changed(documents // len(SEEDS), seed):
        data = case.text.encode("utf-8", "surrogatepass")
        is_clean = text_gate(case.kind, case.api_version)(data) is not None
        try:
            body = parse(data)
        except NotJSONError:
            assert not is_clean, case
            continue
        if not isinstance(body, dict):
            continue
        wanted = expected(case, body)
        if not any(rule == "duplicate-key" for rule, _ in wanted):
            is_clean |= value_gate(case.kind, case.api_version)(body)
        assert not (is_clean and wanted), case
        source = Source(case.text)
        document = Document(
            body, Origin("x"), case.kind, case.api_version, source=source, may_repeat_keys=True, data=data
        )
        found = check_document(document)
        assert sorted((each.rule, each.pointer) for each in found) == _placed(wanted), case
        passed += is_clean
        reported += bool(wanted)
    assert passed > documents // len(SEEDS) // 20
    assert reported > documents // len(SEEDS) // 4


def _placed(findings: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return findings as a report has them: a missing member has the pointer of the object that lacks it."""
    missing = {"missing-element", "status-without-code"}
    return sorted((rule, at.rpartition("/")[0] if rule in missing else at) for rule, at in findings)
