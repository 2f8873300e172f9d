"""Coverage counts what documents have: the fast count is that of a plain loop, however the documents are cut."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from checkout import SAMPLES, shared_folder
from needs import RECORDED

from instanceview.checking import engines
from instanceview.checking.check import check_document, tables_for
from instanceview.checking.coverage import CoverageCounter, trees
from instanceview.checking.coverage.oddities import Oddity, documented_part, type_name
from instanceview.checking.coverage.timelines import moment_of
from instanceview.model.counted import Counted
from instanceview.model.counts import MOST_VALUES
from instanceview.model.coverage import MOST_OTHERS, Coverage
from instanceview.model.document import Document, Origin
from instanceview.model.severity import Severity
from instanceview.model.tables import Tables
from instanceview.reading.inputs import read_all
from instanceview.tables.catalog import SCHEMA_MEMBER
from instanceview.tables.descent import line_of
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.tables.elements import Element

VM = Tables("vm", "2024-07-01", "option")


@cache
def samples() -> tuple[Document, ...]:
    """Return every document of the samples, with findings and without."""
    folders = [str(SAMPLES / name) for name in ("conformant", "nonconformant", "page", "captures")]
    return tuple(item for item in read_all(folders) if isinstance(item, Document) and isinstance(item.body, dict))


def counted(documents: Iterable[Document], *, fits: bool | None = None) -> Coverage:
    """Return the coverage of documents; `fits` says of all of them whether they fit, in place of their findings."""
    counter = CoverageCounter()
    for document in documents:
        assert isinstance(document.body, dict)
        found = check_document(document)
        counter.add(document.body, tables_for(document), document.origin, "", fits=not found if fits is None else fits)
        counter.add_findings(found)
    return counter.coverage()


def body(**members: Any) -> Document:  # noqa: ANN401 (any JSON value)
    return Document(members, Origin("a.json"), "vm", VM.api_version, "option")


def plainly(documents: Iterable[Document]) -> dict[str, dict[tuple[str, ...], int]]:
    """Return the documents with a row and with null alone, the values and the undocumented members, by a plain loop."""
    counts: dict[str, dict[tuple[str, ...], int]] = defaultdict(Counter)
    for document in documents:
        tables = tables_for(document)
        key = tables.kind, tables.api_version
        seen = list(_members(document.body, tree(tables.kind), tables.api_version))
        present = {path for path, value, _ in seen if value is not None}
        extra = {path for path, _, is_documented in seen if not is_documented}
        for path in present - extra:
            counts["present"][*key, path] += 1
        for path in {path for path, _, _ in seen} - present - extra:
            counts["nulls"][*key, path] += 1
        for path in extra:
            counts["members"][*key, path] += 1
        for found in check_document(document):
            row = line_of(tables.kind, found.element)[-1].path
            counts["findings"][*key, row, found.rule] += 1
    return counts


def _members(value: object, element: Element, api_version: str) -> Iterator[tuple[str, Any, bool]]:
    """Yield the path and value of each member, and whether it is documented; what does not fit is not entered."""
    if isinstance(value, list) and element.member.type == "array":
        for item in value:
            if isinstance(item, dict):
                yield from _members(item, element, api_version)
    elif isinstance(value, dict):
        for name, item in value.items():
            if not element.path and name == SCHEMA_MEMBER:
                continue
            child = element.children.get(name)
            path = child.path if child else f"{element.path}.{name}".removeprefix(".")
            is_documented = child is not None and child.documented_at(api_version)
            yield path, item, is_documented
            if child and is_documented and type_name(item) == child.member.type:
                yield from _members(item, child, api_version)


def as_plain(coverage: Coverage) -> dict[str, dict[tuple[str, ...], int]]:
    counts = {
        "present": {tuple(key): row.present for key, row in coverage.rows.items() if row.present},
        "nulls": {tuple(key): row.nulls for key, row in coverage.rows.items() if row.nulls},
        "members": {tuple(key): member.documents for key, member in coverage.members.items()},
        "findings": {tuple(key): count.findings for key, count in coverage.findings.items()},
    }
    return {name: found for name, found in counts.items() if found}


def test_the_count_is_that_of_a_plain_loop() -> None:
    assert len(samples()) > 200
    assert as_plain(counted(samples())) == plainly(samples())


@pytest.mark.slow
def test_the_count_of_captures_is_that_of_a_plain_loop() -> None:
    folder = (shared_folder() or pytest.skip(RECORDED)) / "captures" / "documents"
    documents = [item for item in read_all([str(folder)]) if isinstance(item, Document)]
    assert as_plain(counted(documents)) == plainly(documents)
    clean = [document for document in documents if not check_document(document)]
    assert len(clean) > 1000
    assert counted(clean, fits=True) == counted(clean, fits=False)


def test_a_document_without_findings_counts_the_same_by_either_way() -> None:
    clean = [document for document in samples() if not check_document(document)]
    assert len(clean) > 50
    assert counted(clean, fits=True) == counted(clean, fits=False)


def test_an_object_in_place_of_a_text_is_odd_as_a_whole() -> None:
    value = {"rdpThumbPrint": 7, "newer": 1}
    body, oddities = documented_part({"windowsConfiguration": value}, "vmss-vm", "2016-04-30-preview")
    assert body == {}
    assert [*oddities] == [Oddity("windowsConfiguration", value, is_documented=True)]


@pytest.mark.parametrize("size", [1, 7, 50])
def test_any_cut_of_the_documents_merges_into_the_same(size: int) -> None:
    whole = counted(samples())
    cuts = [*range(0, len(samples()), size), len(samples())]
    parts = [counted(samples()[start:end]) for start, end in pairwise(cuts)]
    merged, absorbed = Coverage(), CoverageCounter()
    for part in parts:
        merged = merged.merge(part)
        absorbed.absorb(part)
    assert merged == whole
    assert absorbed.coverage() == whole


def test_a_full_tree_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = counted(samples())
    monkeypatch.setattr(trees, "_MOST", 2)
    assert counted(samples()) == whole


@pytest.mark.parametrize(
    "views",
    [
        [{}, {"computerName": "a"}, {"osName": "a"}],
        [{"statuses": [dict.fromkeys(names, "a")]} for names in (["code"], ["level"], ["code", "level"])],
        [{"statuses": [{"code": code} for code in "abc"]}],
    ],
    ids=["rows", "shapes", "codes"],
)
def test_a_tree_is_full_with_too_many_rows_shapes_or_codes(
    monkeypatch: pytest.MonkeyPatch, views: list[dict[str, Any]]
) -> None:
    for most, is_full in ((3, False), (2, True)):
        monkeypatch.setattr(trees, "_MOST", most)
        counts = trees.Tree(tree("vm"), Origin("a"))
        for view in views:
            counts.add(view, Origin("a"))
        assert counts.is_full == is_full


def test_a_large_document_is_counted_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small = counted(samples())
    monkeypatch.setattr(engines, "_SMALL", 0)
    assert counted(samples()) == small


def test_many_undocumented_members_take_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "compact", lambda _: None)  # orjson reserves 25 times what it writes
    agent: dict[str, Any] = {f"other{number}": 1 for number in range(20_000)}
    document = {"vmAgent": agent}
    counter = CoverageCounter()
    counter.add({"vmAgent": {"other": 1}}, VM, Origin("a.json"), "", fits=False)  # what is made once
    tracemalloc.start()
    counter.add(document, VM, Origin("b.json"), "", fits=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 10 * len(json.dumps(document))


def test_the_first_document_with_a_row_is_named() -> None:
    first, second = (body(computerName="a")._replace(origin=Origin(name)) for name in ("1.json", "2.json"))
    rows = counted([body(osName="x")._replace(origin=Origin("0.json")), first, second]).rows
    assert {key.element: row.first and row.first.file for key, row in rows.items()} == {
        "osName": "0.json",
        "computerName": "1.json",
    }


def test_the_first_document_with_a_row_may_have_another_type_or_null_there() -> None:
    views: list[dict[str, Any]] = [{"osName": 5}, {"osName": "x"}, {"osVersion": None}, {"osVersion": "x"}]
    views += [{"hyperVGeneration": "V1"}, {"hyperVGeneration": 1}]
    rows = counted(body(**view)._replace(origin=Origin(f"{number}.json")) for number, view in enumerate(views)).rows
    found = {key.element: (row.present, row.nulls, row.first and row.first.file) for key, row in rows.items()}
    assert found == {
        "osName": (2, 0, "0.json"),
        "osVersion": (1, 1, "2.json"),
        "hyperVGeneration": (2, 0, "4.json"),
    }


def test_the_member_for_editors_is_not_counted() -> None:
    document = body(osName="a", **{SCHEMA_MEMBER: "https://a.example/b.json"})
    for fits in (False, True):
        found = counted([document], fits=fits)
        assert ([key.element for key in found.rows], dict(found.members)) == (["osName"], {})


def test_null_counts_only_where_a_document_has_no_value() -> None:
    disks = [{"name": None}, {"name": "os"}]
    rows = counted([body(disks=disks), body(disks=[{"name": None}]), body(osName=None)]).rows
    counts = {key.element: (row.present, row.nulls) for key, row in rows.items()}
    assert counts == {"disks": (2, 0), "disks.name": (1, 1), "osName": (0, 1)}


def test_values_of_another_type_count_by_their_type() -> None:
    rows = counted([body(computerName=1), body(computerName="app"), body(computerName=[])]).rows
    (row,) = rows.values()
    assert row.present == 3
    assert row.types == {"string": 1, "integer": 1, "array": 1}
    assert row.values == {'"app"': 1}


def test_a_status_counts_with_its_level_text_and_time() -> None:
    statuses = [
        {"code": "powerstate/Running", "level": "Info", "displayStatus": "VM running", "time": "2024-07-01T00:00:00Z"},
        {"code": "PowerState/running", "level": "Info"},
        {"code": "PowerState/flying"},
    ]
    coverage = counted([body(statuses=statuses)])
    ((key, count),) = coverage.codes.items()
    assert key.code == "PowerState/running"
    assert (count.times, count.timed, count.levels, count.texts) == (2, 1, {"Info": 2}, {"VM running": 1})
    assert [key.code for key in coverage.others] == ["PowerState/flying"]
    assert coverage.rows["vm", VM.api_version, "statuses.time"].formats == {"Z": 1}  # type: ignore[index]


def test_free_text_is_not_counted_by_its_values() -> None:
    members = {"maintenanceRedeployStatus": {"lastOperationMessage": "a"}, "statuses": [{"code": "b", "message": "c"}]}
    rows = counted([body(**members)]).rows
    assert {key.element for key, row in rows.items() if row.values} == set()
    assert {key.element for key, row in rows.items() if row.present} == {
        *("maintenanceRedeployStatus", "maintenanceRedeployStatus.lastOperationMessage"),
        *("statuses", "statuses.code", "statuses.message"),
    }


DATE = {"Date": "Fri, 02 Jun 2017 14:36:11 GMT"}
SET = "/subscriptions/0/providers/Microsoft.Compute/virtualMachineScaleSets/app"


def test_an_answer_with_its_time_is_a_moment_of_its_machine() -> None:
    extensions = [{"name": "a", "statuses": [{"code": "ProvisioningState/succeeded"}]}, {"type": "b"}]
    view = {
        "statuses": [{"code": "PowerState/running"}, {"code": "ProvisioningState/updating"}],
        "extensions": extensions,
    }
    at = Origin("a.har", url=f"https://a.example{SET}/virtualMachines/3/instanceView?api-version=1")
    found = moment_of(Document(view, at, "vmss-vm", headers=DATE))
    assert found is not None
    key, moment = found
    assert tuple(key) == ("vmss-vm", "a.har", f"{SET}/virtualmachines/3".lower(), "app/3")
    assert (moment.time, moment.power, moment.provisioning) == ("2017-06-02T14:36:11+00:00", "running", "updating")
    assert moment.extensions == (("a", "succeeded"), ("", "no status"))
    assert moment.origin == at


def test_a_scale_set_has_moments_without_power_and_what_lacks_time_or_name_has_none() -> None:
    view = {"statuses": [{"code": "ProvisioningState/succeeded"}]}
    at = Origin("a.har", url=f"{SET}/instanceView")
    found = moment_of(Document(view, at, "vmss", headers=DATE))
    assert found is not None
    assert (found[0].resource, found[1].power, found[1].provisioning) == (SET.lower(), None, "succeeded")
    assert found[1].extensions == ()
    assert moment_of(Document(view, at, "vmss")) is None
    assert moment_of(Document(view, Origin("a.har"), "vmss", headers=DATE)) is None


def test_the_numbers_of_a_summary_of_statuses_are_counted() -> None:
    summary = {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": count} for count in (2, 1, 2)]}
    document = Document({"virtualMachine": summary}, Origin("a"), "vmss", VM.api_version, "option")
    rows = counted([document, document]).rows
    assert {key.element: dict(row.values) for key, row in rows.items() if row.values} == {
        "virtualMachine.statusesSummary.count": {"2": 4, "1": 2}
    }


@pytest.mark.parametrize(
    ("time", "name"),
    [
        ("2024-07-01T00:00:00Z", "Z"),
        ("2024-07-01T00:00:00.123z", "Z"),
        ("2024-07-01T00:00:00+00:00", "offset"),
        ("2024-07-01T00:00:00.1234567-08:00", "offset"),
        ("2024-07-01T00:00:00", "no zone"),
        ("", "no zone"),
    ],
)
def test_times_count_by_their_zone(time: str, name: str) -> None:
    rows = counted([body(statuses=[{"time": time}], maintenanceRedeployStatus={"maintenanceWindowEndTime": time})]).rows
    formats = {key.element: dict(row.formats) for key, row in rows.items() if row.formats}
    assert formats == {"statuses.time": {name: 1}, "maintenanceRedeployStatus.maintenanceWindowEndTime": {name: 1}}


def test_many_values_are_said_to_be_many() -> None:
    few, many = (counted(body(osName=str(number)) for number in range(most)) for most in (MOST_VALUES, MOST_VALUES + 1))
    assert [len(row.values or ()) for row in few.rows.values()] == [MOST_VALUES]
    assert [row.values for row in many.rows.values()] == [None]
    half = [counted(body(osName=str(number)) for number in range(start, start + 20)) for start in (0, 20)]
    assert [row.values for row in half[0].merge(half[1]).rows.values()] == [None]


def test_many_undocumented_members_are_bounded_and_those_kept_are_right() -> None:
    documents = [body(**{f"member{number % 2000}": 1}) for number in range(4000)]
    coverage = counted(documents)
    assert not coverage.is_whole
    assert len(coverage.members) == MOST_OTHERS
    assert {member.documents for member in coverage.members.values()} == {2}
    assert counted(documents[:3000]).merge(counted(documents[3000:])) == replace(coverage, findings=coverage.findings)


def test_the_members_of_one_document_are_bounded_too() -> None:
    for members, is_whole in ((MOST_OTHERS, True), (2 * MOST_OTHERS + 1, False)):
        coverage = counted([body(**{f"member{number:05}": 1 for number in range(members)})])
        assert (len(coverage.members), coverage.is_whole) == (MOST_OTHERS, is_whole)


def test_findings_that_are_counted_only_add_up_at_their_first_document() -> None:
    counter = CoverageCounter()
    level, time = Counted("null-element", Severity.WARNING, "disks"), Counted("null-element", Severity.ERROR, "osName")
    counter.add_counted({level: 2000}, VM, Origin("a.json"))
    counter.add_counted({level: 1, time: 7}, VM, Origin("b.json"))
    found = {key.element: (*key, *count) for key, count in counter.coverage().findings.items()}
    at = ("vm", "2024-07-01")
    assert found == {
        "disks": (*at, "disks", "null-element", 2001, "warning", Origin("a.json")),
        "osName": (*at, "osName", "null-element", 7, "error", Origin("b.json")),
    }


def test_the_moments_of_a_machine_are_one_timeline() -> None:
    counter = CoverageCounter()
    at = Origin("a.har", url=f"https://a.example{SET}/virtualMachines/3/instanceView?api-version=1")
    for power in ("running", "stopped"):
        view = {"statuses": [{"code": f"PowerState/{power}"}]}
        counter.add_moment(Document(view, at._replace(entry=power), "vmss-vm", headers=DATE))
    counter.add_moment(Document({}, at, "vmss-vm"))
    (timeline,) = counter.coverage().machines.values()
    assert {moment.power for moment in timeline.moments} == {"running", "stopped"}


def test_long_texts_are_counted_by_their_beginning() -> None:
    long = "x" * 2**20
    statuses = [{"code": f"PowerState/{long}", "level": "Info", "displayStatus": long}]
    coverage = counted([body(osName=long, statuses=statuses, **{long: long}) for _ in range(2)])
    assert len(json.dumps([list(map(str, each)) for each in coverage.rows.items()])) < 20_000
    assert max(len(key.element) for key in coverage.members) < 300
    assert [count.times for count in coverage.others.values()] == [2]
    assert sys.getsizeof(next(iter(coverage.members.values())).example) < 1000


def test_the_first_documents_with_a_code_are_named() -> None:
    """Statuses of a code have several shapes and texts here; they are named in the order of the documents."""
    forms = (
        [{"code": "PowerState/flying"}, {"code": "PowerState/flying"}],
        [{"code": "PowerState/flying", "level": "Info"}],
        [{"code": "PowerState/running"}],
        [{"level": "Info", "code": "PowerState/flying"}, {"code": "PowerState/running"}],
    )
    documents = [
        body(statuses=forms[number % len(forms)])._replace(origin=Origin(f"{number}.json")) for number in range(16)
    ]
    coverage = counted(documents)
    (unknown,), (known,) = coverage.others.values(), coverage.codes.values()
    assert [origin.file for origin in unknown.origins] == ["0.json", "1.json", "3.json"]
    assert (unknown.times, unknown.levels) == (16, {"Info": 8})
    assert ([origin.file for origin in known.origins], known.times) == (["2.json", "3.json", "6.json"], 8)
    for cut in range(1, 6):
        assert counted(documents[:cut]).merge(counted(documents[cut:])) == coverage
