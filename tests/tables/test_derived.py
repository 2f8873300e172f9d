"""The derived files are those that the tables give, and every schema keeps to what all validators understand."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from jsonschema import Draft7Validator
from program import environment
from schema_nodes import checking

import instanceview
from instanceview import registry, schema
from instanceview.derive import for_editors, indexes
from instanceview.literals import ApiVersion, KindName
from instanceview.tables.catalog import kinds_at, known_versions, schemas_folder, versions_of
from instanceview.tables.descent import line_of
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KINDS
from instanceview.tables.status_code import StatusCode
from instanceview.tables.vocabulary import categories_by_element, state_of
from instanceview.tables.yaml_tables import derive

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.tables.vocabulary import Category

FOLDER = schemas_folder()
BY_HAND = {
    "README.md",
    "api-versions-of.yaml",
    "api-versions.yaml",
    "baseline.json",
    "captures.yaml",
    "coverage.json",
    "elements.json",
    "manifest.json",
    "report.json",
    "state.json",
    "sources.yaml",
    "status-codes.json",
    "states.yaml",
    "status-codes.yaml",
    "vocabulary.json",
}
ALL = [(version, kind) for version in known_versions() for kind in kinds_at(version)]
PAGE = ("2016-04-30-preview", "vmss-vm")
PAGE_ONLY = {"platformUpgradeDomain", "windowsConfiguration"}
ANNOTATIONS = {"description", "examples"}
KEYWORDS = {
    *("$ref", "type", "enum", "format", "minimum", "maximum", "pattern", "not", "items"),
    *("properties", "required", "additionalProperties"),
}
ROOT_KEYWORDS = {"$schema", "$id", "title", "definitions"}

each_schema = pytest.mark.parametrize(("version", "kind"), ALL, ids=[f"{version}-{kind}" for version, kind in ALL])


def subschemas(written: dict[str, Any], path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema inside a schema as it checks, with its JSON pointer; a member `type` is not a keyword."""
    node = checking(written)
    yield path, node
    for keyword in ("properties", "definitions"):
        for name, inner in node.get(keyword, {}).items():
            yield from subschemas(inner, f"{path}/{keyword}/{name}")
    for keyword in ("items", "not"):
        if keyword in node:
            yield from subschemas(node[keyword], f"{path}/{keyword}")


def raw(node: object) -> Iterator[dict[str, Any]]:
    """Yield every object in a schema as it is written, the mappings of `properties` and `definitions` too."""
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from raw(each)


def types(node: dict[str, Any]) -> list[str]:
    kind = node.get("type", [])
    return kind if isinstance(kind, list) else [kind]


def test_committed_files_are_those_that_the_tables_give() -> None:
    derived = derive(FOLDER)
    committed = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    names = {name for name in committed if not name.startswith("elements/")} - BY_HAND
    assert names - set(indexes()) - set(for_editors()) == set(derived), (
        "a derived file is missing or stale; run python -m instanceview.derive"
    )
    assert set(committed) >= BY_HAND
    differing = [name for name, text in derived.items() if committed[name].read_bytes() != text.encode()]
    assert differing == [], "edited by hand, or not derived again; run python -m instanceview.derive"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the folders with the derived files and their sources."""
    shutil.copytree(FOLDER, tmp_path / "schemas")
    package = Path(instanceview.__file__).parent
    shutil.copytree(package, tmp_path / "validator" / "instanceview", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run_derive(checkout: Path, *arguments: str) -> tuple[int, list[str]]:
    """Return the exit code and the lines of a run of the copy."""
    ran = subprocess.run(
        [sys.executable, "-m", "instanceview.derive", *arguments],
        env={**environment(), "PYTHONPATH": str(checkout / "validator")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout.splitlines()


def test_a_check_names_the_files_that_differ_and_writes_nothing(checkout: Path) -> None:
    assert run_derive(checkout, "--check") == (0, [])
    broken, missing = checkout / "schemas" / "RULES.md", checkout / "validator" / "instanceview" / "literals.py"
    stale = checkout / "schemas" / "2015-06-15" / "other.json"
    broken.write_text("by hand")
    stale.write_text("{}")
    missing.unlink()
    assert run_derive(checkout, "--check") == (
        1,
        [
            "validator/instanceview/literals.py is out of date; run python -m instanceview.derive",
            "schemas/RULES.md is out of date; run python -m instanceview.derive",
            "schemas/2015-06-15/other.json is not a derived file; run python -m instanceview.derive to delete it",
        ],
    )
    assert (broken.read_text(), stale.exists(), missing.exists()) == ("by hand", True, False)
    assert run_derive(checkout)[0] == 0
    assert run_derive(checkout, "--check") == (0, [])


def test_the_types_name_every_kind_and_api_version() -> None:
    assert get_args(KindName) == KINDS
    assert get_args(ApiVersion) == known_versions()


def test_there_is_a_schema_for_every_api_version_and_kind() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"elements"}
    assert folders == set(known_versions())
    assert set(derive(FOLDER)) == {"tables.json", *(f"{version}/{kind}.json" for version, kind in ALL)}


@each_schema
def test_schema_is_valid_draft_07_and_named_by_version_and_kind(version: str, kind: str) -> None:
    content = schema(kind, version)
    assert content["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(content)
    assert content["$id"] == f"https://instanceview.example/schemas/{version}/{kind}.json"
    assert version in content["title"]


@each_schema
def test_schema_uses_standard_keywords_alone(version: str, kind: str) -> None:
    for path, node in subschemas(schema(kind, version)):
        allowed = KEYWORDS | ANNOTATIONS | (ROOT_KEYWORDS if path == "#" else set())
        assert set(node) <= allowed, path
        # In draft-07 a reference hides the keywords beside it, and a keyword without a type may concern other types.
        assert "$ref" not in node or set(node) <= {"$ref", "description"}, path
        assert "$ref" in node or "type" in node, path
        assert path.endswith(("/not", "/items")) or "description" in node, path


@each_schema
def test_schema_refers_to_its_own_definitions_alone(version: str, kind: str) -> None:
    content = schema(kind, version)
    references = {node["$ref"] for _, node in subschemas(content) if "$ref" in node}
    assert references == {f"#/definitions/{name}" for name in content["definitions"]}


@each_schema
def test_schema_is_closed_and_lets_null_stand_for_what_is_optional(version: str, kind: str) -> None:
    content = schema(kind, version)
    objects = [
        (path, node) for path, node in subschemas(content) if "object" in types(node) and "array" not in types(node)
    ]
    assert {path for path, node in subschemas(content) if "properties" in node} == {path for path, _ in objects}
    for path, node in objects:
        assert (node["additionalProperties"] is False) is bool(node["properties"]), path
        for name, member in ((name, checking(each)) for name, each in node["properties"].items()):
            target = content["definitions"][member["$ref"].split("/")[-1]] if "$ref" in member else member
            if name == "$schema":
                assert (path, target["type"]) == ("#", "string")
                continue
            optional = name not in node.get("required", ())
            assert ("null" in types(target)) is optional, f"{path}/properties/{name}"
            assert "enum" not in target or (None in target["enum"]) is optional, f"{path}/properties/{name}"


@each_schema
def test_schema_lists_open_values_and_demands_closed_ones(version: str, kind: str) -> None:
    for path, node in subschemas(schema(kind, version)):
        assert not {"enum", "examples"} <= set(node), path
        for keyword in {"enum", "examples"} & set(node):
            assert "string" in types(node) or keyword == "enum", path
            values = [value for value in node[keyword] if value is not None]
            assert values, path
            assert len(set(values)) == len(values), path
            assert all(isinstance(value, str) and value for value in values), path


@each_schema
def test_what_only_annotates_has_one_of_two_forms(version: str, kind: str) -> None:
    for node in raw(schema(kind, version)):
        if "allOf" in node:
            (only,) = node["allOf"]
            assert set(only) in ({"enum"}, {"$ref"})
        if "anyOf" in node:
            *each, everything = node["anyOf"]
            assert everything == {}
            values = node["allOf"][0]["enum"] if "allOf" in node else node["examples"]
            assert [one["const"] for one in each] == [value for value in values if value is not None]
            assert all(set(one) == {"const", "description"} for one in each)
        if "$ref" in node.get("allOf", [{}])[0]:
            assert set(node) <= {"description", "allOf", "type", "properties"}
            assert set(node["properties"]) == {"code"}
            assert set(node["properties"]["code"]) == {"examples"}
            assert ("null" in types(node)) is node["allOf"][0]["$ref"].endswith("OrNull")


def offers(content: dict[str, Any], written: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield each place below a node that offers codes, with them."""
    node = checking(written)
    node = content["definitions"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    for name, member in node.get("properties", {}).items():
        below = f"{path}.{name}".lstrip(".")
        held = member.get("items", member)
        if "allOf" in held and "properties" in held:
            yield below, held["properties"]["code"]["examples"]
        yield from offers(content, held, below)


@each_schema
def test_every_place_offers_the_codes_that_it_is_known_for(version: str, kind: str) -> None:
    content = schema(kind, version)
    offered = dict(offers(content, content))
    known = categories_by_element(kind)
    at_version = [path for path in known if line_of(kind, path)[-1].documented_at(version)]
    assert sorted(offered) == sorted(at_version)
    for path, codes in offered.items():
        captures = [captures_of(known[path], code) for code in codes]
        assert captures == sorted(captures, reverse=True), path
        assert len(set(codes)) == len(codes), path
        parsed = [StatusCode.parse(code, bare="/" not in code) for code in codes]
        bare = [(code.category.lower(), code.state.lower()) for code in parsed if not code.detail]
        states = {(name, state) for name, category in known[path].items() for state in category.states}
        assert {(name or "errorcode", state) for name, state in bare} == states, path
        assert len(codes) - len(bare) <= 10, path
    if kind in {"vm", "vmss-vm"}:
        assert offered["statuses"][:2] == ["ProvisioningState/succeeded", "PowerState/running"]


def captures_of(categories: Mapping[str, Category], text: str) -> int:
    """Return the number of captures that hold a code at a place, which must know it."""
    code = StatusCode.parse(text, bare="/" not in text)
    state = state_of(categories, code) if code.category else categories["errorcode"].states[code.state.lower()]
    assert state is not None, text
    return (state.details[code.detail.lower()] if code.detail else state).captures


@each_schema
def test_page_has_its_way_at_its_own_version_alone(version: str, kind: str) -> None:
    nodes = list(subschemas(schema(kind, version)))
    names = {name for _, node in nodes for name in node.get("properties", {})}
    either = {path.split("/")[-1] for path, node in nodes if {"integer", "string"} <= set(types(node))}
    assert names & PAGE_ONLY == (PAGE_ONLY if (version, kind) == PAGE else set())
    domains = {"platformUpgradeDomain", "platformUpdateDomain", "platformFaultDomain"}
    assert either == {PAGE: domains, (PAGE[0], "vmss"): {"count"}}.get((version, kind), set())


@pytest.mark.parametrize(("value", "valid"), [("5", True), (5, True), ("5\n", False), ("", False), ("five", False)])
def test_domain_may_be_decimal_text_on_the_page(*, value: object, valid: bool) -> None:
    version, kind = PAGE
    for name in ("platformUpgradeDomain", "platformUpdateDomain", "platformFaultDomain"):
        assert Draft7Validator(schema(kind, version)).is_valid({name: value}) is valid, name


def test_registry_serves_every_schema_by_its_id() -> None:
    schemas = registry()
    assert len(schemas) == len(ALL)
    for version, kind in ALL:
        content = schema(kind, version)
        assert schemas.contents(content["$id"]) == content


@pytest.mark.parametrize("kind", KINDS)
def test_registry_resolves_without_a_network(kind: str) -> None:
    # jsonschema refuses to fetch from a registry of ours, so whatever does not resolve raises.
    reference = {"$ref": schema(kind, versions_of(kind)[-1])["$id"]}
    validator = Draft7Validator(reference, registry=registry())
    errors = sorted(error.json_path for error in validator.iter_errors({"statuses": [{"code": 1}], "disk": []}))
    assert errors == ["$", "$.statuses[0].code"] if "statuses" in tree(kind).children else errors
