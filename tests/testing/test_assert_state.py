"""`assert_state` takes what `assert_conforms` takes, and its message shows why a state is not the expected one."""

from __future__ import annotations

import json
import re
import unittest
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import requests
from recorded import url

from instanceview import UnknownNameError
from instanceview.model.document import Document, Origin, Skipped
from instanceview.testing import InstanceViewAssertions, assert_state

if TYPE_CHECKING:
    from pathlib import Path

RUNNING = {"code": "PowerState/running", "level": "Info"}
VIEW: dict[str, Any] = {"statuses": [{"code": "ProvisioningState/succeeded"}, RUNNING]}
GENERALIZED = {"statuses": [{"code": "OSState/generalized"}, *VIEW["statuses"]]}
TEXT = json.dumps(VIEW)


class Model:
    """A model as azure-mgmt-compute makes one."""

    def as_dict(self) -> dict[str, Any]:
        return VIEW


def of_requests() -> requests.Response:
    response = requests.Response()
    response.status_code, response._content, response.url = 200, TEXT.encode(), url()  # noqa: SLF001 (as its tests do)
    return response


SUBJECTS = {
    "value": VIEW,
    "list": [VIEW, VIEW],
    "text": TEXT,
    "bytes": TEXT.encode(),
    "lines": f"{TEXT}\n{TEXT}\n",
    "document": Document(VIEW, Origin("a.json")),
    "model": Model(),
    "printed by az": {"instanceView": {**VIEW, "vmAgent": None, "disks": None}, "name": "a"},
    "resource": {"properties": {"instanceView": VIEW}, "name": "a"},
    "httpx": httpx.Response(200, text=TEXT, request=httpx.Request("GET", url())),
    "requests": of_requests(),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_subject_has_a_state(name: str) -> None:
    subject = SUBJECTS[name]
    assert_state(subject, power="running", provisioning="succeeded", provisioning_detail=None)
    with pytest.raises(AssertionError, match=re.escape("power: expected stopped, found running at /")):
        assert_state(subject, power="stopped")


def test_a_path_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(TEXT)
    assert_state(tmp_path / "a.json", power="running")
    assert_state(str(tmp_path), power="running")
    with pytest.raises(AssertionError, match=r"unreadable: cannot be read: no such file or directory$"):
        assert_state(tmp_path / "none.json", power="running")


def test_the_message_shows_the_statuses_with_their_positions() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_state(GENERALIZED, power="stopped", extensions_failed=1)
    assert str(caught.value).splitlines() == [
        "<document>: running; provisioning succeeded; agent unknown",
        '  power: expected stopped, found running at /statuses/2/code: the code is "PowerState/running"',
        "  extensions.failed: expected 1, found 0 at /extensions",
        "  statuses:",
        '    [0] code "OSState/generalized"',
        '    [1] code "ProvisioningState/succeeded"',
        '    [2] code "PowerState/running", level "Info"',
    ]


@pytest.mark.parametrize(
    ("statuses", "shown"),
    [(None, "  statuses: absent"), ("x", '  statuses: "x"'), ([], "  statuses: []"), ([3], "    [0] 3")],
)
def test_the_message_shows_statuses_of_any_sort(statuses: object, shown: str) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_state({"statuses": statuses, "vmAgent": {}}, power="running", kind="vm")
    assert str(caught.value).splitlines()[-1] == shown


def test_a_message_is_harmless_and_of_one_line_each() -> None:
    hostile = "\u202e\n##vso[x] https://x/?sig=aGlkZGVu"
    with pytest.raises(AssertionError) as caught:
        assert_state({"statuses": [{"code": hostile, "message": hostile}] * 50}, power="running", kind="vm")
    text = str(caught.value)
    assert len(text.splitlines()) < 20
    assert "and 38 more" in text
    assert not re.search(r"\u202e|##vso|aGlkZGVu", text)


def test_each_document_that_differs_is_in_the_message() -> None:
    others = [{"statuses": [{"code": f"PowerState/{word}"}]} for word in ("stopped", "running", "deallocated")]
    with pytest.raises(AssertionError) as caught:
        assert_state(others, power="running")
    assert re.findall("found ([a-z]+)", str(caught.value)) == ["stopped", "deallocated"]


def test_unknown_is_never_as_expected() -> None:
    for expected in ("unknown", "running"):
        with pytest.raises(AssertionError, match="found unknown"):
            assert_state({"statuses": [{"code": "ProvisioningState/creating"}]}, power=expected)


def test_an_input_that_was_skipped_fails() -> None:
    with pytest.raises(AssertionError, match=r"^a.har: unreadable: no document found: the answer has status 404$"):
        assert_state(Skipped(Origin("a.har"), "the answer has status 404"), power="running")


def test_what_has_no_instance_view_fails() -> None:
    for subject in ("{}", {"name": "x"}, httpx.Response(404, text="x", request=httpx.Request("GET", url()))):
        with pytest.raises(AssertionError, match=r"unreadable: |found unknown"):
            assert_state(subject, power="running")


def test_a_mapping_has_dots_and_an_option_names_the_kind() -> None:
    scale_set = {"virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/updating", "count": 2}]}}
    assert_state(scale_set, {"machines.updating": 2}, total=2, kind="vmss", api_version="2024-07-01")
    with pytest.raises(AssertionError, match="a scale set's summary counts provisioning states only"):
        assert_state(scale_set, power="running", kind="vmss")


WRONG: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "facet": ({"powr": "running"}, UnknownNameError, 'unknown facet "powr"; did you mean "power"?'),
    "part": ({"extensions_faild": 0}, UnknownNameError, 'unknown part of extensions "faild"; did you mean "failed"?'),
    "word": ({"power": "runing"}, UnknownNameError, 'power: unknown word "runing"; did you mean "running"?'),
    "number": ({"total": -1}, ValueError, "total takes a whole number of at least 0; found -1"),
    "bool": ({"total": True}, TypeError, "total takes a whole number of at least 0; found True"),
    "two words": ({"power": "running", "POWER": "stopped"}, ValueError, "power is expected to be running and stopped"),
    "type": ({"power": 1}, TypeError, "power takes a word; found 1"),
    "nothing": ({}, TypeError, 'assert_state expects nothing; name a facet, such as power="running"'),
    "kind": ({"power": "running", "kind": "vn"}, UnknownNameError, 'unknown kind "vn"'),
    "api-version": ({"power": "running", "api_version": "1"}, UnknownNameError, 'unknown api-version "1"'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_in_the_call_is_not_a_failure(name: str) -> None:
    choices, kind, message = WRONG[name]
    with pytest.raises(kind, match=f"^{re.escape(message)}"):
        assert_state(VIEW, **choices)


def test_a_mapping_and_a_keyword_may_not_contradict_each_other() -> None:
    assert_state(VIEW, {"power": "running"}, power="running")
    with pytest.raises(ValueError, match="power is expected to be stopped and running"):
        assert_state(VIEW, {"power": "stopped"}, power="running")


def test_unittest_has_it_too() -> None:
    class Case(InstanceViewAssertions, unittest.TestCase):
        def test_right(self) -> None:
            self.assertState(VIEW, power="running")

        def test_wrong(self) -> None:
            self.assertState(VIEW, {"power": "stopped"}, msg="the machine is to stop", kind="vm")

    right, wrong = unittest.TestResult(), unittest.TestResult()
    Case("test_right").run(right)
    Case("test_wrong").run(wrong)
    assert right.wasSuccessful()
    ((_, text),) = wrong.failures
    assert "AssertionError: the machine is to stop\n<document>: running;" in text
    assert "instanceview/testing" not in text
