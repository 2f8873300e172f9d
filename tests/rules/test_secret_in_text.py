"""A value is a secret by its own name, by that beside it, or by that of what holds it."""

from __future__ import annotations

import pytest

from instanceview import check
from instanceview.model.redaction import redact_pointer

CASES: tuple[tuple[object, list[str]], ...] = (
    ({"adminPassword": "hunter2"}, ["/adminPassword"]),
    ({"name": "adminPassword", "value": "hunter2"}, ["/value"]),
    ({"key": "adminPassword", "value": "hunter2"}, ["/value"]),
    ({"name": "colour", "key": "adminPassword", "value": "hunter2"}, []),
    ({"name": "adminPassword", "text": "hunter2"}, []),
    ({"adminPassword": {"value": "hunter2"}}, ["/adminPassword/value"]),
    ({"adminPassword": {"type": "string", "value": "hunter2"}}, ["/adminPassword/value"]),
    ({"adminPassword": {"name": 5, "value": "hunter2"}}, ["/adminPassword/value"]),
    ({"adminPassword": {"name": "colour", "value": "hunter2"}}, []),
    ({"adminPassword": {"text": "hunter2"}}, ["/adminPassword/text"]),
    ({"adminPassword": {"a": [{"b": "hunter2"}], "state": "new"}}, ["/adminPassword/a/0/b"]),
    ({"passwordPolicy": {"text": "hunter2"}}, []),
    ({"adminPassword": ["hunter2", {"value": "hunter3"}]}, ["/adminPassword/0", "/adminPassword/1/value"]),
    ({"adminPassword": 5, "pass": None}, []),
    ({"?sig=Zq7Zq7": "?sig=Zq7Zq8"}, ["/?sig=[redacted]", "/?sig=[redacted]"]),
)


@pytest.mark.parametrize(("value", "pointers"), CASES, ids=[f"{value}" for value, _ in CASES])
def test_a_secret_is_found_by_the_name_that_says_what_it_is(value: object, pointers: list[str]) -> None:
    findings = [
        each for each in check({"vmAgent": {}, "osName": value}, kind="vm").findings if each.rule == "secret-in-text"
    ]
    assert [redact_pointer(each.pointer) for each in findings] == [f"/osName{pointer}" for pointer in pointers]


def test_the_value_of_a_finding_is_that_of_the_document_unless_the_name_of_its_member_says_a_secret() -> None:
    document = {"statuses": [{"code": "a password=hunter2x9"}], "password": "hunter2"}
    malformed, undocumented = (
        next(each for each in check(document, kind="vm").findings if each.rule == rule)
        for rule in ("malformed-status-code", "undocumented-element")
    )
    assert malformed.value == "a password=hunter2x9"
    assert "hunter2" not in malformed.message
    assert undocumented.value == "[redacted]"
