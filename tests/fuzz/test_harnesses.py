"""Every input that once showed a fault, and some others, by every harness; and the engine itself.

`python tests/fuzz/fuzz.py` looks for new ones. A fault that it finds becomes a file of `tests/data/regressions/`, named
after what was wrong.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import of_routes
import pytest
import seeds
from harness import Harness
from mutating import mutated
from needs import ARROW
from of_readers import READERS
from places_shown import assert_shown
from table import ALL, HARNESSES
from watched import fault_of, minimised

from instanceview.checking.check import check_document
from instanceview.model.document import Document, Origin
from instanceview.places.source import Source
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.running.workers import Worker

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = 12  # inputs of each harness; the fuzzer begins with all of them


def test_each_harness_has_a_name_of_its_own() -> None:
    assert len(HARNESSES) == len(ALL)


@pytest.fixture(params=HARNESSES)
def harness(request: pytest.FixtureRequest) -> Harness:
    """Return each harness, if what it needs is at hand."""
    found = HARNESSES[request.param]
    if found.needs:
        pytest.importorskip(found.needs, reason=ARROW)
    return found


def test_what_was_once_a_fault_is_none(harness: Harness) -> None:
    for path in sorted(seeds.REGRESSIONS.iterdir()):
        assert (path.name, fault_of(harness, path.read_bytes())) == (path.name, "")


def test_a_harness_has_inputs_to_begin_with_that_have_no_fault(harness: Harness) -> None:
    inputs = list(harness.seeds())
    assert inputs
    for data in inputs[:: max(1, len(inputs) // SEEDS)]:
        harness.run(data)


def _refuses_x(data: bytes) -> None:
    assert b"x" not in data, "an x"


BROKEN = Harness("broken", _refuses_x, lambda: [b"x"])


def test_a_fault_is_told_by_its_exception_and_made_small() -> None:
    fault = fault_of(BROKEN, b"abc x def")
    assert fault.startswith("AssertionError an")
    assert minimised(BROKEN, b"abc x def", fault) == b"x"
    assert not fault_of(BROKEN, b"abc")


@pytest.mark.parametrize("form", ["bytes", "json", "yaml"])
def test_changes_are_many_and_the_same_for_a_seed(form: str) -> None:
    inputs = list(seeds.documents()[:4])
    first, second = (
        [mutated(inputs[0], form, inputs, random) for _ in range(100)]  # type: ignore[arg-type]  # a form
        for random in (Random(1), Random(1))  # noqa: S311 (the same in every run)
    )
    assert first == second
    assert len(set(first)) > 60


TEXTS = {
    "JSON": b'{"vmAgent": {"vmAgentVersion": "<name>"}, "disks": 7}',
    "YAML": b"vmAgent:\n  vmAgentVersion: <name>\ndisks: 7\n",
    "JSON in JSON": rb'{"body": "{\"vmAgent\": {\"vmAgentVersion\": \"<name>\", \"statuses\": []}, \"disks\": 7}"}',
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("rule", ["wrong-type", "placeholder"])
@pytest.mark.parametrize("aside", [-2, -1, 1, 2])
def test_a_finding_at_a_place_beside_its_own_is_a_fault(name: str, rule: str, aside: int) -> None:
    data = TEXTS[name]
    (document,) = (each for each in read(stream_of(data), Origin("input")) if isinstance(each, Document))
    lines = data.decode().split("\n")
    found = next(each for each in check_document(document) if each.rule == rule)
    assert_shown(found, document, lines)
    beside = found.origin._replace(column=(found.origin.column or 0) + aside)
    with pytest.raises(AssertionError):
        assert_shown(replace(found, origin=beside), document, lines)


@pytest.mark.parametrize("name", [each.name for each in READERS if each.name != "items"])
def test_each_reader_with_places_beside_their_own_has_a_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Source.line_and_column

    def beside(source: Source, offset: int) -> tuple[int, int]:
        line, column = place(source, offset)
        return line, column + 1

    monkeypatch.setattr(Source, "line_and_column", beside)
    assert any(fault_of(HARNESSES[name], data) for data in HARNESSES[name].seeds())


def test_two_processes_do_the_work_of_two_jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def taken(_: Worker) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Worker, "take", taken)
    with pytest.raises(BrokenPipeError):
        of_routes.same_by_any_number_of_jobs(tmp_path, TEXTS["JSON"], {"kind": "vm", "api_version": "2022-11-01"})
