"""The engine for few values finds the violations that the reference engine and the compiled one find.

The compiled engine hands over to it, so that it is given each schema and each value that the compiled one is.
"""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from checkout import CONFORMANT, PAGE, ROOT
from spoilt import spoil

from instanceview.checking.coverage.oddities import strict_schema
from instanceview.checking.engines import checking_schema
from instanceview.checking.engines.compiled import compiled_engine
from instanceview.checking.engines.plain import KEYWORDS, plain_engine
from instanceview.checking.engines.reference import reference_engine
from instanceview.running.configuration import problems
from instanceview.tables.catalog import schema, schemas_folder, versions_of
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.places.spans import Path as Steps

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


VALUES: list[object] = [
    *(None, True, False, 0, 1, -1, 2**31, 2**64 - 1, 1.0, -0.0, 0.5, 1e300),
    *("", "1", "1\n", "\n1", "\u0661", "Info", "info", "Info\n", "\n", "\0", "/a/~1", "/~", "50%", "50%\n"),
    *(
        "a/b",
        "a/b\n",
        "a/b\r",
        "a/b\u0085",
        "\u2028a/b",
        " a/b",
        "a/\ud800",
        "\ud800",
        "ComponentStatus/a",
        "a\u017f/b",
    ),
    *("ComponentStatus/a", "wrong-type", "wrong-type\n", "0123456789abcdef", "0123456789abcdef\n"),
    *([], ["1"], [1, None], [[[]]], {}, {"a": "1"}, {"b": 1}, {"": 1}, {"0": "x"}, {chr(0xD800): "x", chr(0xD801): 1}),
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
    {"additionalProperties": {"type": "integer"}},
    {"$ref": "#/definitions/text", "definitions": {"text": {"type": "string", "minLength": 1}}},
]


def of_file(name: str) -> dict[str, Any]:
    rule: dict[str, Any] = json.loads((schemas_folder() / name).read_bytes())
    return rule


def assert_same_as_compiled(rule: dict[str, Any], value: object) -> None:
    assert set(plain_engine(rule)(value)) == set(compiled_engine(rule)(value)), (rule, value)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_value_violates_the_same_keywords(rule: dict[str, Any]) -> None:
    for value in VALUES:
        assert_same_as_compiled(rule, value)


# A map is in the first, all forms of codes are in the second, and the last ones are those of our own files.
WHOLE = {
    **{kind: checking_schema(kind, versions_of(kind)[-1]) for kind in ("capacity-reservation", "vm", "vmss")},
    "members of vm": strict_schema(tree("vm"), versions_of("vm")[-1]),
    "baseline": of_file("baseline.json"),
    "configuration": problems.schema_of_lists(),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_value_at_any_place_of_a_schema_violates_the_same(name: str) -> None:
    whole = WHOLE[name]
    plain, compiled = plain_engine(whole), compiled_engine(whole)
    for path in places(whole, whole, ()):
        for value in VALUES:
            body = value
            for step in reversed(path):
                body = {step: body} if isinstance(step, str) else [body]
            assert set(plain(body)) == set(compiled(body)), (path, value)


def places(rule: dict[str, Any], root: dict[str, Any], path: Steps) -> Iterator[Steps]:
    """Yield the path of each value that a schema describes."""
    if "$ref" in rule:
        rule = root["definitions"][rule["$ref"].rpartition("/")[2]]
    yield path
    others = rule.get("additionalProperties")
    names = rule.get("properties", {}) | ({"other": others} if isinstance(others, dict) else {})
    for name, each in names.items():
        yield from places(each, root, (*path, name))
    if "items" in rule:
        yield from places(rule["items"], root, (*path, 0))


def parts(rule: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema and those in it."""
    yield rule
    held = [*rule.get("properties", {}).values(), *rule.get("definitions", {}).values(), *rule.get("allOf", ())]
    held += [rule[name] for name in ("items", "not", "additionalProperties") if isinstance(rule.get(name), dict)]
    for each in held:
        yield from parts(each)


def test_our_schemas_have_no_keyword_that_it_does_not_know() -> None:
    schemas = [schema(kind, version) for kind in KINDS for version in versions_of(kind)]
    every = [part for whole in (*schemas, *WHOLE.values()) for part in parts(whole)]
    assert set().union(*every) <= KEYWORDS
    # What it takes for granted: each of these says all that it says in this form.
    assert all(len(part["allOf"]) == 1 for part in every if "allOf" in part)
    assert all({} in part["anyOf"] for part in every if "anyOf" in part)
    assert all(part["additionalProperties"] != {} for part in every if "additionalProperties" in part)
    assert all("$ref" not in inner for part in every if "not" in part for inner in parts(part["not"]))
    assert all(isinstance(each, str | None) for part in every for each in part.get("enum", ()))
