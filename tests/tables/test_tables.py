"""The YAML truth: the element tables and the status-code vocabulary are well formed and agree with themselves."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft7Validator

from instanceview.tables.catalog import schemas_folder
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = schemas_folder()
TABLES = sorted((FOLDER / "elements").glob("*.yaml"))
ROW_KEYS = (
    *("about", "type", "format", "table", "items", "values", "values_since", "meanings"),
    *("observed_values", "closed", "free_text", "signed", "required"),
    *("since", "until", "observed_since", "text_at", "instead", "basis", "captures"),
)
STATE_KEYS = (
    "about",
    "level",
    "displayStatus",
    "time",
    "timeOf",
    "basis",
    "captures",
    "numbers",
    "components",
    "spellings",
    "details",
    "numbered",
)
NUMBERED_KEYS = ("level", "about", "displayStatus", "time", "basis", "captures")
BASIS = ("page", "service", "observed", "published")


class _OneOfEachKey(yaml.SafeLoader):
    """A loader to which a repeated key is an error; PyYAML keeps the last one in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"line {node.start_mark.line + 1}: a key occurs twice among {keys}"
        return super().construct_mapping(node, deep)


def load(name: str) -> Any:  # noqa: ANN401 (any YAML value)
    return yaml.load((FOLDER / name).read_text("utf-8"), _OneOfEachKey)  # noqa: S506 (a SafeLoader)


def faults(schema_name: str, value: object) -> list[str]:
    schema = json.loads((FOLDER / schema_name).read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return [f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(value)]


def rows() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in TABLES:
        for name, row in load(f"elements/{path.name}")["members"].items():
            yield path.stem, name, row


def in_order(keys: object, order: tuple[str, ...]) -> bool:
    listed = list(keys)  # type: ignore[call-overload]  # a list or a dict
    return bool(listed == [key for key in order if key in listed])


def is_prose(about: str) -> bool:
    """Return whether a text is one sentence or two: a full stop at the end, at most one more before a capital."""
    return re.fullmatch(r"[^\n]+\.", about) is not None and len(re.findall(r"[.!?] [A-Z]", about)) <= 1


@pytest.mark.parametrize("path", TABLES, ids=[path.stem for path in TABLES])
def test_element_table_fits_its_schema_and_its_name(path: Path) -> None:
    table = load(f"elements/{path.name}")
    assert faults("elements.json", table) == []
    assert table["model"] == path.stem
    assert is_prose(table["about"])
    assert in_order(table, ("model", "extends", "about", "members"))


def test_every_row_is_written_in_one_way() -> None:
    for model, name, row in rows():
        where = f"{model}.{name}"
        assert in_order(row, ROW_KEYS), f"{where}: {list(row)}"
        assert in_order(row["basis"], BASIS), f"{where}: {row['basis']}"
        assert ("captures" in row) == ("observed" in row["basis"]), where
        assert is_prose(row["about"]), f"{where}: {row['about']}"
        assert row.get("values_since", {}).keys() <= set(row.get("values", ())), where
        assert list(row.get("meanings", {})) == row.get("values", []), where


def test_every_api_version_named_is_one_of_the_list() -> None:
    versions = load("api-versions.yaml")
    assert versions == sorted(set(versions))
    versions = [*versions, *chain.from_iterable(load("api-versions-of.yaml").values())]
    for model, name, row in rows():
        dates = [row[key] for key in ("since", "until", "observed_since", "text_at") if key in row]
        later = list(row.get("values_since", {}).values())
        assert set(dates + later) <= set(versions), f"{model}.{name}: {dates + later}"
        assert row["since"] <= row.get("until", "~"), f"{model}.{name}"
        assert row.get("observed_since", "") < row["since"], f"{model}.{name}"
        assert all(row["since"] < version for version in later), f"{model}.{name}"


def test_every_table_named_exists_and_every_table_is_part_of_a_document() -> None:
    tables = {path.stem: load(f"elements/{path.name}") for path in TABLES}
    reached: set[str] = set()
    ahead = [kind.model for kind in KIND_VALUES.values()]
    while ahead:
        model = ahead.pop()
        reached.add(model)
        named = {row["table"] for row in tables[model]["members"].values() if "table" in row}
        named |= {tables[model]["extends"]} if "extends" in tables[model] else set()
        ahead += named - reached
    assert reached == set(tables)


def test_a_special_case_has_the_members_of_what_it_extends() -> None:
    tables = {path.stem: load(f"elements/{path.name}") for path in TABLES}
    special = {model: table for model, table in tables.items() if "extends" in table}
    assert sorted(special) == ["BootDiagnosticsStatus", "InstanceViewSubstatus"]
    for table in special.values():
        parent = tables[table["extends"]]["members"]
        assert list(table["members"]) == list(parent)
        for name, row in table["members"].items():
            assert [row["type"], row.get("values")] == [parent[name]["type"], parent[name].get("values")]


def test_a_row_of_the_page_alone_names_the_members_of_the_service() -> None:
    page = {(model, name): row for model, name, row in rows() if row["basis"] == ["page"]}
    versions = {row[key] for row in page.values() for key in ("since", "until")}
    assert versions == {"2016-04-30-preview"}
    inside = page.pop(("WindowsConfiguration", "rdpThumbPrint"))  # the member around it names the service's
    assert "instead" not in inside
    assert {model for model, _ in page} == {"VirtualMachineScaleSetVMInstanceView"}
    members = load("elements/VirtualMachineScaleSetVMInstanceView.yaml")["members"]
    assert {name: row["instead"] for (_, name), row in page.items()} == {
        "platformUpgradeDomain": "platformUpdateDomain",
        "windowsConfiguration": "rdpThumbPrint",
    }
    assert all(row["instead"] in members for row in page.values())


def entries(place: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Yield the name, the entry and the order of keys of every state of a place, its details and numbers included."""
    for category, states in place["categories"].items():
        for state, entry in states.items():
            where = f"{place['element']} {category}/{state}"
            yield where, entry, STATE_KEYS
            yield from ((f"{where}/{name}", detail, STATE_KEYS) for name, detail in entry.get("details", {}).items())
            if "numbered" in entry:
                yield f"{where}/<number>", entry["numbered"], NUMBERED_KEYS


def counted(place: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Return whether an observed entry must have a number of captures; the header of the file names the exceptions."""
    summary = place["element"].endswith("statusesSummary")
    below = [*entry.get("details", {}).values(), entry.get("numbered", {"basis": []})]
    return not summary and not any("observed" in detail["basis"] for detail in below)


def test_vocabulary_fits_its_schema_and_is_written_in_one_way() -> None:
    vocabulary = load("status-codes.yaml")
    assert faults("status-codes.json", vocabulary) == []
    for place in vocabulary["places"]:
        for where, entry, order in entries(place):
            assert in_order(entry, order), f"{where}: {list(entry)}"
            assert in_order(entry["basis"], BASIS), f"{where}: {entry['basis']}"
            assert "captures" not in entry or "observed" in entry["basis"], where
            assert "captures" in entry or "observed" not in entry["basis"] or not counted(place, entry), where
            assert is_prose(entry["about"]), f"{where}: {entry['about']}"
            below = entry.get("details", {}).values()
            assert {basis for detail in below for basis in detail["basis"]} <= set(entry["basis"]), where


def test_vocabulary_names_each_thing_once() -> None:
    vocabulary = load("status-codes.yaml")
    places = [(place["element"], kind) for place in vocabulary["places"] for kind in place["kinds"]]
    assert len(places) == len(set(places))
    used = {category for place in vocabulary["places"] for category in place["categories"]}
    assert used == set(vocabulary["categories"])
    for place in vocabulary["places"]:
        for category, states in place["categories"].items():
            where = f"{place['element']} {category}"
            assert len({state.lower() for state in states}) == len(states), where
            for state, entry in states.items():
                others = entry.get("spellings", [])
                assert {other.lower() for other in others} <= {state.lower()}, f"{where}/{state}"
                assert state not in others, f"{where}/{state}"
