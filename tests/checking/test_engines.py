"""Both engines lead to the same findings in the same order, word for word, on any document."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from checkout import CONFORMANT, PAGE, ROOT
from drawn import documents
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from spoilt import spoil

from instanceview import check_text
from instanceview.checking.check import check_document
from instanceview.checking.engines import ENGINES, checking_schema, engine, reference
from instanceview.checking.engines.compiled import compiled_engine
from instanceview.model.document import Document, Origin
from instanceview.model.severity import Severity
from instanceview.reading.dialects import as_client_output, printed_by_client
from instanceview.reading.json_texts.plain import from_python
from instanceview.reporting.json_values import finding_text
from instanceview.tables.catalog import api_versions, versions_of
from instanceview.tables.kinds import KINDS, MACHINES

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.finding import Finding

SAMPLES = sorted(
    path for folder in (CONFORMANT, PAGE) for path in folder.glob("*/*.json") if path.name.startswith(KINDS)
)
# The first and the last api-version, the page's, and some that brought whole models or removed members.
VERSIONS = ("2015-06-15", "2016-04-30-preview", "2018-04-01", "2020-06-01", "2022-11-01", api_versions()[-1])
SCOPES = [(kind, version) for kind in MACHINES for version in VERSIONS if version in versions_of(kind)]

# 5,000 documents in all. Drawing one takes ten times as long as checking it with both engines, and drawn documents are
# small. So 30 are drawn from each of 18 schemas, and each is spoilt four times. The samples are rich in statuses and
# known codes: each is spoilt 66 times.
DRAWN = 30
SPOILT_OF_DRAWN = 4
SPOILT_OF_SAMPLE = 66


def test_the_reference_is_an_engine_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "reference_engine", lambda _schema: lambda _body: [((), "type")])
    make = engine.__wrapped__
    assert list(make("reference", "vm", "2024-07-01")({})) == [((), "type")]
    assert list(make("compiled", "vm", "2024-07-01")({})) == []


@pytest.mark.parametrize("name", ["0", "00", "12", "-1", "\ud800", "a/b", ""])
def test_a_name_of_a_map_is_as_it_is_written_in_each_path(name: str) -> None:
    kind = "capacity-reservation"
    body = {"utilizationInfo": {"usedReservedCountBySubscription": {name: "x"}}}
    compiled = compiled_engine(checking_schema(kind, versions_of(kind)[-1]))
    path = ("utilizationInfo", "usedReservedCountBySubscription", name)
    assert list(compiled(body)) == [(path, "type")]
    assert list(engine("reference", kind, versions_of(kind)[-1])(body)) == [(path, "type")]


def findings_of_both(body: object, kind: KindName, api_version: ApiVersion) -> tuple[Finding, ...]:
    """Return the findings of a document, which are the same from both engines."""
    compiled, reference = (
        check_document(Document(body, Origin("drawn"), kind, api_version), engine_name=name) for name in ENGINES
    )
    assert [finding_text((each, "")) for each in compiled] == [finding_text((each, "")) for each in reference], body
    return compiled


def assert_one_error_for_each_cause(findings: tuple[Finding, ...]) -> None:
    """Each pointer of a document has one error at most, but an object may lack several members."""
    causes = [
        (finding.pointer, finding.element if finding.rule == "missing-element" else None)
        for finding in findings
        if finding.severity is Severity.ERROR
    ]
    assert len(causes) == len(set(causes)), [(each.pointer, each.message) for each in findings]


def assert_text_has_the_same_findings(
    body: object, kind: KindName, api_version: ApiVersion, found: tuple[Finding, ...]
) -> None:
    """Checking the document as bytes in a file has the same findings, each with its line."""
    report = check_text(json.dumps(body, indent=1), kind=kind, api_version=api_version)
    if report.unreadable:  # no documented member is left
        return
    own = {name: value for name, value in body.items() if name != "$schema"} if isinstance(body, dict) else None
    printed = printed_by_client(own) if own else None
    if printed:  # only in a text do null members show that the CLI wrote it
        found = check_document(as_client_output(Document(body, Origin("drawn"), kind, api_version), printed))
    assert all(each.origin.line and each.origin.column for each in report.findings)
    assert [facts(each) for each in report.findings] == [facts(each) for each in found], body


def facts(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.pointer, finding.message


def check_spoilt(document: dict[str, Any], kind: KindName, api_version: ApiVersion, random: Random, times: int) -> None:
    """Spoil a document, half of the times from its state without errors, else further, and compare the engines."""
    spoilt = document
    for turn in range(times):
        alone = turn % 2 == 0
        spoilt = spoil(document if alone else spoilt, random)
        body = from_python(spoilt)
        found = findings_of_both(body, kind, api_version)
        assert_text_has_the_same_findings(body, kind, api_version, found)
        if alone:
            assert_one_error_for_each_cause(found)


def test_at_least_5000_documents_are_checked() -> None:
    assert len(SCOPES) * DRAWN * (1 + SPOILT_OF_DRAWN) + len(SAMPLES) * SPOILT_OF_SAMPLE >= 5000


@pytest.mark.parametrize(("kind", "api_version"), SCOPES)
def test_engines_agree_on_drawn_documents_and_on_these_spoilt(kind: KindName, api_version: ApiVersion) -> None:
    @settings(
        max_examples=DRAWN,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # shrinking takes minutes and gains nothing: the seed decides what is spoilt
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(documents(kind, api_version), st.integers(0, 2**32))
    def agree(document: dict[str, Any], seed: int) -> None:
        found = findings_of_both(document, kind, api_version)
        assert [each.message for each in found if each.severity is Severity.ERROR] == []
        check_spoilt(document, kind, api_version, Random(seed), SPOILT_OF_DRAWN)  # noqa: S311 (no cipher)

    agree()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_engines_agree_on_spoilt_samples(path: Path) -> None:
    kind = max((kind for kind in KINDS if path.name.startswith(f"{kind}-")), key=len)
    random = Random(path.name)  # noqa: S311 (the same in every run, so that a failure repeats)
    version = next(version for version in versions_of(kind) if version == path.parent.name)
    check_spoilt(json.loads(path.read_bytes()), kind, version, random, SPOILT_OF_SAMPLE)
