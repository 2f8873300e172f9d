"""Published facts of the API beside the rows of the schemas, and the committed digest of these rows."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from checkout import ROOT, NotHereError, shared_folder
from schema_nodes import checking, members

from instanceview import schema
from instanceview.tables.catalog import kinds_at, known_versions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DIGEST = ROOT / "tests" / "tables" / "facts.digest.json"
ALL = [(version, kind) for version in known_versions() for kind in kinds_at(version)]
FAMILY = "family/family-elements.csv"
INT32 = (-(2**31), 2**31 - 1)


class Row(NamedTuple):
    """A documented member: its path with [] for arrays, its type, format and values."""

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
        "windowsConfiguration": Row("windowsConfiguration", "string|object", ""),
        "windowsConfiguration.rdpThumbPrint": Row("windowsConfiguration.rdpThumbPrint", "string", ""),
    },
    ("2016-04-30-preview", "vmss"): {
        f"{path}.statusesSummary[].count": Row(f"{path}.statusesSummary[].count", "integer|string", "int32")
        for path in ("virtualMachine", "extensions[]")
    },
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
    for name, member in members(node).items():
        here = f"{path}{name}"
        target = _followed(member, definitions)
        yield _row(here, target, required=name in node.get("required", ()))
        if "items" in target:
            yield from _members(_followed(target["items"], definitions), definitions, f"{here}[].")
        elif "properties" in target:
            yield from _members(target, definitions, f"{here}.")
        if isinstance(target.get("additionalProperties"), dict):
            yield _row(f"{here}.*", target["additionalProperties"], required=False)


def _followed(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    node = checking(node)
    followed: dict[str, Any] = definitions[node["$ref"].removeprefix("#/definitions/")] if "$ref" in node else node
    return followed


def _row(path: str, node: dict[str, Any], *, required: bool) -> Row:
    types = [node["type"]] if isinstance(node["type"], str) else node["type"]
    assert ("null" in types) is not required, path
    form = (
        node.get("format")
        or ("double" if "number" in types else "")
        or ("int32" if (node.get("minimum"), node.get("maximum")) == INT32 else "")
    )
    values = tuple(value for value in node.get("enum", node.get("examples", ())) if value is not None)
    named = "any" if {"object", "array", "string"} <= set(types) else "|".join(name for name in types if name != "null")
    form = form if named != "any" else ""
    return Row(path, named, form, values, "enum" in node, required)


def fact_rows(shared: Path, version: str, kind: str) -> list[Row]:
    rows = {
        fact["path"]: _fact_row(fact, version)
        for fact in (*read(shared, "elements.csv"), *read(shared, FAMILY))
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


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the digest with the text that it should have; raises NotHereError without the facts."""
    if shared_folder() is None:
        message = "the facts are not here: no shared/ beside the checkout"
        raise NotHereError(message)
    yield DIGEST, json.dumps(digests(), indent=1) + "\n"
