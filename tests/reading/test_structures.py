"""Structures that only an instance view has: a value at the edge of each condition, and the one beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from instanceview.reading.structures import is_list_of_words, is_structure

CODE: dict[str, Any] = {"code": "PowerState/x"}
TELLING: tuple[tuple[str, object], ...] = (
    ("patchStatus", {"availablePatchSummary": {"otherPatchCount": 5}}),
    ("maintenanceRedeployStatus", {"isCustomerInitiatedMaintenanceAllowed": False}),
    ("maintenanceRedeployStatus", {"lastOperationMessage": ""}),
    ("maintenanceRedeployStatus", {"lastOperationMessage": "", "a": 1}),
    ("statuses", [CODE]),
    ("statuses", [{"code": "a/b", "level": "Info"}]),
    ("statuses", [{"code": "a/b", "level": "info"}]),
    ("statuses", [5, CODE]),
    ("statuses", [{"displayStatus": "x"}]),
    ("disks", [{"name": "x", "statuses": []}]),
    ("disks", [{"name": "x", "statuses": [CODE]}]),
    ("disks", [{"statuses": [CODE]}]),
    ("vmAgent", {"vmAgentVersion": "x"}),
)
OTHERS: tuple[tuple[str, object], ...] = (
    ("maintenanceRedeployStatus", {"isCustomerInitiatedMaintenanceAllowed": True}),  # as in `{"enabled": true}`
    ("maintenanceRedeployStatus", {"isCustomerInitiatedMaintenanceAllowed": 5}),
    ("maintenanceRedeployStatus", {"lastOperationMessage": "", "a": 1, "b": 2}),
    ("statuses", [{"code": "a/b"}]),
    ("statuses", [{"code": "a/b", "level": "fatal"}]),
    ("statuses", [{"code": 5, "level": "Info"}]),
    ("statuses", [{"code": "ab", "level": "info"}]),
    ("statuses", CODE),
    ("statuses", [{"displayStatus": 5}]),
    ("disks", [{"statuses": []}]),
    ("disks", [{"name": "x"}]),
    ("vmAgent", {"statuses": []}),
    ("vmAgent", {"vmAgentVersion": 5}),
    ("vmAgent", []),
    ("computerName", "x"),
    ("none", {}),
)


@pytest.mark.parametrize(("name", "value"), TELLING, ids=json.dumps)
def test_a_value_that_only_an_instance_view_has_is_evidence(name: str, value: object) -> None:
    assert is_structure(name, value)


@pytest.mark.parametrize(("name", "value"), OTHERS, ids=json.dumps)
def test_a_value_that_others_have_is_not(name: str, value: object) -> None:
    assert not is_structure(name, value)


def test_a_list_of_words_has_none_of_the_objects_that_are_documented() -> None:
    assert all(is_list_of_words(name, ["a"]) for name in ("orchestrationServices", "statuses"))
    others: list[tuple[str, object]] = [("statuses", ["PowerState/x"]), ("statuses", []), ("osName", ["a"])]
    assert not any(is_list_of_words(*each) for each in others)
