"""`schemas/config.json` is derived, strict, and accepts the same as the program."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from config_cases import CASES
from documentation import all_blocks
from inside import run
from jsonschema import Draft7Validator

from instanceview.derive import for_editors
from instanceview.rules import RULES
from instanceview.tables.catalog import known_versions, schemas_folder
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = json.loads((schemas_folder() / "config.json").read_text("utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)
# Faults that only the program knows, values that JSON lacks, and a line break, which `$` of Python passes.
BEYOND = {
    *("no pattern", "no set", "longer than a path", "misspelt element", "api-version without quotes", "no number"),
    "share with a line break",
}


def test_it_is_derived_byte_for_byte() -> None:
    assert (schemas_folder() / "config.json").read_text("utf-8") == for_editors()["config.json"]
    Draft7Validator.check_schema(SCHEMA)


def test_it_names_what_there_is() -> None:
    assert SCHEMA["properties"]["api-version"]["enum"] == list(known_versions())
    assert SCHEMA["properties"]["kind"]["enum"] == list(KINDS)
    assert SCHEMA["definitions"]["rule"]["enum"] == [rule.name for rule in RULES]
    assert list(SCHEMA["properties"]["severity"]["properties"]) == [rule.name for rule in RULES]


def nodes(node: object) -> Iterator[dict[str, object]]:
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from nodes(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from nodes(inner)


def test_every_object_is_closed_and_every_setting_described() -> None:
    objects = [node for node in nodes(SCHEMA) if node.get("type") == "object"]
    assert len(objects) == 3
    assert all(node["additionalProperties"] is False for node in objects)
    for properties in (SCHEMA["properties"], SCHEMA["properties"]["per-file"]["items"]["properties"]):
        assert [name for name, node in properties.items() if not node.get("description")] == []


@pytest.mark.parametrize("case", sorted(set(CASES) - BEYOND))
def test_what_the_program_refuses_is_invalid(case: str) -> None:
    assert not VALIDATOR.is_valid(tomllib.loads(CASES[case][0]))


TOML = all_blocks("toml")


def test_a_guide_shows_a_configuration() -> None:
    assert len(TOML) > 0


@pytest.mark.parametrize("block", TOML)
def test_what_guides_show_is_valid_and_taken(block: str, tmp_path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(tomllib.loads(block))] == []
    (tmp_path / ".instanceview.toml").write_text(block, "utf-8")
    ran = run("check", "-", cwd=tmp_path, stdin=b'{"vmAgent": {"statuses": [{"level": "Info"}]}}')
    # The api-version of the configuration has a warning, which its --fail-on counts.
    assert (ran.code, ran.err) == (1, "")
    assert "1 document: 0 conformant" in ran.out


def test_what_the_program_takes_is_valid() -> None:
    text = """
    api-version = "2024-07-01"
    select = ["wrong-type"]
    ignore = "unset-time"
    format = "concise"
    output = "report.txt"
    exclude = "old/"
    severity = { wrong-type = "note" }
    max-findings = 0
    exit-zero = true
    [[per-file]]
    files = ["captures/**"]
    element = "vmAgent.statuses.level"
    ignore = ["level-contradicts-code"]
    [[per-file]]
    files = "2016/*"
    api-version = "2016-04-30-preview"
    kind = "vmss-vm"
    """
    assert [error.message for error in VALIDATOR.iter_errors(tomllib.loads(text))] == []
    assert VALIDATOR.is_valid({})
