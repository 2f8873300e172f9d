"""The benchmarks run, and their corpora have the described sizes and faults; no test looks at a clock."""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from checkout import ROOT, shared_folder

from instanceview import check_text
from instanceview.api import check_chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Import = Callable[[str], Any]

BENCHMARKS = ROOT / "tests" / "benchmarks"
AIMS = {
    "process": ["<= 2.5", ">= 120", "<= 1.4"],
    "state": ["<= 6"] * (3 if shared_folder() else 2),
    "coverage": ["<= 4"] * 3,
    "start": ["<= 1.6", "<= 0.17"],
    "files": [">= 25"],
    "foreign": [],
    "stream": ["<= 1.5", ">= 1.8"],
    "cassette": [],
    "memory": ["<= 1.05"] * 4 if Path("/proc/self/status").exists() else [],
}


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Import]:
    """A function that imports a module of the benchmarks: without the peers of node, and with few texts."""
    before = set(sys.modules)
    monkeypatch.delenv("IV_TEST_PEERS", raising=False)
    monkeypatch.syspath_prepend(BENCHMARKS)
    templates = import_module("templates")
    monkeypatch.setattr(templates, "CLEAN", 21)
    monkeypatch.setattr(templates, "FAULTY", 9)
    yield import_module
    for name in set(sys.modules) - before:
        if str(BENCHMARKS) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]  # names such as `run` are not theirs alone


@pytest.mark.parametrize("part", AIMS)
def test_every_part_prints_a_table_with_its_aims(benchmark: Import, part: str) -> None:
    sizes = benchmark("sizes").Sizes(3, 20_000, 20_000, 10_000, 30_000, 20_000, 1, 1)
    lines = list(benchmark("run").tables(sizes, [part]))
    rows = [line.strip("| ").split(" | ") for line in lines[lines.index("| --- | --- | --- | --- | --- | --- |") + 1 :]]
    assert rows
    assert all(float(measured) > 0 for _, _, measured, *_ in rows)
    assert [aim for _, aim, *_ in rows if aim] == AIMS[part]


def test_every_part_is_run_without_being_named(benchmark: Import) -> None:
    assert list(benchmark("run").PARTS) == list(AIMS)


@pytest.mark.parametrize("layout", ["compact", "spaced", "indented"])
def test_no_two_documents_are_alike_and_only_the_faulty_have_a_finding(benchmark: Import, layout: str) -> None:
    corpora = benchmark("corpora")
    tables = {"kind": corpora.KIND, "api_version": corpora.VERSION}
    clean = list(islice(corpora.documents(0, layout), 100))
    assert len(set(clean)) == 100
    assert not any(check_text(text, **tables).findings for text in clean)
    faulty = list(islice(corpora.documents(1, layout), 20))
    assert all(check_text(text, **tables).findings for text in faulty)
    assert not {*clean} & {*islice(corpora.documents(0, layout, 101), 100)}


def test_documents_are_of_half_a_kilobyte_to_six(benchmark: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark("templates"), "CLEAN", 200)
    sizes = sorted(map(len, islice(benchmark("corpora").documents(0), 200)))
    assert 350 < sizes[0] < 600
    assert 1000 < sizes[100] < 2500
    assert 5000 < sizes[-1] < 7000


def test_a_share_of_the_documents_has_a_fault_and_the_others_stay(benchmark: Import) -> None:
    corpora = benchmark("corpora")
    none, few = (list(islice(corpora.documents(share), 500)) for share in (0, 0.02))
    changed = [text for text, before in zip(few, none, strict=True) if text != before]
    assert 3 < len(changed) < 25
    summary = check_chunk(b"\n".join(few), kind=corpora.KIND, api_version=corpora.VERSION)
    assert len({finding.origin.line for finding in summary.findings}) == len(changed)


def test_a_program_that_does_not_do_its_work_is_not_measured(benchmark: Import) -> None:
    peers = benchmark("peers")
    with pytest.raises(peers.FailedError, match="ended with 3, not one of"):
        peers.python("-c", "raise SystemExit(3)")()
    with pytest.raises(peers.FailedError):
        peers.ours("no-such-file.json")()


def test_the_faults_of_a_kind_are_counted_and_all_are_found(benchmark: Import) -> None:
    cells, missed = benchmark("of_kinds").row("interconnect-block", 1)
    kind, elements, versions, *_, planted, in_value, in_text, _ = cells
    assert (kind, elements, versions, missed) == ("interconnect-block", "7", "2", {})
    assert int(planted) > 10
    assert planted == in_value == in_text


def test_the_profile_shows_where_the_time_goes(benchmark: Import, tmp_path: Path) -> None:
    profile = benchmark("profile_hot_path")
    stacks: list[Any] = []
    lines = [line for each in profile.profiles(200_000, tmp_path) for line in profile.lines_of(each, 1, 0.2, stacks)]
    assert [line for line in lines if line.startswith("## ")] == [
        "## A document without a fault",
        "## A document with one fault",
    ]
    assert lines.count("| O: parsing by orjson | 1.00 |") == 2
    assert any("`checking/check.py`, checked: " in line for line in lines)
    assert any(".check_lines" in line for line in benchmark("stacks").folded(stacks[0]))
