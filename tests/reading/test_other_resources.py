"""Answers of Azure for other resources have codes and levels too: none is checked, whatever holds it."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from recorded import entry, recording

from instanceview import check_path, check_text
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

ERRORS = "error"
"""Answers of requests for instance views: an error is not a value that a resource has."""


def answers(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file of captures: documents with what was asked for."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def ways(document: object, url: str, *, is_error: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the texts that may hold a document: alone, as the answer of its request, and in its resource."""
    yield "alone", json.dumps(document)
    yield "in a list", json.dumps([document])
    path = url.partition("?")[0].removesuffix("/instanceView")
    if "/providers/" not in path:
        return
    yield "as an answer", recording(entry(document, url))
    if is_error:
        return
    resource_id = path.removeprefix("https://management.azure.com")
    provider, *types = resource_id.rpartition("/providers/")[2].split("/")
    by_id = {"id": resource_id, "properties": {"instanceView": document}}
    by_type = {"type": "/".join((provider, *types[::2])), "properties": {"instanceView": document}}
    yield "in a resource with its ID", json.dumps(by_id)
    yield "in a resource with its type", json.dumps({"value": [by_type]})
    yield "in a resource as an answer", recording(entry(by_id, url))


def checked(file: Path) -> Iterator[tuple[str, bool]]:
    """Yield each way to hold each answer of a file, and whether something in it is checked."""
    for line in answers(file):
        for way, text in ways(line["document"], line["requestUrl"] or "", is_error=file.stem == ERRORS):
            checked = check_text(text).checked_as
            yield f"{line['id']} {way}", any(each.kind in MACHINES for each in checked)


def test_no_other_resource_is_checked(shared: Path) -> None:
    captures = shared / "captures"
    files = [path for path in (captures / "documents").glob("*.ndjson") if path.stem not in MACHINES]
    files += (captures / "family").glob("*.ndjson")
    tried = [(file.name, way, is_checked) for file in files for way, is_checked in checked(file)]
    assert [(name, way) for name, way, is_checked in tried if is_checked] == []
    assert len(tried) > 1500


def test_instance_views_are_checked_in_each_of_these_ways(shared: Path) -> None:
    lines = islice((line for line in answers(shared / "captures" / "documents" / "vm.ndjson") if line["real"]), 20)
    for line in lines:
        for way, text in ways(line["document"], line["requestUrl"]):
            if line["embedded"] and way == "as an answer":  # which is the resource
                continue
            assert check_text(text).documents == 1, (way, line["id"])


def test_no_recording_of_other_resources_has_a_document(shared: Path) -> None:
    folder = shared / "captures" / "containers"
    held = json.loads((folder / "MANIFEST.json").read_bytes())
    others = [name for name, about in held.items() if not set(MACHINES).intersection(about["operations"])]
    checked = {name: {each.kind for each in check_path(folder / name).checked_as} for name in others}
    assert [name for name, kinds in checked.items() if kinds & set(MACHINES)] == []
    assert len(others) > 10


@pytest.mark.parametrize("kind", MACHINES)
def test_the_other_recordings_have_some(kind: str, shared: Path) -> None:
    folder = shared / "captures" / "containers"
    held = json.loads((folder / "MANIFEST.json").read_bytes())
    name = next(name for name, about in held.items() if about["operations"] == [kind])
    assert check_path(folder / name).documents > 0
