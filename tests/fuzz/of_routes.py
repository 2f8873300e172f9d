"""Harness of the routes: one document by every way into the program has the same findings."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zlib import crc32

import seeds
import yaml
from folders import in_folder
from harness import Harness

from instanceview import Report, check, check_path, check_text
from instanceview.places.source import Source
from instanceview.reading.inputs import steps
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.marks import may_hold_view
from instanceview.reading.recognise import recognise
from instanceview.running.job import Job
from instanceview.running.runs import summarise
from instanceview.running.wanted import Wanted
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.literals import ApiVersion

_VERSION: ApiVersion = api_versions()[-1]
_URL = (
    "https://management.azure.com/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a"
    f"/instanceView?api-version={_VERSION}"
)
_FILES = 4  # executions for one with files, which takes as long as that many others
_RARE = 400  # executions for one with two processes, which takes as long as that many others
_COPIES = 40  # files of such a run


def _same_by_every_route(data: bytes) -> None:
    try:
        body, text = parse(data), decode(data)
    except NotJSONError:
        return
    verdict = recognise(body, asked=True)
    # What a client printed, and a part, are themselves only where no request says that they are the service's.
    if not (isinstance(body, dict) and verdict.evidence) or verdict.printed or verdict.is_part or "error" in body:
        return
    if verdict.kind and verdict.kind not in MACHINES:  # such a document is not one of the kind that is given here
        return
    expected = _facts(check_text(data, kind="vm", api_version=_VERSION))
    for name, report in _of_texts(text):
        found = _facts(report)
        assert found == expected, f"{name}: {found} is not {expected}"
    if not Source(text).spans().duplicates:
        found = _facts(check(body, kind="vm", api_version=_VERSION))
        assert found == expected, f"API: {found} is not {expected}"
    if crc32(data) % _FILES:
        return
    with in_folder() as folder:
        # In a folder, a file is read that has a name or a code of a view; a misspelt name alone is not enough.
        is_strong = bool(recognise(body).evidence) and may_hold_view(data)
        for name, report in _of_files(folder, data, is_strong=is_strong):
            found = _facts(report)
            assert found == expected, f"{name}: {found} is not {expected}"
        if crc32(data) % _RARE == 0:
            _same_by_any_number_of_jobs(folder, data)


def _of_texts(text: str) -> Iterator[tuple[str, Report]]:
    """Yield the report of each text that a document is put into, by its name."""
    request = {"method": "GET", "url": _URL, "uri": _URL}
    headers = [{"name": "Content-Type", "value": "application/json"}]
    response = {"status": 200, "headers": headers, "content": {"text": text, "mimeType": "application/json"}}
    har = {"log": {"version": "1.2", "entries": [{"request": request, "response": response}]}}
    answer = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": text}}
    cassette = {"interactions": [{"request": {**request, "headers": {}}, "response": answer}], "version": 1}
    line = " ".join(text.split("\n"))
    texts = {
        "array": f"[{text}]",
        "array of two": f"[{text},\n{text}]",
        "HAR": json.dumps(har),
        "cassette": json.dumps(cassette),
        "nock": f"nock('https://management.azure.com').get({json.dumps(_URL[28:])}).reply(200, {json.dumps(text)})",
        "NDJSON": f"{line}\n{line}\n",
    }
    with suppress(yaml.YAMLError, UnicodeEncodeError):
        texts["cassette in YAML"] = yaml.dump(cassette, Dumper=yaml.CSafeDumper)
    for name, each in texts.items():
        yield name, check_text(each, kind="vm", api_version=_VERSION)


def _of_files(folder: Path, data: bytes, *, is_strong: bool) -> Iterator[tuple[str, Report]]:
    """Yield the report of a document as a file, and with strong evidence in a folder and in an archive."""
    (folder / "a.json").write_bytes(data)
    yield "file", check_path(folder / "a.json", kind="vm", api_version=_VERSION)
    if not is_strong:
        return
    yield "folder", check_path(folder, kind="vm", api_version=_VERSION)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.json", data)
    yield "zip", check_path(folder / "a.zip", kind="vm", api_version=_VERSION)
    (folder / "a.zip").unlink()


def _same_by_any_number_of_jobs(folder: Path, data: bytes) -> None:
    for number in range(_COPIES):
        (folder / f"{number}.json").write_bytes(data)
    job = Job(Wanted(), "vm", _VERSION)
    one, two = (summarise(steps([str(folder)]), job, jobs).report() for jobs in (1, 2))
    assert [str(each) for each in one.findings] == [str(each) for each in two.findings]
    assert (one.documents, one.counts) == (two.documents, two.counts)


def _facts(report: Report) -> list[tuple[Any, ...]]:
    """Return the findings of the one document of a report, or of each of several that are the same."""
    facts = [
        (each.rule, each.severity.value, each.pointer, re.sub(r" at \d+:\d+$", "", each.message))
        for each in report.findings
    ]
    size = len(facts) // max(1, report.documents)
    assert facts == facts[:size] * report.documents, facts
    assert not report.unreadable, report.unreadable
    return [(report.documents > 0,), *facts[:size]]


ROUTES = (Harness("routes", _same_by_every_route, seeds.documents, "json"),)
"""The harness of the routes."""
