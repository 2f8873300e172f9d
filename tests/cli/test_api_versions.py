"""`instanceview api-versions`: changes that add up, in every format, and operations that answer with each kind."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from command_cases import invoke

from instanceview.cli.commands.differences import versions
from instanceview.cli.commands.tables import rows_at
from instanceview.reading.operation import request_of
from instanceview.tables.catalog import api_versions, versions_of
from instanceview.tables.kinds import MACHINE_VALUES, MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPERATIONS = [(kind, each) for kind, value in MACHINE_VALUES.items() for each in value.operations]
_PROVIDER = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute"


def _content(*arguments: str) -> list[dict[str, Any]]:
    output, exit_code = invoke("api-versions", *arguments, "--format", "json")
    assert exit_code == 0
    content: list[dict[str, Any]] = json.loads(output)["apiVersions"]
    return content


def test_every_api_version_is_listed_with_its_date_and_the_one_before_it() -> None:
    content = _content()
    assert [each["apiVersion"] for each in content] == list(api_versions())
    assert [each["comparedWith"] for each in content] == [None, *api_versions()[:-1]]
    for each in content:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", each["date"])
        assert each["apiVersion"] == each["date"] + "-preview" * each["preview"]
        assert [kind["kind"] for kind in each["kinds"]] == list(MACHINES)


@pytest.mark.parametrize("kind", MACHINES)
def test_the_rows_of_a_kind_are_those_before_with_the_changes(kind: str) -> None:
    before: list[str] = []
    for each in _content("--kind", kind):
        (of_kind,) = each["kinds"]
        now = [element.path for element in rows_at(kind, each["apiVersion"])]
        assert set(of_kind["added"]) == set(now) - set(before)
        assert set(of_kind["removed"]) == set(before) - set(now)
        assert of_kind["elements"] == len(now)
        assert {row["element"] for row in of_kind["changed"]} <= set(now) & set(before)
        before = now


def test_csv_has_what_json_has() -> None:
    in_csv = list(csv.DictReader(io.StringIO(invoke("api-versions", "--format", "csv")[0])))
    in_json = [(each, kind) for each in _content() for kind in each["kinds"]]
    for row, (each, kind) in zip(in_csv, in_json, strict=True):
        assert (row["apiVersion"], row["date"], row["kind"]) == (each["apiVersion"], each["date"], kind["kind"])
        for name in ("added", "removed", "changed"):
            paths = [path["element"] if name == "changed" else path for path in kind[name]]
            assert row[f"{name}Elements"] == "; ".join(paths)
            assert int(row[name]) == len(paths)
        names = [f"{one['name']} with {one['query']}".removesuffix(" with ") for one in kind["operations"]]
        assert row["operations"] == "; ".join(names)


def test_text_and_markdown_have_each_api_version() -> None:
    text, _ = invoke("api-versions")
    assert re.findall(r"^(\d[\d-]+(?:-preview)?)(?::|$)", text, re.MULTILINE) == list(api_versions())
    assert max(map(len, text.splitlines())) <= 80
    rows = invoke("api-versions", "--format", "markdown")[0].splitlines()[2:]
    expected = [f"| {version} | {kind} |" for version in api_versions() for kind in MACHINES]
    assert [re.match(r"\| [^|]+ \| [^|]+ \|", row)[0] for row in rows] == expected  # type: ignore[index]


@pytest.mark.parametrize("version", api_versions())
def test_one_api_version_has_its_changes_and_operations_in_full(version: str) -> None:
    text, exit_code = invoke("api-versions", version)
    assert exit_code == 0
    (found,) = [each for each in versions(MACHINES) if each.name == version]
    for difference in found.differences:
        block = next(each for each in text.split("\n\n") if each.startswith(f"{difference.kind} "))
        if found.before:
            assert re.findall(r"^  \+ (\S+) ", block, re.MULTILINE) == [each.path for each in difference.added]
            assert re.findall(r"^  - (\S+) ", block, re.MULTILINE) == [each.path for each in difference.removed]
        named = re.findall(r"^  GET (\w+) \(since (\S+)\)$", block, re.MULTILINE)
        operations = [each for each in MACHINE_VALUES[difference.kind].operations if each.since <= version]
        assert named == [(each.name, each.since) for each in operations]


@pytest.mark.parametrize(("kind", "operation"), OPERATIONS)
def test_the_request_of_an_operation_is_recognised_as_one_for_its_kind(kind: str, operation: Any) -> None:  # noqa: ANN401
    url = re.sub(r"\{\w+\}", "a", f"{_PROVIDER}/{operation.url}?{operation.query}&api-version={operation.since}")
    request = request_of(url)
    assert (request.kind, request.is_for_view, request.embedded) == (kind, True, bool(operation.query))
    assert operation.since in versions_of(kind)


def _captured(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield the URL and api-version of each captured request for a view."""
    for kind in MACHINES:
        with (shared / "captures" / "documents" / f"{kind}.ndjson").open("rb") as lines:
            for line in lines:
                row = json.loads(line)
                if row["real"] and "/providers/" in (row["requestUrl"] or ""):
                    yield row["requestUrl"], row["apiVersion"]


def test_every_captured_request_is_of_a_listed_operation(shared: Path) -> None:
    shapes = {
        (re.sub(r"\{\w+\}", "*", each.url).lower(), each.query.lower().removeprefix("$")): each.since
        for _, each in OPERATIONS
    }
    early, unknown = set(), set()
    for url, version in set(_captured(shared)):
        path, _, query = url.partition("?")
        below = path.lower().rpartition("/providers/microsoft.compute/")[2]
        rest = re.sub("(virtualmachines|virtualmachinescalesets)/[^/]+", r"\1/*", below)
        expand = re.search(r"expand=instanceview", query.lower())
        since = shapes.get((rest, expand[0] if expand else ""))
        if since is None:
            unknown.add(rest)
        elif version < since:
            early.add((rest, version))
    assert unknown == set()
    assert early == set()
