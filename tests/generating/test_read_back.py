"""Generated documents, read back without their kind: no member of theirs is of a later api-version, or unknown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from instanceview import check_text
from instanceview.generating.scenarios import ALL, scenario
from instanceview.tables.catalog import versions_of
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from instanceview.literals import KindName

SEEDS = range(12)
"""The documents of each api-version and kind: some 400 for each kind."""

# A VM and a scale-set VM share these members; of the latter the page lacks them at one api-version, which is a note.
SHARED = "service-only-element"
TAKEN = {"unlisted-api-version", "guessed-kind"}
"""The notes of a document that is taken for another kind of the same shape."""


@pytest.mark.parametrize("kind", MACHINES)
def test_varied_documents_of_every_version_are_read_back_without_a_finding(kind: KindName) -> None:
    found = set()
    for version in versions_of(kind):
        drawn = [scenario("running", kind=kind, api_version=version, seed=seed, vary=True) for seed in SEEDS]
        report = check_text(json.dumps(drawn), api_version=version)
        assert report.recorded == len(drawn), (version, report.unreadable, report.skipped)
        found |= {
            (version, each.tables.kind, each.rule, each.pointer) for each in report.findings if each.rule != SHARED
        }
    assert found == set()


@pytest.mark.parametrize("kind", FAMILY)
def test_any_document_of_another_kind_is_read_back_without_a_finding(kind: KindName) -> None:
    for version in (versions_of(kind)[0], versions_of(kind)[-1]):
        drawn = [scenario(ALL, kind=kind, api_version=version, seed=seed, vary=True) for seed in SEEDS]
        for given in (version, None):  # without one, a member that was removed says which
            report = check_text(json.dumps(drawn), api_version=given)
            assert (report.recorded, report.unreadable, report.skipped) == (len(drawn), (), ()), version
            found = [each for each in report.findings if each.rule not in TAKEN]
            assert [(each.rule, each.tables.kind, each.pointer) for each in found] == []
