"""Spans in a compact text are those that a scan finds, and findings depend on the members that rules read."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest

from instanceview import check_text
from instanceview.places.compact import compact, compact_spans, may_repeat_keys, rewritten
from instanceview.places.source import Source

if TYPE_CHECKING:
    from instanceview.model.finding import Finding

BODIES: tuple[dict[str, object], ...] = (
    {},
    {"a": 1, "b": [], "c": {}, "d": [1, [2.5, None], {"e": True}]},
    {"é": "日本", 'q"\\': [{"\u0001": "\n"}, "𝄞"], "": {"": 0}},
    {"disks": [{"name": "os", "statuses": [{"code": "A/b", "time": "2024-07-01T12:00:00Z"}]}, {"name": "data"}]},
)


@pytest.mark.parametrize("body", BODIES, ids=str)
def test_every_place_in_a_compact_text_is_what_a_scan_finds(body: dict[str, object]) -> None:
    written = compact(body)
    assert written is not None
    scanned = Source(written.decode()).spans()
    assert compact_spans(body, scanned.by_path) == scanned


REWRITTEN: dict[bytes, tuple[bool, bool]] = {
    b'{"a":1,"b":[{"c":":"}]}': (True, False),
    b'{"a":1, "b":[{"c":":"}]}': (False, False),
    b'{"a":2,"a":1,"b":[{"c":":"}]}': (False, True),
    b'{"a":1,"b":[{"c":":"}],"\\u0061":1}': (False, True),
    b'{"a":1,"b":[{"c":"\\u003a"}]}': (False, True),
    b'{"a":1,"b":[{"c":"\\u2010"}]}': (False, False),
    b'{"a":"\\ud800"}': (False, True),
}


@pytest.mark.parametrize("data", REWRITTEN, ids=bytes.decode)
def test_a_text_is_compact_and_may_repeat_a_key(data: bytes) -> None:
    assert rewritten(data, json.loads(data)) == REWRITTEN[data]
    assert may_repeat_keys(data, json.loads(data)) is REWRITTEN[data][1]


def test_a_lone_surrogate_has_no_compact_text() -> None:
    assert compact({"a": "\ud800"}) is None


def found(text: str) -> list[tuple[str, str, int | None, int | None]]:
    """Return the rule, pointer, line and column of each finding."""
    findings = check_text(text, kind="vmss-vm", api_version="2024-07-01").findings
    return [(each.rule, each.pointer, each.origin.line, each.origin.column) for each in findings]


def test_a_repeated_key_is_found_in_a_compact_text() -> None:
    assert found('{"osName":"a","osVersion":1,"osName":"a"}') == [
        ("duplicate-key", "/osName", 1, 29),
        ("wrong-type", "/osVersion", 1, 27),
    ]


@pytest.mark.parametrize("space", ["", " "])
def test_a_place_is_that_of_the_text_as_it_is_written(space: str) -> None:
    (_, _, line, column) = found(f'{{"osName":{space}"é","osVersion":1}}')[0]
    assert (line, column) == (1, 27 + len(space))


def test_a_document_is_checked_again_where_its_deciding_members_have_another_type() -> None:
    statuses = '"statuses":[{"code":"PowerState/deallocated"}]'
    assert [rule for rule, *_ in found(f'{{"placementGroupId":1,{statuses}}}')] == ["wrong-type"]
    assert [rule for rule, *_ in found(f'{{"placementGroupId":"",{statuses}}}')] == []
    assert [rule for rule, *_ in found(f'{{"placementGroupId":"a",{statuses}}}')] == ["deallocated-placement-group"]


def test_a_secret_is_found_in_a_document_whose_rules_reported_nothing_of_the_same_members() -> None:
    assert found('{"computerName":"a"}') == []
    assert [rule for rule, *_ in found('{"computerName":"?sig=abc"}')] == ["secret-in-text"]


def test_a_finding_is_the_same_behind_a_pickle() -> None:
    findings: tuple[Finding, ...] = tuple(check_text('{"osVersion":1,"statusses":[],"disks":[{}, 1]}').findings)
    assert len(findings) > 1
    assert pickle.loads(pickle.dumps(findings)) == findings  # noqa: S301 (made here)
