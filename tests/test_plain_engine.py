"""What is certain without a library is so with both engines, and it is certain of every document that conforms."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from spoilt import spoil

from instanceview.catalog import KINDS, schema
from instanceview.engines.plain import fulfils
from instanceview.engines.reference import reference

CONFORMANT = Path(__file__).parents[1] / "samples" / "conformant"
SAMPLES = sorted(path for path in CONFORMANT.rglob("*.json") if path.name.startswith(KINDS))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.relative_to(CONFORMANT).as_posix())
def test_a_spoilt_sample_fulfils_the_schema_only_where_the_reference_says_so(path: Path) -> None:
    kind = next(kind for kind in KINDS if path.name.startswith(f"{kind}-"))
    tables = schema(kind, path.parent.name)
    engine = reference(tables)
    document: dict[str, Any] = json.loads(path.read_bytes())
    random = Random(path.name)  # noqa: S311 (the same in every run: what fails once fails again)
    for _ in range(20):
        spoilt = spoil(document, random)
        assert fulfils(tables, spoilt) == (not list(engine(spoilt))), spoilt


VALUES = [None, True, 0, 2**31, 1.0, 0.5, "", "1", "1\n", "Info", "info", [], ["1"], [1], {}, {"a": "1"}, {"b": 1}]
RULES: list[dict[str, Any]] = [
    {"type": "integer", "maximum": 5},
    {"type": ["integer", "null"], "minimum": 1},
    {"enum": ["Info", None]},
    {"type": "string", "pattern": "^[0-9]+$", "not": {"type": "string", "pattern": "\\n"}},
    {"type": "array", "items": {"type": "string"}},
    {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False},
    {"$ref": "#/definitions/text", "definitions": {"text": {"type": "string"}}},
    {"minLength": 1},
    {"not": {"type": "null"}},
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_no_value_fulfils_a_rule_that_the_reference_says_it_fails(rule: dict[str, Any]) -> None:
    engine = reference(rule)
    assert [value for value in VALUES if fulfils(rule, value) and list(engine(value))] == []
