"""A fingerprint is the same when lines, members and documents move, and differs for another finding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import check_path, check_text
from instanceview.model.fingerprint import fingerprint, fingerprinted, value_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from instanceview import Finding

DOCUMENT: dict[str, Any] = {
    "computerName": "web-0",
    "platformFaultDomain": "two",
    "statuses": [{"code": "PowerState/running", "level": "info", "time": None}, {"colour": {"a": 1, "b": 2}}],
    "disks": [{"encryptionSettings": [{"diskEncryptionKey": {}}]}],
}


def of(value: object, **form: Any) -> list[str]:  # noqa: ANN401 (options of json.dumps)
    return sorted(digits_of(check_text(json.dumps(value, **form)).findings))


def digits_of(findings: Iterable[Finding]) -> list[str]:
    return [digits for _, digits in fingerprinted(findings)]


def backwards(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a value with the members of every object in the other order."""
    if isinstance(value, dict):
        return {name: backwards(item) for name, item in reversed(value.items())}
    return [backwards(item) for item in value] if isinstance(value, list) else value


def named(name: str) -> dict[str, Any]:
    return {**DOCUMENT, "computerName": name}


SAME = {
    "indented": of(DOCUMENT, indent=3),
    "members in another order": of(backwards(DOCUMENT)),
    "blank lines before": sorted(digits_of(check_text("\n\n" + json.dumps(DOCUMENT)).findings)),
    "in an array": of([{}, DOCUMENT]),
    "a harmless value changed": of({**DOCUMENT, "osName": "other"}),
}


@pytest.mark.parametrize("change", SAME)
def test_a_fingerprint_stays(change: str) -> None:
    assert len(SAME[change]) > 6
    assert SAME[change] == of(DOCUMENT)


def test_two_members_missing_in_one_object_are_two() -> None:
    missing = [each for each in check_text(json.dumps(DOCUMENT)).findings if each.rule == "missing-element"]
    assert len(missing) == len(set(map(fingerprint, missing))) == 2
    assert len({each.pointer for each in missing}) == 1


CHANGED: dict[str, Any] = {
    "value": {**DOCUMENT, "platformFaultDomain": "three"},
    "type of the value": {**DOCUMENT, "platformFaultDomain": 2.5},
    "value inside an undocumented member": {
        **DOCUMENT,
        "statuses": [DOCUMENT["statuses"][0], {"colour": {"a": 1, "b": 3}}],
    },
}


@pytest.mark.parametrize("what", CHANGED)
def test_one_change_makes_one_new(what: str) -> None:
    before, after = set(of(DOCUMENT)), set(of(CHANGED[what]))
    assert len(after - before) == len(before - after) == 1


def test_documents_of_one_file_may_change_their_order() -> None:
    documents = [named("web-0"), named("web-1"), {"vmAgent": 1}, {"vmAgent": 1}, {"vmAgent": 2}]
    assert of(documents) == of(documents[::-1])
    assert len(set(of(documents))) == len(of(documents)), "no two are equal"
    assert sum(each.endswith(":2") for each in of(documents)) == 1
    assert len(set(of([named("web-2"), *documents[1:]])) - set(of(documents))) == len(of(DOCUMENT))


def test_the_name_of_the_file_counts_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text('{"vmAgent": 1}')
    names = ("a.json", "b.json", "./a.json", str(tmp_path / "a.json"), f"../{tmp_path.name}/a.json")
    a, b, *same = (fingerprint(check_path(name).findings[0]) for name in names)
    assert a != b
    assert set(same) == {a}


def test_any_value_has_a_fingerprint() -> None:
    text = r'{"statuses": "\ud800", "vmAgent": "LONG", "disks": 1e308, "extensions": 123456789012345678901234567890}'
    findings = check_text(text.replace("LONG", "x" * 2**20)).findings
    assert len(set(digits_of(findings))) == len(set(map(value_digest, findings))) == 4
    assert {len(each) for each in digits_of(findings)} == {16}
