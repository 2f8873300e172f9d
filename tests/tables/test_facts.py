"""The schemas and the vocabulary against the published facts: nothing is missing, nothing is added.

The facts are not committed; where they are absent, a committed digest of what the schemas say stands for them.
After a wanted change of the element tables write it again: python tests/tables/test_facts.py
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from instanceview import StatusCode, api_versions, schema
from instanceview.tables.catalog import KINDS, tables
from instanceview.tables.vocabulary import places, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.tables.vocabulary import State

DIGEST = Path(__file__).with_name("facts.digest.json")
ALL = [(version, kind) for version in api_versions() for kind in KINDS]
INT32 = (-(2**31), 2**31 - 1)

each_schema = pytest.mark.parametrize(("version", "kind"), ALL, ids=[f"{version}-{kind}" for version, kind in ALL])


class Row(NamedTuple):
    """A documented member: its path with [] for arrays, and what may stand there."""

    path: str
    type: str
    format: str
    values: tuple[str, ...] = ()
    closed: bool = False
    required: bool = False


# What the documentation page adds to one document of one version, or has in another way.
PAGE_ROWS = {
    ("2016-04-30-preview", "vmss-vm"): {
        "platformUpgradeDomain": Row("platformUpgradeDomain", "integer|string", "int32"),
        "platformUpdateDomain": Row("platformUpdateDomain", "integer|string", "int32"),
        "platformFaultDomain": Row("platformFaultDomain", "integer|string", "int32"),
        "windowsConfiguration": Row("windowsConfiguration", "string", ""),
    }
}
# The facts give a member's values of all versions; these came later than their member. (A third fact that the paths
# do not show, the version that brought the operation of a VM, is none of a schema: the document is older than it.)
VALUES_SINCE = {
    ("patchStatus.availablePatchSummary.status", "Unknown"): "2020-12-01",
    ("patchStatus.lastPatchInstallationSummary.status", "Unknown"): "2020-12-01",
    ("orchestrationServices[].serviceName", "AutomaticZoneRebalancing"): "2025-04-01",
}


def schema_rows(version: str, kind: str) -> list[Row]:
    content = schema(kind, version)
    return sorted(_members(content, content["definitions"], ""))


def _members(node: dict[str, Any], definitions: dict[str, Any], path: str) -> Iterator[Row]:
    for name, member in node["properties"].items():
        here = f"{path}{name}"
        target = _followed(member, definitions)
        yield _row(here, target, required=name in node.get("required", ()))
        if "items" in target:
            yield from _members(_followed(target["items"], definitions), definitions, f"{here}[].")
        elif "properties" in target:
            yield from _members(target, definitions, f"{here}.")


def _followed(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    followed: dict[str, Any] = definitions[node["$ref"].removeprefix("#/definitions/")] if "$ref" in node else node
    return followed


def _row(path: str, node: dict[str, Any], *, required: bool) -> Row:
    types = [node["type"]] if isinstance(node["type"], str) else node["type"]
    assert ("null" in types) is not required, path
    form = node.get("format") or ("int32" if (node.get("minimum"), node.get("maximum")) == INT32 else "")
    values = tuple(value for value in node.get("enum", node.get("examples", ())) if value is not None)
    return Row(path, "|".join(name for name in types if name != "null"), form, values, "enum" in node, required)


def fact_rows(shared: Path, version: str, kind: str) -> list[Row]:
    rows = {
        fact["path"]: _fact_row(fact, version)
        for fact in read(shared, "elements.csv")
        if fact["document"] == kind and fact["since"] <= version <= (fact["until"] or version)
    }
    return sorted({**rows, **PAGE_ROWS.get((version, kind), {})}.values())


def _fact_row(fact: dict[str, str], version: str) -> Row:
    path, values = fact["path"], fact["enum"].split("|") if fact["enum"] else []
    here = tuple(value for value in values if VALUES_SINCE.get((path, value), "") <= version)
    return Row(path, fact["type"], fact["format"], here, fact["enum_closed"] == "true", fact["required"] == "true")


def read(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digests() -> dict[str, str]:
    """Return a digest of the rows of each schema; json.dumps writes a row in one way."""
    return {
        f"{version}/{kind}": hashlib.sha256(json.dumps(schema_rows(version, kind)).encode()).hexdigest()
        for version, kind in ALL
    }


def test_api_versions_are_those_of_the_facts(shared: Path) -> None:
    assert list(api_versions()) == (shared / "facts" / "api-versions.txt").read_text("utf-8").split()


@each_schema
def test_schema_says_what_the_facts_say(shared: Path, version: str, kind: str) -> None:
    assert schema_rows(version, kind) == fact_rows(shared, version, kind)


def test_schemas_say_what_they_said_when_the_facts_were_at_hand() -> None:
    committed = json.loads(DIGEST.read_text("utf-8"))
    now = digests()
    assert list(committed) == list(now)
    differing = [name for name, digest in now.items() if digest != committed[name]]
    assert differing == [], "after a wanted change, and with the facts at hand, run python tests/tables/test_facts.py"


def place_of(element: str) -> tuple[str, tuple[str, ...]]:
    """Return the place, and the kinds that have it, of an element as status-codes-observed.csv names it."""
    container, _, path = element.rpartition(") ")
    path = path.replace("[]", "")
    if container == "(scale-set summary":
        return path, ("vmss",)
    # The instance view of an extension resource holds the same statuses one level up.
    return (f"extensions.{path}" if container == "(extension resource" else path), ("vmss-vm", "vm")


def classified(element: str, kind: str, code: str) -> tuple[StatusCode, State | None]:
    """Return a code taken apart, and what the vocabulary knows of it at a place."""
    bare = element == "bootDiagnostics.status"
    parsed = StatusCode.parse(code, bare=bare)
    assert str(parsed) == code
    categories = places(kind)[element]
    state = categories["errorcode"].states.get(code.lower()) if bare else state_of(categories, parsed)
    if state is None or parsed.detail is None or is_number(parsed.detail):
        return parsed, state
    return parsed, state.details.get(parsed.detail.lower())


def is_number(detail: str | None) -> bool:
    return re.fullmatch(r"-?[0-9]+", detail or "") is not None


def test_every_observed_code_is_known_at_its_place(shared: Path) -> None:
    elsewhere = set(tables()["statusCodes"]["elsewhere"])
    facts = read(shared, "status-codes-observed.csv")
    assert len(facts) == 118
    for fact in facts:
        where = f"{fact['element']} {fact['code']}"
        if fact["element"].startswith("(dedicated host)"):
            assert fact["code"] in {*elsewhere, "ProvisioningState/succeeded"}, where
            continue
        element, kinds = place_of(fact["element"])
        for kind in kinds:
            parsed, state = classified(element, kind, fact["code"])
            assert state is not None, f"{kind} {where}"
            assert "observed" in state.basis, f"{kind} {where}"
            level = (state.numbered or state).level if is_number(parsed.detail) else state.level
            levels = {pair.split(":")[0] for pair in fact["levels"].split("|")}
            assert levels == {level or "null"}, f"{kind} {where}"


# Where the published codes that belong to the three documents are said to stand.
PUBLISHED_AT = {
    "vm statuses": ("statuses", ("vmss-vm", "vm")),
    "vmss vm statuses": ("statuses", ("vmss-vm",)),
    "extension statuses": ("extensions.statuses", ("vmss-vm", "vm")),
    "extension substatus": ("extensions.substatuses", ("vmss-vm", "vm")),
    "vmHealth": ("vmHealth.status", ("vmss-vm", "vm")),
    "patchStatus.configurationStatuses": ("patchStatus.configurationStatuses", ("vm",)),
}
PAGE_PLACEHOLDER = "ProvisioningState/<handlerStatus>/<code>"


def test_every_published_code_is_known_at_its_place_or_as_of_elsewhere(shared: Path) -> None:
    elsewhere = tables()["statusCodes"]["elsewhere"]
    facts = read(shared, "status-codes-published.csv")
    assert len(facts) == 28
    for fact in facts:
        where = f"{fact['element']} {fact['code']}"
        if fact["code"] == PAGE_PLACEHOLDER:
            assert str(StatusCode.parse(fact["code"])) == fact["code"]
            continue
        if fact["element"] not in PUBLISHED_AT:
            assert fact["code"] in elsewhere, where
            continue
        element, kinds = PUBLISHED_AT[fact["element"]]
        for kind in kinds:
            _, state = classified(element, kind, fact["code"])
            assert state is not None, f"{kind} {where}"
            assert {"page", "published"} & set(state.basis), f"{kind} {where}"


if __name__ == "__main__":
    DIGEST.write_text(json.dumps(digests(), indent=1) + "\n", "utf-8")
