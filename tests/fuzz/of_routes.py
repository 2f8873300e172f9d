"""Harness of the routes: one document by every way into the program has the same findings."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any, TypedDict, cast
from unittest.mock import patch
from zlib import crc32

import seeds
from folders import in_folder
from harness import Harness
from recorded_answers import lists, recordings, url_of

from instanceview import Report, check, check_path, check_text
from instanceview.places.source import Source
from instanceview.reading.inputs import steps
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.marks import may_hold_view
from instanceview.reading.operation import request_of
from instanceview.reading.recognise import recognise
from instanceview.running import pool, tasks
from instanceview.running.job import Job
from instanceview.running.runs import summarise
from instanceview.running.wanted import Wanted
from instanceview.tables.catalog import versions_of
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.literals import ApiVersion, KindName

_TEXTS = 2  # of the texts that a document is put into, those of an execution
_FILES = 6  # executions for one with files, which takes as long as that many others
_MARKS = 5  # executions for one with a byte order mark before the answer, which means nothing
_RARE = 300  # executions for one with two processes, which takes as long as that many others
_COPIES = 10  # files of such a run


class _Tables(TypedDict):
    """The kind and api-version that are given with a document."""

    kind: KindName
    api_version: ApiVersion


def _same_by_every_route(data: bytes) -> None:
    try:
        body, text = parse(data), decode(data)
    except NotJSONError:
        return
    verdict = recognise(body, asked=True)
    # What a client printed, and a part, are themselves only where no request says that they are the service's.
    if not (isinstance(body, dict) and verdict.evidence) or verdict.printed or verdict.is_part or "error" in body:
        return
    kind = cast("KindName", verdict.kind or "vm")
    tables = _Tables(kind=kind, api_version=versions_of(kind)[-1])
    alone = check_text(data, **tables)
    if alone.documents > 1:  # it holds another view in a member of its own
        return
    expected = _facts(alone)
    number = crc32(data)
    is_certain = bool(recognise(body).evidence)
    # The URL of a script's run does not say that the answer is its result, which needs marks of its own there. Of what
    # is among other members of a resource, no other name is a part.
    named = KIND_VALUES[kind].members
    is_recorded = body.keys() <= {*named} if named else is_certain or bool(request_of(url_of(kind)).kind)
    for name, report in _of_texts(text, tables, number // _RARE, is_recorded=is_recorded):
        found = _facts(report)
        assert found == expected, f"{name}: {found} is not {expected}"
    if number % 2 and not Source(text).spans().duplicates:
        found = _facts(check(body, **tables))
        assert found == expected, f"API: {found} is not {expected}"
    if number % _FILES:
        return
    with in_folder() as folder:
        # In a folder, a file is read that has a name or a code of a view; a misspelt name alone is not enough.
        is_strong = is_certain and may_hold_view(data)
        for name, report in _of_files(folder, data, tables, is_strong=is_strong):
            found = _facts(report)
            assert found == expected, f"{name}: {found} is not {expected}"
        if is_strong:
            _same_without_kind(folder)
        if number % _RARE == 0:
            same_by_any_number_of_jobs(folder, data, tables)


def _of_texts(text: str, tables: _Tables, number: int, *, is_recorded: bool) -> Iterator[tuple[str, Report]]:
    """Yield the report of a few of the texts that a document is put into, by its name; a number says which."""
    mark = "" if number % _MARKS else "\ufeff"
    texts = {**lists(text), **(recordings(text, tables["kind"], mark) if is_recorded else {})}
    names = list(texts)
    for which in range(number, number + _TEXTS):
        name = names[which % len(names)]
        yield name, check_text(texts[name], **tables)
        if name == "HAR":
            yield "HAR by its URL", check_text(texts[name])


def _of_files(folder: Path, data: bytes, tables: _Tables, *, is_strong: bool) -> Iterator[tuple[str, Report]]:
    """Yield the report of a document as a file, and with strong evidence in a folder and in an archive."""
    (folder / "a.json").write_bytes(data)
    yield "file", check_path(folder / "a.json", **tables)
    if not is_strong:
        return
    yield "folder", check_path(folder, **tables)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.json", data)
    yield "zip", check_path(folder / "a.zip", **tables)
    (folder / "a.zip").unlink()


def _same_without_kind(folder: Path) -> None:
    """Assert that the file of a folder has the kind and the findings in the folder that it has when it is named."""
    named, member = check_path(folder / "a.json"), check_path(folder)
    assert (_facts(member), member.checked_as) == (_facts(named), named.checked_as)


def same_by_any_number_of_jobs(folder: Path, data: bytes, tables: _Tables) -> None:
    """Assert that copies of a document have the same findings with one and with two processes."""
    for number in range(_COPIES):
        (folder / f"{number}.json").write_bytes(data)
    job = Job(Wanted(), tables["kind"], tables["api_version"])
    one = summarise(steps([str(folder)]), job, 1).report()
    with (
        patch.object(pool, "_MUCH", 0),
        patch.object(tasks, "_GROUP", _COPIES),
    ):  # else so little is done by one process
        two = summarise(steps([str(folder)]), job, 2).report()
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
