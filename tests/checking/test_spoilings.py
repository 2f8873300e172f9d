"""Real documents, spoiled at one place each: the rule for that fault finds it there, and no other finding is new."""

from __future__ import annotations

import json
from functools import cache
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from instanceview.checking.check import check_document
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoilers.place import Fault, places_in
from instanceview.generating.spoiling import Spoiled, spoiled_with
from instanceview.model.document import Document, Origin
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.tables.kinds import MACHINES
from instanceview.tables.resolve import choose_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path as Folder

    from instanceview.literals import ApiVersion, KindName

DOCUMENTS = 60
# The number of real conforming documents that each spoiler changes; of the page's api-version are two of scale sets.
SCARCE = {
    "missing-element": 27,
    "summary-count": 33,
    "page-only-element": 0,
    "service-only-element": 0,
    "domain-as-text": 2,
}


@cache
def conforming(shared: Folder) -> list[tuple[dict[str, Any], KindName, ApiVersion]]:
    """Return the real documents without a finding, each with its kind and api-version."""
    texts = [(shared / "captures" / "documents" / f"{kind}.ndjson").read_text("utf-8") for kind in MACHINES]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    real = [line for line in lines if line["kind"] == "document" and line["real"]]
    with_tables = [
        (line, choose_tables(line["document"], line["operation"], line["apiVersion"], "url")) for line in real
    ]
    return [
        (line["document"], kind, version)
        for line, (kind, version, *_) in with_tables
        if not check_document(Document(line["document"], Origin("real"), kind, version))
    ]


def findings(spoiled: Spoiled) -> list[tuple[str, str]]:
    (document,) = read(stream_of(spoiled.text.encode()), Origin("view.json"))
    assert isinstance(document, Document), document
    found = check_document(document._replace(kind=spoiled.kind, api_version=spoiled.api_version))
    return [(each.rule, each.pointer) for each in found]


def outcomes(shared: Folder, rule: str, wanted: Callable[[Fault], bool]) -> Iterator[tuple[Spoiled, list[Any]]]:
    """Yield real documents that a spoiler changed, each with its findings."""
    random = Random(rule)  # noqa: S311 (the same in every run, so that a failure repeats)
    documents = random.sample(conforming(shared), len(conforming(shared)))
    for body, kind, version in documents:
        faults = [each for place in places_in(body, kind, version) for each in SPOILERS[rule](place) if wanted(each)]
        if faults:
            spoiled = spoiled_with(body, random.choice(faults), rule, kind, version)
            yield spoiled, findings(spoiled)


@pytest.mark.parametrize("rule", SPOILERS)
def test_what_is_spoiled_is_found_there_and_is_the_only_finding(rule: str, shared: Folder) -> None:
    found = list(islice(outcomes(shared, rule, lambda _: True), DOCUMENTS))
    assert [(each, seen) for each, seen in found if seen != [(each.rule, each.pointer)]] == []
    assert len(found) == SCARCE.get(rule, DOCUMENTS)


def test_a_misspelt_required_member_is_one_finding(shared: Folder) -> None:
    def of_required(fault: Fault) -> bool:
        return "encryptionSettings" in fault.at and str(fault.at[-1]).lower().startswith(("sec", "sou", "keyu"))

    found = list(islice(outcomes(shared, "misspelt-element", of_required), DOCUMENTS))
    assert [(each, seen) for each, seen in found if seen != [(each.rule, each.pointer)]] == []
    assert len(found) == SCARCE["missing-element"]
