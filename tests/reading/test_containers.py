"""Real recordings: every document that is known to be in one is found in it, nothing else is, and none has an error."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from instanceview.checking.check import check_document
from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.model.severity import Severity
from instanceview.reading.inputs import read_path
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("shared")


def text(document: object) -> str:
    return json.dumps(document, sort_keys=True)


@cache
def known(shared: Path) -> list[dict[str, Any]]:
    """Every document known to be somewhere, whatever it is."""
    files = sorted((shared / "captures" / "documents").glob("*.ndjson"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


@cache
def ours(shared: Path) -> frozenset[str]:
    """The texts of the documents that are instance views of a kind that this program checks."""
    return frozenset(
        text(each["document"]) for each in known(shared) if each["operation"] in MACHINES and each["kind"] == "document"
    )


@cache
def containers(shared: Path) -> dict[str, dict[str, Any]]:
    manifest: dict[str, dict[str, Any]] = json.loads(
        (shared / "captures" / "containers" / "MANIFEST.json").read_text("utf-8")
    )
    return manifest


@cache
def contents(shared: Path, name: str) -> list[Document | Skipped | Unreadable]:
    return list(read_path(shared / "captures" / "containers" / name))


def documents(shared: Path, name: str) -> list[Document]:
    return [each for each in contents(shared, name) if isinstance(each, Document)]


def test_every_document_known_to_be_in_a_recording_is_found_in_it(shared: Path) -> None:
    missing, looked_for = [], 0
    for name, source in containers(shared).items():
        bodies = {text(document.body) for document in documents(shared, name)}
        for each in known(shared):
            is_here = (each["source"]["repo"], each["source"]["path"]) == (source["repo"], source["path"])
            if is_here and each["operation"] in MACHINES and each["kind"] == "document":
                looked_for += 1
                missing += [] if text(each["document"]) in bodies else [(name, each["id"])]
    assert missing == []
    assert looked_for >= 99


def test_nothing_is_found_that_is_not_instance_view_of_ours(shared: Path) -> None:
    others = [
        (name, each.origin.entry)
        for name in containers(shared)
        for each in documents(shared, name)
        if each.kind in {None, *MACHINES} and text(each.body) not in ours(shared)
    ]
    assert others == []


def test_the_request_url_has_what_is_known_of_each_document(shared: Path) -> None:
    expected = {(text(each["document"]), each["operation"], each["apiVersion"]) for each in known(shared)}
    wrong = [
        (name, each.origin.entry, each.kind, each.api_version)
        for name in containers(shared)
        for each in documents(shared, name)
        if each.kind in {None, *MACHINES} and (text(each.body), each.kind, each.api_version) not in expected
    ]
    assert wrong == []


def test_no_real_recording_raises_an_error(shared: Path) -> None:
    errors = [
        (name, finding.rule, finding.pointer)
        for name in containers(shared)
        for each in documents(shared, name)
        for finding in check_document(each)
        if finding.severity is Severity.ERROR
    ]
    assert errors == []


def test_what_cannot_be_read_is_a_recording_without_an_instance_view_of_ours(shared: Path) -> None:
    reasons: Counter[str] = Counter()
    for name in containers(shared):
        for each in contents(shared, name):
            if isinstance(each, Unreadable):
                reasons[each.reason] += 1
                assert not documents(shared, name)
    assert all(reason.startswith("no instance view") for reason in reasons), reasons
