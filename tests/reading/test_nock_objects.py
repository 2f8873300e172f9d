"""Fixtures of nock in JSON: answers as objects, texts and hexadecimal; arrays of other things are not fixtures."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING

import pytest
from recorded import SET_VM, url

from instanceview import check_text
from instanceview.reading.formats.json_recordings import nock

if TYPE_CHECKING:
    from instanceview.model.report import Report

VIEW = {"platformFaultDomain": "two"}
TEXT = json.dumps(VIEW)


def exchange(response: object, status: int = 200) -> dict[str, object]:
    path = url(f"{SET_VM}/0/instanceView").removeprefix("https://management.azure.com")
    scope = "https://management.azure.com:443"
    return {"scope": scope, "method": "GET", "path": path, "body": "", "status": status, "response": response}


def report(*exchanges: object) -> Report:
    return check_text(json.dumps(exchanges))


RESPONSES: dict[str, object] = {
    "an object": VIEW,
    "text": TEXT,
    "text of one character more": f"{TEXT}\n",
    "gzip in one text": gzip.compress(TEXT.encode()).hex(),
    "gzip in several": [gzip.compress(TEXT.encode()).hex()[:20], gzip.compress(TEXT.encode()).hex()[20:]],
    "deflate": [zlib.compress(TEXT.encode()).hex()],
    "not compressed": [TEXT.encode().hex()],
}


@pytest.mark.parametrize("form", RESPONSES)
def test_an_answer_in_any_form_is_checked_by_its_request(form: str) -> None:
    (finding,) = report(exchange(RESPONSES[form])).findings
    assert (finding.rule, finding.tables.kind, finding.tables.api_version) == ("wrong-type", "vmss-vm", "2024-07-01")
    assert (finding.origin.entry, finding.origin.url) == ("/0", url(f"{SET_VM}/0/instanceView"))


def test_an_answer_recorded_again_in_another_form_is_the_same() -> None:
    found = report(*map(exchange, RESPONSES.values()))
    assert (found.documents, found.recorded) == (1, len(RESPONSES))


def test_what_is_not_answer_is_reported() -> None:
    found = report(exchange(VIEW), exchange({"error": {"code": "Gone"}}, 404), exchange([]), {"instanceView": 1})
    assert [each.reason for each in found.skipped] == [
        'no instance view: the answer has status 404, code "Gone"',
        "no instance view: found an empty array",
    ]
    assert [each.reason for each in found.unreadable] == ["the entry is not a request with an answer; record it again"]
    assert found.documents == 1


@pytest.mark.parametrize(
    "text",
    ["[]", '[{"scope": "a", "path": "b"}]', '{"scope": 1, "method": 1, "path": 1, "response": 1}', '["scope"]', "["],
)
def test_other_texts_are_no_fixture(text: str) -> None:
    assert not nock.sniff(text.encode())


def test_a_fixture_that_is_cut_is_reported_and_the_rest_is_checked() -> None:
    text = json.dumps([exchange(VIEW), exchange(VIEW, 404)])
    assert nock.sniff(text.encode())
    found = check_text(text[:-40])
    assert (found.documents, len(found.unreadable)) == (1, 1)
    assert found.unreadable[0].reason.startswith("not JSON: cut off")
