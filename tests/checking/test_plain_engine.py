"""The engine for few values finds the violations that the reference engine finds."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from checkout import CONFORMANT, PAGE, ROOT
from spoilt import spoil

from instanceview.checking.engines import checking_schema
from instanceview.checking.engines.plain import KEYWORDS, plain_engine
from instanceview.checking.engines.reference import reference_engine
from instanceview.tables.catalog import schema, schemas_folder, versions_of
from instanceview.tables.kinds import KINDS, MACHINES

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = sorted(
    path for folder in (CONFORMANT, PAGE) for path in folder.glob("*/*.json") if path.name.startswith(KINDS)
)


def assert_same(rule: dict[str, Any], value: object) -> None:
    assert set(plain_engine(rule)(value)) == set(reference_engine(rule)(value)), (rule, value)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_spoilt_sample_violates_the_same(path: Path) -> None:
    kind = max((kind for kind in KINDS if path.name.startswith(f"{kind}-")), key=len)
    document: dict[str, Any] = json.loads(path.read_bytes())
    random = Random(path.name)  # noqa: S311 (the same in every run, so that a failure repeats)
    for _ in range(20):
        document = spoil(document, random)
        assert_same(schema(kind, path.parent.name), document)
        whole, part = (of(kind, path.parent.name) for of in (schema, checking_schema))
        assert set(reference_engine(part)(document)) == set(reference_engine(whole)(document))


VALUES = [
    None,
    True,
    0,
    1,
    2**31,
    1.0,
    0.5,
    "",
    "1",
    "1\n",
    "Info",
    "info",
    [],
    ["1"],
    [1, None],
    {},
    {"a": "1"},
    {"b": 1},
]
RULES: list[dict[str, Any]] = [
    {"type": "integer", "maximum": 5},
    {"type": ["integer", "null"], "minimum": 1},
    {"type": "number"},
    {"enum": ["Info", None]},
    {"const": 1},
    {"const": "1"},
    {"type": "string", "pattern": "^[0-9]+$", "not": {"type": "string", "pattern": "\\n"}},
    {"type": "array", "items": {"type": "string"}, "minItems": 1},
    {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False},
    {"properties": {"a": {"minLength": 2}, "b": {"type": "null"}}},
    {"$ref": "#/definitions/text", "definitions": {"text": {"type": "string", "minLength": 1}}},
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_value_violates_the_same_keywords(rule: dict[str, Any]) -> None:
    for value in VALUES:
        assert_same(rule, value)


def keywords(rule: dict[str, Any]) -> set[str]:
    held = [*rule.get("properties", {}).values(), *rule.get("definitions", {}).values()]
    held += [rule[name] for name in ("items", "not") if name in rule]
    return set(rule).union(*map(keywords, held))


def test_our_schemas_have_no_other_keyword() -> None:
    schemas = [schema(kind, version) for kind in MACHINES for version in versions_of(kind)]
    schemas += [json.loads((schemas_folder() / name).read_bytes()) for name in ("config.json", "baseline.json")]
    assert set().union(*map(keywords, schemas)) <= KEYWORDS
