"""Readers as people write them: which are wrong on hazard documents, and how often each is wrong on captured ones."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from checkout import DATA
from hazards import FACTS, captured, counted, written
from wrong_readers import READERS, RIGHT, answer, asked_of

if TYPE_CHECKING:
    from pathlib import Path

with (DATA / "wrong_readers.csv").open(encoding="utf-8", newline="") as file:
    COUNTS = {row["reader"]: (int(row["breaks"]), int(row["lies"]), int(row["of"])) for row in csv.DictReader(file)}
"""How often each reader raises an exception and gives a wrong answer, and of how many captured documents."""


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_wrong_on_a_hazard_unless_it_is_right_on_every_captured_document(reader: str) -> None:
    views = [view for view in written().values() if asked_of(reader, view)]
    wrong = [view for view in views if answer(reader, view).verdict != "right"]
    assert bool(wrong) == (reader not in RIGHT)


def test_every_reader_is_counted() -> None:
    assert list(COUNTS) == list(READERS)


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_wrong_this_often_on_captured_documents(reader: str, shared: Path) -> None:
    views = [view for kind in ("vm", "vmss-vm", "vmss") for view in captured(shared, kind).values()]
    verdicts = Counter(answer(reader, view).verdict for view in views if asked_of(reader, view))
    assert (verdicts["breaks"], verdicts["lies"], verdicts.total()) == COUNTS[reader]


def test_each_fact_of_the_list_has_its_count_and_its_example(shared: Path) -> None:
    with (shared / "state" / "reader-hazards.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["hazard"]: row for row in csv.DictReader(file)}
    assert set(rows) <= set(FACTS)
    listed = {name: (int(row["captured"]), int(row["of"])) for name, row in rows.items()}
    found = {name: counted(shared, name) for name in rows}
    assert {name: (each["captured"], each["of"]) for name, each in found.items()} == listed
    examples = {name: example(row["example_document"]) for name, row in rows.items()}
    assert {name: each["example"] for name, each in found.items()} == examples


def example(text: str) -> str:
    """Return the id of a document as in `documents/vm.ndjson id 873`."""
    file, _, number = text.removeprefix("documents/").partition(" id ")
    return f"{file.removesuffix('.ndjson')}#{number}"
