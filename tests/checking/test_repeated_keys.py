"""A repeated key is found however it is written, and a plain text is not searched for one without need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from drawn import JSON_VALUES, Writer, values_at, writers
from hypothesis import given, settings

from instanceview import check_text
from instanceview.places.compact import may_repeat_keys
from instanceview.places.source import Source
from instanceview.reading.json_texts.parse import parse

if TYPE_CHECKING:
    from instanceview.places.spans import Path

# The path, and the line and column of the first key and of the repeated one.
Repeated = tuple["Path", tuple[int, int], tuple[int, int]]
DUPLICATES: dict[str, list[Repeated]] = {
    '{"a": 1, "A": 2, "b": {"a": 3}}': [],
    '{"a": 1,\n "a": 2}': [(("a",), (1, 2), (2, 2))],
    '{"a": 1, "\\u0061": 2, "a": 3}': [(("a",), (1, 2), (1, 10)), (("a",), (1, 2), (1, 23))],
    '[{"x": {"": 0}}, {"x": {"": 1, "": 2}}]': [((1, "x", ""), (1, 25), (1, 32))],
    '{"a": {"b": 1}, "a": {"b": 2, "b": 3}}': [(("a",), (1, 2), (1, 17)), (("a", "b"), (1, 23), (1, 31))],
    # The value of the first of two equal keys is lost, so its own repeated keys have no place in the document.
    '{"a": {"b": 1, "b": 2}, "a": {"c": 3}}': [(("a",), (1, 2), (1, 25))],
    '{"a": [{"b": 1, "b": 2}], "a": []}': [(("a",), (1, 2), (1, 27))],
    '{"a": {"b": {"c": 1, "c": 2}}, "a": {"b": {"c": 3}}}': [(("a",), (1, 2), (1, 32))],
}


@pytest.mark.parametrize(("text", "expected"), DUPLICATES.items(), ids=DUPLICATES)
def test_every_repeated_key_of_a_text(text: str, expected: list[Repeated]) -> None:
    source = Source(text)
    place = source.line_and_column
    assert [(each.path, place(each.first), place(each.key)) for each in source.spans().duplicates] == expected


@pytest.mark.parametrize(("text", "expected"), DUPLICATES.items(), ids=DUPLICATES)
def test_every_repeated_key_is_one_finding_at_its_last_place(text: str, expected: list[Repeated]) -> None:
    report = check_text(f'{{"vmAgent": {{"x": {text}}}}}')
    last = {path: key for path, _, key in expected}
    found = [finding for finding in report.findings if finding.rule == "duplicate-key"]
    assert sorted((finding.origin.line, finding.origin.column) for finding in found) == sorted(
        (line, column + len('{"vmAgent": {"x": ') * (line == 1)) for line, column in last.values()
    )


REPEATS = {
    '{"a": 1, "b": 1}': False,
    '{"a": "a\\":"}': False,
    '[{"a": 1}, {"a": 1}]': False,
    '{"a": 1, "a": 1}': True,
    '{"a": 1, "a" : "x"}': True,
    '{"a": 1, "a"\n: "x"}': True,
    '{"a": 1, "\\u0061": 1}': True,
    '{"a": {"b": 1}, "a": "b\\":"}': True,
    '{"a": 1, "a": "x\\u0022:"}': True,
    '{"a": 1, "a": "x\\"\\u003a"}': True,
    '{"a": 1, "a": "x\\"\\u003A"}': True,
    '{"\\u0022": 1, "\\"": "\\":"}': True,
}


@pytest.mark.parametrize(("text", "expected"), REPEATS.items(), ids=REPEATS)
def test_whether_a_text_may_repeat_a_key(text: str, expected: bool) -> None:  # noqa: FBT001 (a table's column)
    data = text.encode()
    assert may_repeat_keys(data, parse(data)) == expected


def repeated_paths(text: str) -> set[Path]:
    """Return the paths of the repeated keys in the value that the standard library reads, which keeps the last."""

    class Members(dict[str, object]):
        repeated: frozenset[str]

    def members(pairs: list[tuple[str, object]]) -> Members:
        result = Members(pairs)
        names = [name for name, _ in pairs]
        result.repeated = frozenset(name for name in names if names.count(name) > 1)
        return result

    value = json.loads(text, object_pairs_hook=members)
    return {(*path, name) for path, item in values_at(value) if isinstance(item, Members) for name in item.repeated}


@settings(max_examples=600, deadline=None, database=None)
@given(JSON_VALUES, writers(repeats=True))
def test_no_repeated_key_is_missed(value: object, writer: Writer) -> None:
    text = writer.write(value)
    expected = repeated_paths(text)
    assert {duplicate.path for duplicate in Source(text).spans().duplicates} == expected
    if expected:
        assert may_repeat_keys(text.encode(), parse(text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        '{"$schema": "a", "$schema": "b", "osName": "a", "osName": "b"}',
        '{"additionalProperties": 1, "additionalProperties": 2, "isVmInStandbyPool": 1, "osName": "a", "osName": "b"}',
    ],
    ids=["for editors", "added by the az CLI"],
)
def test_a_member_that_is_not_checked_may_be_repeated_and_those_after_it_may_not(text: str) -> None:
    findings = check_text(text, kind="vm").findings
    assert [each.pointer for each in findings if each.rule == "duplicate-key"] == ["/osName"]


def test_a_repeated_key_beside_the_view_in_its_resource_is_not_checked() -> None:
    resource = '{"id": "/providers/Microsoft.Compute/availabilitySets/a", "properties": %s}'
    text = resource % '{"statuses": [{"code": "a", "code": "b"}], "other": {"x": 1, "x": 2}}'
    report = check_text(text)
    assert report.unreadable == ()
    assert [each.pointer for each in report.findings if each.rule == "duplicate-key"] == ["/statuses/0/code"]
