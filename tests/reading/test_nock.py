"""Fixtures of nock: every way to write a body in JavaScript, and real ones that others wrote."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from needs import RECORDED
from recordings import cases, expected, seen, stands_there

from instanceview.api import check_text
from instanceview.model.document import Document, Origin
from instanceview.model.severity import Severity
from instanceview.reading.files.stream import Stream
from instanceview.reading.formats import nock
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", cases("nock"), ids=lambda path: path.name)
def test_a_fixture_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)
    exact = [each for each in report(read_path(path)).findings if not each.origin.inside]
    assert [each for each in exact if not stands_there(path.read_bytes(), each)] == []


@pytest.mark.parametrize("text", ["nock('https://a')", 'var s = nock ( "http://a:80" )', "x\nnock(`https://a`).get"])
def test_a_call_of_nock_is_known(text: str) -> None:
    assert nock.sniff(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '{"message": "nock(\'https://a\')"}',
        '\ufeff\n{"message": "nock(\'https://a\')"}',
        "# nock('https://a')\nmessage: nock('https://a')",
        "- message: nock('https://a')",
        "knock('https://a')",
        "nock(host)",
        "it.nock('http://')",
    ],
)
def test_other_texts_are_no_fixture(text: str) -> None:
    assert not nock.sniff(text.encode())


@pytest.mark.parametrize("piece", ["/*", "(/[", "`", "nock('https://a').get('/a').reply(200, {a:", "'+", "'\\"])
def test_a_program_made_to_be_slow_is_not(piece: str) -> None:
    text = "nock('https://a').get('/instanceView').reply(200, '" + piece * 200_000
    assert check_text(text).documents == 0


def fixtures(shared: Path) -> list[Path]:
    found = sorted((shared / "captures" / "containers").glob("*.nock.js"))
    if not found:
        pytest.skip(RECORDED)
    return found


def documents_of(shared: Path, path: Path) -> list[Any]:
    """Return the documents that were taken from a fixture."""
    manifest = json.loads((shared / "captures" / "containers" / "MANIFEST.json").read_bytes())
    where = manifest[path.name]["repo"], manifest[path.name]["path"]
    lines = [
        json.loads(line)
        for name in ("vmss-vm", "vm", "vmss")
        for line in (shared / "captures" / "documents" / f"{name}.ndjson").read_bytes().splitlines()
    ]
    return [line["document"] for line in lines if (line["source"]["repo"], line["source"]["path"]) == where]


def test_every_real_document_is_found_and_nothing_else(shared: Path) -> None:
    for path in fixtures(shared):
        items = list(read_path(path))
        found = report(items)
        bodies = [item.body for item in items if isinstance(item, Document)]
        assert (found.unreadable, found.count(Severity.ERROR)) == ((), 0)
        # Over http and over https; the collection has one of each.
        assert found.recorded == 2 * found.documents == 2
        assert all(document in bodies for document in documents_of(shared, path))


def test_a_level_spoilt_in_a_real_fixture_is_found_at_its_place(shared: Path) -> None:
    for path in fixtures(shared):
        text = path.read_bytes().decode()
        written = r"\"level\": \"Info\""
        starts = [at for at in range(len(text)) if text.startswith(written, at)]
        for start in starts[:: max(1, len(starts) // 5)]:
            spoilt = f"{text[:start]}{written.replace('Info', 'Inf0')}{text[start + len(written) :]}"
            places = [
                (each.origin.line, each.origin.column) for each in check_text(spoilt).findings if each.value == "Inf0"
            ]
            at = start + len(r"\"level\": ")
            assert places == [(spoilt.count("\n", 0, at) + 1, at - spoilt.rfind("\n", 0, at))]


def test_the_arguments_of_a_call_may_have_no_space_between_them() -> None:
    machine = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a"
    path = f"{machine}/instanceView?api-version=2024-07-01"
    program = f"nock('https://management.azure.com').intercept('{path}','GET').reply(200,{{statuses:[]}});"
    (found,) = nock.read(Stream(io.BytesIO(program.encode())), Origin("a.js"))
    assert (found.origin.method, found.origin.url) == ("GET", f"https://management.azure.com{path}")
