"""A repeated document of a recording is checked once and counted, within that recording alone."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from command_cases import invoke
from recorded import SET_VM, entry, recording, url

from instanceview import check_path
from instanceview.model.document import Document, Origin
from instanceview.running.repeats import Repeats

if TYPE_CHECKING:
    from pathlib import Path

WRONG = '{"platformFaultDomain": "two"}'
OTHER = '{"platformFaultDomain": "three"}'
POLLED = recording(entry(WRONG), entry(OTHER), entry(WRONG), entry(f" {WRONG}"))


def report(*arguments: str) -> Any:  # noqa: ANN401 (any JSON value)
    return json.loads(invoke("check", *arguments, "--format", "json")[0])


def counts(content: Any) -> tuple[int, int, int]:  # noqa: ANN401 (any JSON value)
    """Return the documents, those recorded, and the errors."""
    summary = content["summary"]
    return summary["documents"], summary["recorded"], summary["findings"]["error"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run.json").write_text(POLLED)
    return tmp_path


def test_a_document_recorded_again_is_checked_once_at_its_first_place() -> None:
    content = report("run.json")
    assert counts(content) == (2, 4, 2)
    assert [each["origin"]["entry"] for each in content["findings"]] == ["/Entries/0", "/Entries/1"]
    assert [each.recorded for each in check_path("run.json").findings] == [3, 1]


def test_each_is_checked_with_the_option() -> None:
    content = report("run.json", "--no-dedupe")
    assert counts(content) == (4, 4, 4)
    assert [each["origin"]["entry"] for each in content["findings"]] == [f"/Entries/{index}" for index in range(4)]
    assert "recorded" not in content["findings"][0]


SAME = {
    "another resource": entry(WRONG, url(f"{SET_VM}/1/instanceView")),
    "another api-version": entry(WRONG, url(api_version="2019-07-01")),
    "another kind": entry(WRONG, url(SET_VM.rpartition("/")[0] + "/instanceView")),
}


@pytest.mark.parametrize("case", SAME)
def test_the_same_text_of_another_request_is_another_document(case: str, here: Path) -> None:
    (here / "run.json").write_text(recording(entry(WRONG), SAME[case]))
    assert counts(report("run.json"))[:2] == (2, 2)


def test_a_recording_is_not_compared_with_another_nor_with_itself(here: Path) -> None:
    (here / "again.json").write_text(POLLED)
    assert counts(report("again.json", "run.json")) == (4, 8, 4)
    assert counts(report("run.json", "run.json", "again.json", "run.json")) == (4, 8, 4)
    report_of_both = invoke("check", "run.json", "./run.json")[0]
    assert len([line for line in report_of_both.splitlines() if '"two"' in line and " error " in line]) == 1


def test_a_recording_named_twice_is_read_once(here: Path) -> None:
    folder = here / "twice"
    folder.mkdir()
    invoke("extract", "run.json", "run.json", "--to", "twice")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [each["recorded"] for each in manifest["documents"]] == [3, 1]


@pytest.mark.parametrize(("name", "text"), [("a.ndjson", f"{WRONG}\n{WRONG}\n"), ("a.json", f"[{WRONG}, {WRONG}]")])
def test_each_line_and_item_is_checked(name: str, text: str, here: Path) -> None:
    (here / name).write_text(text)
    assert counts(report(name)) == (2, 2, 2)


def test_findings_that_were_put_aside_on_disk_keep_their_number(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("instanceview.running.spool._IN_MEMORY", 2)
    monkeypatch.setattr("instanceview.running.spool._FRAME", 2)
    polled = [entry(WRONG, url(f"{SET_VM}/{index}/instanceView")) for index in range(9)]
    (here / "run.json").write_text(recording(*polled, *polled))
    assert [each.recorded for each in check_path("run.json").findings] == [2] * 9


def test_a_recording_with_many_documents_is_remembered_in_little_memory() -> None:
    repeats, count = Repeats(), 5_000
    tracemalloc.start()
    try:
        for number in range(count):
            place = Origin(
                "run.json", f"/interactions/{number}", number, 3, "GET", url(f"{SET_VM}/{number}/instanceView")
            )
            assert not repeats.is_repeat(Document({}, place, identity=number.to_bytes(16, "big")))
        assert tracemalloc.get_traced_memory()[0] < 400 * count
    finally:
        tracemalloc.stop()
