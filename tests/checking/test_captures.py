"""Real documents, recorded by others: none contradicts the definitions, and all other findings are known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from captured import lines, real, with_each_element

from instanceview.checking.check import check_document
from instanceview.reading.recognise import recognise
from instanceview.tables.catalog import tables_json
from instanceview.tables.kinds import MACHINES
from instanceview.tables.resolve import kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.model.document import Document

REAL = {"vmss-vm": 262, "vm": 2505, "vmss": 96}
FOUND = {
    "vmss-vm": {
        "note later-element": 527,
        "note deallocated-placement-group": 41,
        "note service-only-element": 6,
        "note status-code-case": 6,
        "warning undocumented-element": 21,
    },
    "vm": {"warning undocumented-element": 10},
    "vmss": {"note status-code-case": 9, "warning undocumented-element": 17},
}
OTHERS = {
    "vm-extension": 62,
    "dedicated-host": 15,
    "vm-runcommand": 2,
    "vmss-vm-runcommand": 2,
    "other": 18,
    "error": 7,
}


@pytest.mark.parametrize("kind", REAL)
def test_a_real_document_has_no_error(kind: str, shared: Path) -> None:
    documents = real(shared, kind)
    errors = [finding for each in documents for finding in check_document(each) if finding.severity.value == "error"]
    assert [(error.origin.file, error.rule, error.pointer, error.message) for error in errors] == []
    assert len(documents) == REAL[kind]


@pytest.mark.parametrize("kind", REAL)
def test_real_documents_have_these_findings_and_no_others(kind: str, shared: Path) -> None:
    found = Counter(
        f"{each.severity.value} {each.rule}" for document in real(shared, kind) for each in check_document(document)
    )
    assert dict(found) == FOUND[kind]


@pytest.mark.parametrize("kind", REAL)
def test_a_real_document_is_taken_for_an_instance_view(kind: str, shared: Path) -> None:
    assert [each.origin.file for each in real(shared, kind) if not recognise(each.body).evidence] == []


@pytest.mark.parametrize("kind", REAL)
def test_a_real_document_without_its_request_has_the_findings_of_its_kind(kind: str, shared: Path) -> None:
    documents = [each._replace(api_version=None) for each in real(shared, kind)]
    guessed = [(each, kind_of(each.body)) for each in documents if isinstance(each.body, dict)]
    differ = [
        (each.origin.file, other)
        for each, other in guessed
        if other != kind and rules_of(each._replace(kind=other)) != rules_of(each)
    ]
    assert differ == []
    assert len(guessed) == REAL[kind]


def rules_of(document: Document) -> list[tuple[str, str]]:
    """Return the rules and the pointers of the findings in a document."""
    return [(each.rule, each.pointer) for each in check_document(document)]


@pytest.mark.parametrize("operation", [each for each in OTHERS if each not in MACHINES])
@pytest.mark.parametrize("asked", [False, True])
def test_other_answers_are_refused_with_a_reason(operation: str, shared: Path, *, asked: bool) -> None:
    verdicts = [recognise(line["document"], asked=asked) for line in lines(shared, operation)]
    assert [each for each in verdicts if not each.kind and (each.evidence or not each.reason)] == []
    assert len(verdicts) == OTHERS[operation]


@pytest.mark.parametrize("kind", REAL)
def test_the_evidence_of_every_place_is_counted_right(kind: str, shared: Path) -> None:
    assert (
        with_each_element(kind, [document.body for document in real(shared, kind)]) == tables_json()["captures"][kind]
    )
