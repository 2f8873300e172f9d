"""Chunks of lines: they have the findings of the whole file, and their summaries add up for any cut."""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pytest
from chunked import HOSTILE, KIND, VERSION, lines

from instanceview import UnknownNameError, check_path
from instanceview.api import check_chunk
from instanceview.model.limits import Limits
from instanceview.model.statistics import Statistics
from instanceview.model.summary import Summary
from instanceview.running.chunks import inputs_of_lines
from instanceview.running.job import Job
from instanceview.running.lines import Lines
from instanceview.running.runs import work
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from instanceview.model.finding import Finding
    from instanceview.model.report import Report


def told(found: Summary | Report) -> object:
    """Return the findings and unreadable inputs of the lines, without their files."""

    def of(finding: Finding) -> tuple[object, ...]:
        return (finding.rule, finding.message, finding.pointer, finding.origin[1:], finding.severity)

    left = [*((item.origin[1:], item.reason) for item in found.skipped)]
    left += [(item.origin[1:], item.reason) for item in found.unreadable]
    counts = {severity: count for severity, count in found.counts.items() if count}
    return found.documents, found.recorded, [of(each) for each in found.findings], sorted(left, key=repr), counts


def test_a_chunk_has_the_findings_of_a_file_with_its_lines(tmp_path: Path) -> None:
    data = b"\n".join(lines())
    path = tmp_path / "lines.ndjson"
    path.write_bytes(data)
    chunk, file = check_chunk(data, kind=KIND, api_version=VERSION), check_path(path, kind=KIND, api_version=VERSION)
    assert told(chunk) == told(file)
    assert len({finding.rule for finding in chunk.findings}) > 20


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_is_checked_as_in_a_file(name: str, tmp_path: Path) -> None:
    data = b'{"platformFaultDomain": 1}\n' + HOSTILE[name] + b"\n{}"
    path = tmp_path / "lines.ndjson"
    path.write_bytes(data)
    assert told(check_chunk(data)) == told(check_path(path))


def test_summaries_of_neighbours_merge_into_that_of_the_whole() -> None:
    all_lines = lines()
    whole = check_chunk(b"\n".join(all_lines), kind=KIND, api_version=VERSION)
    for size in (1, 2, 7, len(all_lines)):
        merged = Summary()
        for start in range(0, len(all_lines), size):
            data = b"\n".join(all_lines[start : start + size])
            merged = merged.merge(check_chunk(data, first_line=start + 1, kind=KIND, api_version=VERSION))
        assert told(merged) == told(whole)
        assert (merged.conformant, merged.worst) == (whole.conformant, whole.worst)
        assert pickle.loads(pickle.dumps(merged)) == merged  # noqa: S301 (made here)


def test_merging_does_not_depend_on_what_is_merged_first() -> None:
    one, two, three = (check_chunk(line) for line in (b'{"disks": 1}', b"{}", b'{"platformFaultDomain": -1}'))
    assert one.merge(two).merge(three) == one.merge(two.merge(three))
    assert Summary.merge_all([one, two, three]) == one.merge(two).merge(three)
    assert Summary.merge_all([]) == Summary()


@pytest.mark.parametrize("options", [{"kind": "vmms"}, {"api_version": "2024-07-02"}])
def test_an_unknown_name_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(UnknownNameError):
        check_chunk(b"{}", **options)  # type: ignore[arg-type]  # the names are given as text


def test_the_fast_path_takes_a_chunk_whose_lines_keep_to_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def doubted(numbered: Iterable[tuple[int, bytes]], *others: Any, **choices: Any) -> Iterable[Any]:  # noqa: ANN401 (the arguments as they come)
        lines = list(numbered)
        seen.extend(number for number, _ in lines)
        return inputs_of_lines(lines, *others, **choices)

    monkeypatch.setattr("instanceview.running.chunks.inputs_of_lines", doubted)
    lines = b'{"statuses": [{"code": "PowerState/running"}]}\n'
    limits = Limits(document_size=len(lines), members=len(lines), items=len(lines))
    assert check_chunk(lines * 3 + b'{"statuses": 1}', limits=limits).documents == 4
    assert seen == [4]


class Watched(tuple[int, ...]):
    """Values that count how often one of them is read."""

    __slots__ = ()
    read: ClassVar[int] = 0

    def __iter__(self) -> Iterator[int]:
        for value in super().__iter__():
            Watched.read += 1
            yield value


def one_by_one(summaries: list[Summary]) -> Summary:
    return reduce(Summary.merge, summaries)


@pytest.mark.parametrize("merge", [one_by_one, Summary.merge_all])
def test_a_finding_is_read_once_however_many_summaries_are_merged(merge: Callable[[list[Summary]], Summary]) -> None:
    for number in (100, 3000):
        parts = [Summary(findings=Watched([each, -each])) for each in range(number)]  # type: ignore[arg-type] # counted only
        Watched.read = 0
        merged = merge(parts)
        assert Watched.read == 0
        values = cast("Sequence[int]", merged.findings)
        assert (len(values), values[-1]) == (2 * number, 1 - number)
        Watched.read = 0
        assert [abs(value) for value in values] == [each // 2 for each in range(2 * number)]
        assert Watched.read == 2 * number


def test_the_work_of_merging_grows_with_the_number_of_summaries() -> None:
    chunk = check_chunk(b'{"platformFaultDomain": "0", "colour": 1}', kind=KIND, statistics=True, coverage=True)
    for merge in (one_by_one, Summary.merge_all):
        few, many = (calls(partial(merge, [chunk] * number)) for number in (200, 800))
        assert many < 4.2 * few
        assert merge([chunk] * 3).statistics == Statistics(
            rules=Counter({"wrong-type": 3, "undocumented-element": 3}),
            elements=Counter({"platformFaultDomain": 3, "colour": 3}),
            api_versions=Counter({chunk.findings[0].tables.api_version: 3}),
        )


def calls(work: Callable[[], object]) -> int:
    """Return the number of calls of functions, of Python and built in, that some work makes."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def test_a_chunk_counts_what_the_command_line_counts() -> None:
    data = b"\n".join(lines())
    job = Job(Wanted(statistics=True, coverage=True), KIND, VERSION)
    task = Lines("<chunk>", 1, len(data), None, 0, data)
    chunk, ran = check_chunk(data, kind=KIND, api_version=VERSION, statistics=True, coverage=True), work(job, task)
    assert (chunk.statistics, chunk.coverage) == (ran.statistics, ran.coverage)
    assert chunk.statistics is not None
    assert len(chunk.statistics.rules) > 20
    selected = check_chunk(data, kind=KIND, statistics=True, select="wrong-type").statistics
    assert selected is not None
    assert set(selected.rules) == {"wrong-type"}
