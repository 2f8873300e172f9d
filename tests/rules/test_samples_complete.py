"""The samples cover every rule, every documented member and every api-version with a change."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from checkout import CONFORMANT, PAGE, SAMPLES

from instanceview import api_versions
from instanceview.rules import RULES
from instanceview.tables.catalog import known_versions, schemas_folder
from instanceview.tables.descent import below, walk
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.rules.rule import Rule

NONCONFORMANT = SAMPLES / "nonconformant"
PAGE_SAMPLE = PAGE / "2016-04-30-preview" / "page-sample.json"
TEXT = "get-instance-view-2016-04-30-preview.txt"


def expected(path: Path) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(path.with_suffix(".expected").read_bytes())["findings"]
    return findings


def kind_of(path: Path) -> str:
    return (
        "vmss-vm" if path == PAGE_SAMPLE else max((kind for kind in KINDS if path.name.startswith(f"{kind}-")), key=len)
    )


@cache
def shown(kind: str, api_version: str) -> frozenset[str]:
    """Return the element paths that the samples of a kind and api-version hold, and each `path=text` in them."""
    paths = [path for folder in (CONFORMANT, PAGE) for path in (folder / api_version).glob("*.json")]
    bodies = [json.loads(path.read_bytes()) for path in paths if kind_of(path) == kind]
    places = [place for body in bodies for place in walk(tree(kind), api_version, body)]
    elements = {element.path for _, element, value in places if value is not None}
    return frozenset(elements | {f"{element.path}={value}" for _, element, value in places if isinstance(value, str)})


def test_every_rule_has_nonconformant_samples_and_nothing_else_has() -> None:
    assert sorted(folder.name for folder in NONCONFORMANT.iterdir()) == sorted(rule.name for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_samples_of_a_rule_raise_that_rule_alone(rule: Rule) -> None:
    samples = sorted((NONCONFORMANT / rule.name).glob("*.expected"))
    assert samples
    assert {path.name: {finding["rule"] for finding in expected(path)} for path in samples} == {
        path.name: {rule.name} for path in samples
    }


def changes() -> Iterator[str]:
    """Yield the api-versions at which a table changed: those with new members or values, or without removed members."""
    versions = api_versions()
    yield versions[0]
    for file in sorted((schemas_folder() / "elements").glob("*.yaml")):
        for member in yaml.safe_load(file.read_bytes())["members"].values():
            yield member["since"]
            yield from member.get("values_since", {}).values()
            if "until" in member:
                yield versions[versions.index(member["until"]) + 1]


def test_every_api_version_that_changed_a_table_has_conformant_samples() -> None:
    folders = {folder.name for folder in CONFORMANT.iterdir() if any(folder.glob("*.json"))}
    assert sorted(set(changes()) - folders) == []
    assert sorted(folders - set(known_versions())) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_member_is_in_a_sample_of_the_api_version_that_brought_it(kind: str) -> None:
    elements = list(below(tree(kind)))
    assert elements
    assert [f"{each.path} at {each.since}" for each in elements if each.path not in shown(kind, each.since)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_later_value_is_in_a_sample_of_the_api_version_that_brought_it(kind: str) -> None:
    values = [
        (f"{each.path}={value}", since)
        for each in below(tree(kind))
        for value, since in (each.member.values or {}).items()
    ]
    assert [f"{value} at {since}" for value, since in values if since and value not in shown(kind, since)] == []


def test_documents_as_the_page_shows_them_have_notes_and_only_its_own_sample_has_warnings() -> None:
    severities = {path: {each["severity"] for each in expected(path)} for path in PAGE.rglob("*.expected")}
    assert severities.pop(PAGE_SAMPLE.with_suffix(".expected")) == {"warning", "note"}
    assert set().union(*severities.values()) == {"note"}


def test_the_sample_of_the_page_is_the_one_on_the_page(shared: Path) -> None:
    page = (shared / "page" / TEXT).read_text(encoding="utf-8")
    start = page.index("{", page.index("Status code: 200 (OK)."))
    assert PAGE_SAMPLE.read_text(encoding="utf-8") == page[start : page.index("| Element name |", start)]
