"""A status counts for its entry of the vocabulary, and breaks exactly the facts of that which differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from instanceview.checking.coverage import CoverageCounter
from instanceview.checking.coverage.codes import entry_of
from instanceview.model.document import Origin
from instanceview.model.tables import Tables
from instanceview.tables.elements import tree
from instanceview.tables.known_codes import COMPONENT, NUMBER, vocabulary

if TYPE_CHECKING:
    from instanceview.literals import KindName
    from instanceview.model.coverage import Coverage
    from instanceview.tables.known_codes import KnownCode

ENTRIES = [(kind, code) for code in vocabulary() for kind in code.kinds]
TIME = "2024-07-01T00:00:00+00:00"


def covered(kind: KindName, place: str, *statuses: dict[str, Any]) -> Coverage:
    """Return the coverage of a document with statuses at a place."""
    counter, origin, newest = CoverageCounter(), Origin("a.json"), tree(kind)
    for status in statuses:
        element, path = newest, place.split(".")
        lists = []
        for name in path:
            element = element.children[name]
            lists.append(element.member.type == "array")
        value: Any = status
        for name, is_list in zip(reversed(path), reversed(lists), strict=True):
            value = {name: [value] if is_list else value}
        counter.add(value, Tables(kind, "2024-07-01", "option"), origin, "JSON", fits=True)
    return counter.coverage()


def written(code: KnownCode) -> str:
    return code.code.replace(COMPONENT, "StdOut").replace(NUMBER, "-7")


def as_known(code: KnownCode) -> dict[str, Any]:
    """Return a status that has what the vocabulary says of its code."""
    status: dict[str, Any] = {"code": written(code).upper() if "/" in code.code else code.code}
    status |= {"level": code.level} if code.level else {}
    status |= {"displayStatus": code.display_texts[-1].upper()} if code.display_texts else {}
    return status | ({"time": TIME} if code.time == "always" else {})


@pytest.mark.parametrize(("kind", "code"), ENTRIES, ids=[f"{kind} {code.place} {code}" for kind, code in ENTRIES])
def test_a_status_breaks_the_facts_that_it_does_not_have(kind: KindName, code: KnownCode) -> None:
    status = as_known(code)
    if "time" in tree(kind).children.get("statuses", tree(kind)).children and "Summary" not in code.place:
        facts: dict[str, tuple[bool, Any]] = {
            "level": (bool(code.level), "Notice"),
            "displayStatus": (bool(code.display_texts), "another text"),
            "time": (code.time in {"always", "never"}, TIME),
        }
    else:
        facts = {}
    ((key, count),) = covered(kind, code.place, status).codes.items()
    assert (key.code, count.times, count.breaking) == (code.code, 1, {})
    for name, (is_known, other) in facts.items():
        changed = {key: value for key, value in status.items() if key != name}
        if name not in status or name != "time":
            changed[name] = other
        (count,) = covered(kind, code.place, changed).codes.values()
        assert set(count.breaking) == ({name} if is_known else set()), name


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("ProvisioningState/failed/-7", "ProvisioningState/failed"),
        ("PowerState/running/7", "PowerState/running"),
        ("ProvisioningState/failed/allocationfailed", "ProvisioningState/failed/AllocationFailed"),
        ("ProvisioningState/failed/New", ""),
        ("PowerState/running/-", ""),
        ("PowerState/flying", ""),
        ("HealthState/healthy", ""),
        ("running", ""),
        ("StorageAccountNotFound", ""),
        ("a/b/c/d", ""),
        ("", ""),
    ],
)
def test_a_number_belongs_to_its_state_and_another_word_is_a_code_of_its_own(code: str, entry: str) -> None:
    coverage = covered("vm", "statuses", {"code": code})
    assert [key.code for key in coverage.codes] == ([entry] if entry else [])
    assert [key.code for key in coverage.others] == ([] if entry else [code])


@pytest.mark.parametrize("code", ["PowerState/running", "running", ""])
def test_a_place_without_a_vocabulary_has_no_entry(code: str) -> None:
    assert entry_of("vm", "none", code) == ""


def test_codes_count_by_their_form() -> None:
    codes = {
        "PowerState/running": "Category/state",
        "ProvisioningState/failed/1": "Category/state/detail",
        "ComponentStatus/StdOut/succeeded": "ComponentStatus/component/state",
        "ComponentStatus/StdOut/succeeded/1": "ComponentStatus/component/state/code",
        "Some": "ErrorCode",
        "a//b": "malformed",
    }
    rows = covered("vm", "extensions.substatuses", *({"code": code} for code in (*codes, *codes))).rows
    (formats,) = (row.formats for key, row in rows.items() if key.element == "extensions.substatuses.code")
    assert formats == dict.fromkeys(codes.values(), 2)
