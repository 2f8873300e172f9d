"""Chunks of lines: they have the findings of the whole file, and their summaries add up for any cut."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import UnknownNameError, check_path
from instanceview.api import check_chunk
from instanceview.generating.scenarios import scenario
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import spoil
from instanceview.model.limits import Limits
from instanceview.model.summary import Summary
from instanceview.running.chunks import inputs_of_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report

KIND: KindName = "vmss-vm"
VERSION: ApiVersion = "2024-07-01"

HOSTILE = {
    "blank": b"  \r",
    "carriage return": b'{"platformFaultDomain": 1}\r',
    "cut": b'{"platformFaultDomain":',
    "no JSON": b"\xff\x00",
    "an array": b'[{"platformFaultDomain": 1}]',
    "a scalar": b"1",
    "a list answer": b'{"value": [{"properties": {"instanceView": {"platformFaultDomain": "1"}}}]}',
    "an error": b'{"error": {"code": "NotFound", "message": "gone"}}',
    "a key twice": b'{"disks": [], "disks": []}',
    "a key twice, with a space": b'{"disks": [], "disks" : []}',
    "a key twice, beside an escaped quote": rb'{"disks": [], "disks": [], "computerName": "a\":"}',
    "the CLI's": b'{"additionalProperties": {}, "statuses": []}',
    "deep": b'{"disks": ' + b"[" * 200 + b"]" * 200 + b"}",
    "half a character": rb'{"computerName": "\ud800"}',
    "a large number": b'{"platformFaultDomain": 18446744073709551616}',
    "not a number": b'{"platformFaultDomain": NaN}',
    "a placeholder": b'{"computerName": "<name>"}',
    "a secret": b'{"osName": "https://a.example/?sig=abcdef123"}',
    "an empty object": b"{}",
    "another's": b'{"assetId": "1", "statuses": []}',
}


def lines() -> list[bytes]:
    """Return a line for each rule that has a spoiler, each hostile one, and conforming ones between."""
    clean = scenario("running", api_version=VERSION, kind=KIND)
    made = [json.dumps(clean).encode()]
    for rule in SPOILERS:
        try:
            spoiled = spoil(clean, rule, Random(rule), kind=KIND, api_version=VERSION)  # noqa: S311 (the same in every run)
        except ValueError:  # the rule needs another kind or version
            continue
        made += ["".join(spoiled.text.split("\n")).encode(), json.dumps(clean).encode()]
    return [*made, *HOSTILE.values(), json.dumps(clean).encode()]


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


def test_merging_does_not_depend_on_what_is_merged_first() -> None:
    one, two, three = (check_chunk(line) for line in (b'{"disks": 1}', b"{}", b'{"platformFaultDomain": -1}'))
    assert one.merge(two).merge(three) == one.merge(two.merge(three))


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
