"""The gate: a document that it lets pass has no finding, whatever the rules would say one by one."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import judge as judging
from instanceview.catalog import KINDS, api_versions
from instanceview.gate import UNSURE, keys_if_clean
from instanceview.judge import judge
from instanceview.model import Document, Finding, Origin
from instanceview.positions import Source
from instanceview.rules import RULES
from instanceview.shapes import documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def slowly(document: Document, monkeypatch: pytest.MonkeyPatch) -> tuple[Finding, ...]:
    """Return the findings as they are without the gate."""
    with monkeypatch.context() as patched:
        patched.setattr(judging, "keys_if_clean", lambda *_: UNSURE)
        return judge(document)


@cache
def captured(shared: Path) -> list[dict[str, Any]]:
    lines = [(shared / "captures" / "documents" / f"{kind}.ndjson").read_text("utf-8").splitlines() for kind in KINDS]
    return [line for each in lines for line in map(json.loads, each) if line["kind"] == "document"]


def rules_of(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.pointer) for finding in findings]


def test_captures_have_the_same_findings_with_and_without_the_gate(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = 0
    for line in captured(shared):
        for version in (line["apiVersion"], api_versions()[-1]):
            document = Document(line["document"], Origin("x"), line["operation"], version)
            expected = rules_of(slowly(document, monkeypatch))
            assert rules_of(judge(document)) == expected, line["id"]
            passed += not expected
    assert passed > 5000


def spoilt(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 (any JSON value)
    """Yield the path of every scalar in a value."""
    if isinstance(value, (dict, list)):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from spoilt(item, (*path, step))
    else:
        yield path


OTHER_VALUES = (
    "",
    "Info",
    "Warning",
    "PowerState/running",
    "ProvisioningState/succeeded",
    "<null>",
    "Unknown",
    -1,
    None,
)


def test_a_change_of_one_value_is_never_missed(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in captured(shared)[::150]:
        for number, path in enumerate(spoilt(line["document"])):
            body = deepcopy(line["document"])
            holder = body
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = OTHER_VALUES[number % len(OTHER_VALUES)]
            document = Document(body, Origin("x"), line["operation"], line["apiVersion"])
            assert rules_of(judge(document)) == rules_of(slowly(document, monkeypatch)), (line["id"], path)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('{"statuses": [{"code": "PowerState/running"}]}', 2),
        ('{"statuses": [{"code": "PowerState/running"}], "statuses": [{"code": "PowerState/running"}]}', 2),
        ('{"statuses": [{"code": "PowerState/running", "code" : "PowerState/running"}]}', 2),
    ],
)
def test_a_repeated_key_is_found_although_its_value_is_fine(text: str, keys: int) -> None:
    (document,) = documents(text.encode(), json.loads(text), Origin("x"), Source(text))
    assert isinstance(document, Document)
    assert keys_if_clean("vmss-vm", "2024-07-01", json.loads(text)) == keys
    assert rules_of(judge(document)) == ([("duplicate-key", "/statuses")] * (text.count('"statuses"') - 1)) + (
        [("duplicate-key", "/statuses/0/code")] * (text.count('"code"') - 1 if 'code" :' in text else 0)
    )


def test_a_rule_that_looks_at_more_than_a_value_says_which_members_decide() -> None:
    wide = {"status", "statuses", "named", "document"}
    silent = [rule.name for rule in RULES if wide & set(rule.hooks) and not rule.reads]
    assert silent == ["secret-in-text"]
