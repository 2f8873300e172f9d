"""Rows of a table have the findings of the lines of a file, whatever is in them; the counts of their batches add up."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from chunked import HOSTILE, KIND, VERSION, lines

from instanceview import check, check_chunk, check_text
from instanceview.model.ended import EndedError
from instanceview.model.fingerprint import fingerprint
from instanceview.model.limits import Limits
from instanceview.running.counts import Measure, counts_of
from instanceview.running.found import found_in_rows
from instanceview.running.job import Job
from instanceview.running.rows import check_rows
from instanceview.running.tally import Tally
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.model.summary import Summary
    from instanceview.running.found import Found

MACHINE = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a"
VIEW = f"https://management.azure.com{MACHINE}/instanceView?api-version=2019-07-01"
RESOURCE = f"{MACHINE}?$expand=instanceView&api-version=2019-07-01"


def summary(texts: Sequence[bytes | None], urls: Sequence[str | None] | None = None, job: Job | None = None) -> Summary:
    job = job or Job(kind=KIND, api_version=VERSION)
    return check_rows(texts, urls, job.wanted, job.prepare)


def found(text: bytes | None, url: str | None = None, wanted: Wanted | None = None) -> list[Found]:
    return found_in_rows(summary([text], [url], Job(wanted or Wanted())))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_rows_have_the_findings_of_the_lines_of_a_file(size: int) -> None:
    texts = lines()
    chunk = check_chunk(b"\n".join(texts), kind=KIND, api_version=VERSION)
    cuts = [(start, texts[start : start + size]) for start in range(0, len(texts), size)]
    rows = [
        each._replace(document=each.document + start) for start, cut in cuts for each in found_in_rows(summary(cut))
    ]
    assert [(each.document + 1, each.rule, each.severity, each.element, each.column) for each in rows if each.rule] == [
        (each.origin.line, each.rule, each.severity.value, each.element, each.origin.column) for each in chunk.findings
    ]
    others = [(each.document + 1, each.severity) for each in rows if not each.rule]
    skipped = [(each.origin.line, "skipped") for each in chunk.skipped]
    unreadable = [(each.origin.line, "unreadable") for each in chunk.unreadable]
    blank = [(number, "skipped") for number, text in enumerate(texts, start=1) if not text.strip()]
    assert others == sorted([*skipped, *unreadable, *blank])


@pytest.mark.parametrize("size", [1, 7])
def test_the_counts_of_batches_add_up(size: int) -> None:
    texts = [*lines(), None]
    job = Job(Wanted(coverage=True), KIND, VERSION)
    whole = counts_of(summary(texts, job=job))
    parts = (counts_of(summary(texts[start : start + size], job=job)) for start in range(0, len(texts), size))
    total: Counter[Measure] = Counter()
    for part in parts:
        total.update(part)
    assert total == whole
    of_file = check_chunk(b"\n".join(text for text in texts if text), kind=KIND, api_version=VERSION, coverage=True)
    numbers: Counter[str] = Counter()
    for measure, number in whole.items():
        numbers[measure.measure] += number
    counts = of_file.counts
    assert numbers["documents"] == of_file.documents > 50
    assert numbers["conformant"] == of_file.conformant
    assert numbers["findings"] == numbers["elements"] == sum(counts.values())
    assert numbers["skipped"] + numbers["unreadable"] == len(of_file.skipped) + len(of_file.unreadable) + 2
    assert of_file.coverage is not None
    present = {measure[1:4]: number for measure, number in whole.items() if measure.measure == "present"}
    assert present == {key: row.present for key, row in of_file.coverage.rows.items() if row.present}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_what_it_is_as_a_text_by_itself(name: str) -> None:
    text = HOSTILE[name]
    rows = found(text)
    report = check_text(text)
    assert [(each.rule, each.message, each.line, each.column) for each in rows if each.rule] == [
        (each.rule, each.message, each.origin.line, each.origin.column) for each in report.findings
    ]
    assert [each for each in rows if not each.rule] or report.documents == 1


def test_the_fingerprint_is_that_of_the_value_wherever_its_row_is() -> None:
    (first, second) = found_in_rows(summary([b'{"platformFaultDomain": "0"}', b'\n{"platformFaultDomain": "0"}']))
    (finding,) = check({"platformFaultDomain": "0"}, kind=KIND, api_version=VERSION).findings
    assert first.fingerprint == second.fingerprint == fingerprint(finding)
    assert (first.document, first.line, second.document, second.line) == (0, 1, 1, 2)


def test_a_text_that_is_missing_or_too_large_has_a_reason() -> None:
    (missing,) = found(None)
    assert (missing.severity, missing.message) == ("skipped", "no instance view: null")
    (large,) = found(b'{"disks": []}', wanted=Wanted(limits=Limits(document_size=5)))
    assert large.message == "the text is larger than 5 bytes; limits=Limits(document_size=...) raises the limit"
    assert (large.severity, large.rule, large.pointer, large.line) == ("unreadable", None, None, None)


def test_findings_beyond_the_limit_are_a_row_with_their_number() -> None:
    wanted = Wanted(limits=Limits(findings_per_document=2))
    text = json.dumps({"vmAgent": {f"a{number}": 1 for number in range(5)}})
    first, second, others = found(text.encode(), wanted=wanted)
    assert (first.rule, second.rule, others.rule) == ("undocumented-element", "undocumented-element", None)
    assert others.severity == "counted"
    words = "3 more findings are counted only: 0 errors, 3 warnings, 0 notes"
    assert others.message == f"{words}; limits=Limits(findings_per_document=...) shows more"
    counts = counts_of(summary([text.encode()], job=Job(wanted)))
    assert sum(number for each, number in counts.items() if each.measure == "findings") == 5


ANSWERS: dict[str, tuple[bytes, str | None, list[tuple[str | None, ...]]]] = {
    "a view": (b'{"vmAgent": 1}', VIEW, [("/vmAgent", "vm", "2019-07-01")]),
    "a clean view": (b'{"vmAgent": {}}', VIEW, []),
    "a resource": (
        b'{"properties": {"instanceView": {"vmAgent": 1}}}',
        RESOURCE,
        [("/properties/instanceView/vmAgent", "vm", "2019-07-01")],
    ),
    "a clean view where a resource was asked for": (b'{"vmAgent": {}}', RESOURCE, [(None, None, None)]),
    "an error": (b'{"error": {"code": "NotFound"}}', VIEW, [(None, None, None)]),
    "not JSON": (b'{"vmAgent"', VIEW, [(None, None, None)]),
    "not UTF-8": (b"\xff", VIEW, [(None, None, None)]),
    "another request": (b'{"vmAgent": {}}', "/subscriptions/1", [(None, None, None)]),
    "another request, broken": (b'{"vmAgent"', "/subscriptions/1", [(None, None, None)]),
    "another server": (
        b'{"vmAgent": 1, "statuses": [{"code": "PowerState/running"}]}',
        "http://mock/x",
        [("/vmAgent",)],
    ),
    "no URL": (b'{"vmAgent": 1}', None, [("/vmAgent",)]),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_url_of_the_request_says_kind_and_api_version(name: str) -> None:
    text, url, expected = ANSWERS[name]
    for prefix in (b"", b"\xef\xbb\xbf"):
        told = [(each.pointer, each.kind, each.api_version) for each in found(prefix + text, url)]
        assert [each[: len(one)] for each, one in zip(told, expected, strict=True)] == expected


def test_rows_with_urls_of_several_kinds_are_in_their_order() -> None:
    urls = [VIEW, None, RESOURCE, VIEW.replace("2019-07-01", "1999-01-01")]
    wanted = Wanted(coverage=True)
    texts = [
        b'{"vmAgent": {}}',
        b'{"vmAgent": 1}',
        b'{"properties": {"instanceView": {"vmAgent": {}}}}',
        b'{"disks": []}',
    ]
    of_all = summary(texts, urls, Job(wanted))
    assert [(each.document, each.rule) for each in found_in_rows(of_all)] == [
        (1, "wrong-type"),
        (3, "unlisted-api-version"),
    ]
    assert (of_all.documents, of_all.coverage and of_all.coverage.containers) == (4, {"table": 4})


def test_a_fault_of_ours_in_one_row_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    take, error = Tally.take, RecursionError("too deep")

    def failing(tally: Tally, item: object) -> None:
        if getattr(item, "body", None) == {"disks": 1}:
            raise error
        take(tally, item)  # type: ignore[arg-type] # passed on as it comes

    monkeypatch.setattr(Tally, "take", failing)
    one, two = found_in_rows(summary([b'{"disks": 1}', b'{"disks": 2}']))
    assert one.message == "could not be checked: RecursionError, a fault of instanceview; please report it"
    assert (one.severity, two.rule) == ("unreadable", "wrong-type")
    error = EndedError("no room")  # type: ignore[assignment]
    with pytest.raises(EndedError):
        summary([b'{"disks": 1}'])


def test_the_limits_of_a_file_are_those_of_a_text() -> None:
    text = json.dumps([{"vmAgent": 1, "statuses": [{"code": "PowerState/running"}]}] * 2).encode()
    one, two = found(text, wanted=Wanted(limits=Limits(documents=1)))
    assert (one.pointer, two.severity) == ("/0/vmAgent", "unreadable")
    assert two.message.startswith("more than 1 document in this file; limits=Limits(documents=...)")
    (late,) = found(text, wanted=Wanted(limits=Limits(seconds=0)))
    assert late.message == "took longer than 0 seconds; limits=Limits(seconds=...) raises the limit"
