"""A `$schema` member at the root of a document is for editors: `check` ignores it, by every route."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from checkout import SAMPLES
from jsonschema import Draft7Validator

from instanceview import check, check_path, check_text, schema
from instanceview.checking.gate import text_gate
from instanceview.tables.catalog import versions_of
from instanceview.tables.kinds import MACHINES, is_of_page

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.model.report import Report

NAMES: list[object] = ["./vmss-vm.schema.json", "https://a.example/s.json", "<schema>", "", 1, None, {"a": 1}, ["b"]]
VIEW: dict[str, Any] = {"statuses": [{"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}]}
EVERY = sorted([*SAMPLES.glob("conformant/*/*.json"), *SAMPLES.glob("nonconformant/*/*.json")])
FILES = [path for path in EVERY if path.read_bytes().lstrip().startswith(b"{")]


def facts(report: Report) -> list[tuple[str, str, str]]:
    return [(each.rule, each.pointer, each.message) for each in report.findings]


def without_places(report: Report) -> tuple[object, ...]:
    return report.documents, [each.reason for each in report.unreadable], [each.reason for each in report.skipped]


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_no_value_of_it_is_a_finding(name: object) -> None:
    for view in ({"$schema": name, **VIEW}, {**VIEW, "$schema": name}):
        for report in (check(view), check_text(json.dumps(view)), check_text(yaml.safe_dump(view))):
            assert (report.documents, report.findings, report.unreadable) == (1, (), ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_with_it_has_the_findings_that_it_has_without(path: Path) -> None:
    own: dict[str, Any] = json.loads(path.read_bytes())
    plain, named = (check_text(json.dumps(each)) for each in (own, {"$schema": "./s.json", **own}))
    assert facts(named) == facts(plain)
    assert without_places(named) == without_places(plain)
    assert facts(check({"$schema": "./s.json", **own})) == facts(check(own))


def test_findings_beside_it_are_at_their_places() -> None:
    (found,) = check_text('{"$schema": "./s.json", "statuses": [],\n "disk": []}').findings
    assert (found.rule, found.pointer, found.origin.line, found.origin.column) == ("misspelt-element", "/disk", 2, 2)


def test_a_modeline_is_a_comment() -> None:
    report = check_text("# yaml-language-server: $schema=./s.json\nstatuses:\n- code: PowerState/runing\n")
    assert [(each.rule, each.origin.line) for each in report.findings] == [("unknown-state", 3)]


def test_below_the_root_it_is_a_member_like_others() -> None:
    (found,) = check({"vmAgent": {"vmAgentVersion": "2.7.41491.1010", "$schema": "./s.json"}}).findings
    assert (found.rule, found.pointer) == ("undocumented-element", "/vmAgent/$schema")


def test_it_says_nothing_of_what_a_value_is(tmp_path: Path) -> None:
    weak = {"osName": "Linux", "name": "a", "size": "b"}
    for name, value in {"view": VIEW, "weak": weak, "other": {"resources": []}, "empty": {}}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(value), "utf-8")
    plain = check_path(tmp_path)
    for path in tmp_path.iterdir():
        path.write_text(json.dumps({"$schema": "./s.json", **json.loads(path.read_bytes())}), "utf-8")
    named = check_path(tmp_path)
    assert plain.documents == 1
    assert (named.documents, len(named.skipped), named.findings) == (plain.documents, len(plain.skipped), ())


@pytest.mark.parametrize("kind", MACHINES)
def test_the_fast_path_passes_it(kind: str) -> None:
    version = next(each for each in reversed(versions_of(kind)) if not is_of_page(kind, each))
    gate = text_gate(kind, version)
    level = {"level": "Info"}
    view = {"statuses": [{"code": "ProvisioningState/succeeded", "displayStatus": "Provisioning succeeded", **level}]}
    assert gate(json.dumps(view).encode())
    assert gate(json.dumps({"$schema": "./s.json", **view}).encode())
    assert not gate(json.dumps({"$schem": "./s.json", **view}).encode())
    assert not gate(b'{"$schema": "./a.json", "$schema": "./b.json"}')


@pytest.mark.parametrize("kind", MACHINES)
def test_the_schemas_allow_it_as_a_text_at_the_root_alone(kind: str) -> None:
    for version in versions_of(kind):
        validator = Draft7Validator(schema(kind, version))
        assert validator.is_valid({"$schema": "./s.json"})
        assert not validator.is_valid({"$schema": 1})
        assert not validator.is_valid({"statuses": [{"$schema": "./s.json"}]})
