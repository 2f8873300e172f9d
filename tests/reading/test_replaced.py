"""A value with an instance view whose key repeats is lost for each parser: it is reported, and never passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from instanceview import check_path, check_text

if TYPE_CHECKING:
    from pathlib import Path

VIEW = '{"statuses": [{"code": "PowerState/running", "level": "Info"}]}'
IN_TEXT = json.dumps(VIEW)


@pytest.mark.parametrize(
    ("text", "key", "column", "documents"),
    [
        ('{"a": %s, "a": 1}', "a", 2, 0),
        ('{"a": 1, "b": {"c": [%s], "c": 1, "c": 2}}', "c", 16, 0),
        ('{"a": %s, "a": {"statuses": [{"code": "PowerState/stopped"}]}}', "a", 2, 1),
        ('{"value": [{"instanceView": %s, "instanceView": null}]}', "instanceView", 13, 0),
        (f'{{"a": {IN_TEXT}, "a": 1, "b": {VIEW}}}', "a", 2, 1),
    ],
)
def test_a_view_that_a_repeated_key_replaced_is_unreadable(
    text: str, key: str, column: int, documents: int, tmp_path: Path
) -> None:
    text = text % VIEW if "%s" in text else text
    (tmp_path / "a.json").write_text(text)
    for report in (check_text(text), check_path(tmp_path)):
        assert report.documents == documents
        assert [(each.origin.column, each.reason) for each in report.unreadable] == [
            (column, f'the key "{key}" repeats, so that this value is lost; remove it or rename its key')
        ]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": %s}',
        '{"a": {"b": 1}, "a": {"b": 2}, "c": %s}',
        f'{{"a": {VIEW[:-1]}, "statuses": [{{"code": "PowerState/stopped"}}]}}}}',
    ],
)
def test_other_repeated_keys_are_no_fault_of_the_text(text: str) -> None:
    report = check_text(text % VIEW if "%s" in text else text)
    assert (report.documents, report.unreadable) == (1, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("name", ["a.json", "a.log"])
def test_a_text_of_a_folder_in_another_encoding_is_unreadable(encoding: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(VIEW.encode(encoding))
    reasons = [each.reason for each in check_path(tmp_path).unreadable]
    assert reasons == ["encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8"]
