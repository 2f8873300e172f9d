"""The machines of a list answer: each has its own places, and all are looked for at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from recorded import SET_VM, entry, recording, url

from instanceview.checking.check import check_document
from instanceview.model.document import Document, Origin
from instanceview.places.part import Part
from instanceview.places.source import Source
from instanceview.places.wanted_spans import wanted_spans
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from instanceview.places.spans import Path, Span, Spans

NUMBER = 40
LIST = {"value": [{"properties": {"instanceView": {"osName": "]", "disks": index}}} for index in range(NUMBER)]}
TEXT = json.dumps(LIST, indent=1)
REPEATED = TEXT.replace('"disks": 7\n', '"disks": 7, "disks": 8\n')
ADDRESS = url(f"{SET_VM}?$expand=instanceView&n=1", None)
FORMS: dict[str, str] = {
    "bare": TEXT,
    "a line": f"{json.dumps(LIST)}\n{{}}\n",
    "body as text": recording(entry(TEXT, ADDRESS)),
    "body parsed": recording(entry(LIST, ADDRESS)),
    "http": f"HTTP/1.1 200 OK\nA: b\n\n{TEXT}",
    "yaml": json.dumps(LIST).replace('"', ""),
    "yaml in blocks": "value:\n" + "- properties: {instanceView: {disks: 1}}\n" * NUMBER,
    "a key twice": REPEATED,
    "keyed by name": json.dumps({str(number): item for number, item in enumerate(LIST["value"])}),
}


def listed_documents(form: str) -> list[Document]:
    found = [each for each in read(stream_of(FORMS[form].encode()), Origin("list")) if isinstance(each, Document)]
    return found[:NUMBER]


def _below_root(spans: Spans) -> dict[Path, Span]:
    """Return the spans of a part; its own name, where it has one, is outside of it."""
    return {path: span if path else span._replace(key=None, key_end=0) for path, span in spans.by_path.items()}


@pytest.mark.parametrize("form", FORMS)
def test_an_item_has_the_places_that_it_has_in_the_whole(form: str) -> None:
    for document in listed_documents(form):
        places = document.source
        if isinstance(places, Source) and places.tree:
            continue  # a tree has its places without a search
        assert isinstance(places, Part)
        assert places.starts is not None
        alone = Part(places.whole, places.path)
        for wanted in (None, [("disks",)]):
            assert _below_root(places.spans(wanted)) == _below_root(alone.spans(wanted))
        assert places.spans().duplicates == alone.spans().duplicates
        start = places.spans().by_path["disks",].start
        assert places.line_and_column(start) == alone.line_and_column(start)
        assert places.inside(start) == alone.inside(start)


@pytest.mark.parametrize("form", ["bare", "body as text", "keyed by name"])
def test_the_whole_is_looked_through_once_for_all_items(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    calls: list[int] = []

    def counted(text: str, start: int, wanted: Collection[Path]) -> Spans:
        calls.append(len(wanted))
        return wanted_spans(text, start, wanted)

    monkeypatch.setattr("instanceview.places.wanted_spans.wanted_spans", counted)
    for document in listed_documents(form):
        assert [finding.rule for finding in check_document(document)] == ["wrong-type"]
    assert max(calls) >= NUMBER
    assert sum(each >= NUMBER for each in calls) == 1


def test_a_repeated_key_is_found_in_its_item_alone() -> None:
    rules = [[finding.rule for finding in check_document(document)] for document in listed_documents("a key twice")]
    assert [index for index, each in enumerate(rules) if "duplicate-key" in each] == [7]


def test_the_whole_text_is_looked_through_once_for_repeated_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    monkeypatch.setattr("instanceview.reading.depth.may_repeat_keys", lambda data, body: calls.append((data, body)))
    assert len(listed_documents("bare")) == NUMBER
    assert len(calls) == 1
