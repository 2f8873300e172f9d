"""`instanceview tables`: the rows are those of the schemas, in every format."""

from __future__ import annotations

import json
import re

import pytest
from command_cases import invoke, members_of_schema

from instanceview.cli.commands.table_pages import tables_index
from instanceview.cli.commands.tables import RENDERERS, rows_at
from instanceview.tables.catalog import api_versions, versions_of
from instanceview.tables.descent import below, line_of
from instanceview.tables.describe import about_text, evidence, table_row
from instanceview.tables.elements import NEWEST, tree
from instanceview.tables.kinds import MACHINES

each_kind = pytest.mark.parametrize("kind", MACHINES)


@pytest.mark.parametrize(("kind", "api_version"), [(kind, each) for kind in MACHINES for each in versions_of(kind)])
def test_the_rows_are_the_members_of_the_schema(kind: str, api_version: str) -> None:
    properties = members_of_schema(kind, api_version)
    rows = json.loads(RENDERERS["json"](kind, api_version, rows_at(kind, api_version)))["elements"]
    assert [row["element"] for row in rows] == list(properties)
    for row in rows:
        declared = properties[row["element"]]
        values = declared.get("enum") or declared.get("examples") or []
        assert row.get("values", []) == [value for value in values if value is not None]
        assert row.get("closed", False) is ("enum" in declared)
        assert row.get("required", False) is declared["required"]
        # One schema serves several places, so only a row has a status code of its place as an example.
        assert row["about"].startswith(declared["description"].removesuffix("."))
        types = declared.get("type", "object")
        assert row["type"] in ([types] if isinstance(types, str) else types)
        assert row["since"] <= api_version <= row.get("until", NEWEST)


@each_kind
def test_text_has_a_row_for_each_element_no_wider_than_the_terminal(kind: str) -> None:
    text, code = invoke("tables", "--kind", kind)
    rows = rows_at(kind, api_versions()[-1])
    assert code == 0
    assert text.startswith(f"{kind} at {api_versions()[-1]}: {len(rows)} elements\n\n")
    _, table, sources = text.split("\n\n")
    assert [line.split(" ")[0] for line in table.splitlines() if not line.startswith(" ")] == [row.path for row in rows]
    assert max(len(line) for line in text.splitlines() if "https://" not in line) <= 80
    assert re.findall(r"^\w+", sources, re.MULTILINE) == ["page"] * (kind == "vmss-vm") + ["service", "observed"]
    joined = " ".join(text.split())
    for row in rows:
        assert f"{row.path} · {row.member.type}" in joined
        assert about_text(kind, row) in joined


def test_a_wider_terminal_has_fewer_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_at("vm", "2024-07-01")
    lengths = []
    for columns in ("30", "80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        lines = RENDERERS["text"]("vm", "2024-07-01", rows).splitlines()
        lengths.append(len(lines))
        widest = max(len(line) for line in lines if " " in line.strip())
        assert widest <= max(80, int(columns))
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) == 3


@each_kind
def test_the_index_has_every_element_of_every_api_version(kind: str) -> None:
    section = tables_index().partition(f"## {kind}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(.*?)` \|", section, re.MULTILINE) == [each.path for each in below(tree(kind))]
    assert all(line.count(" | ") == 5 for line in section.splitlines() if line.startswith("| "))


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("vmss-vm", "vmAgent", "vmAgent · object · since 2015-06-15 · page, service, observed in 221 captures"),
        ("vmss-vm", "vmAgent.nothing.like.it", table_row("vmss-vm", "vmAgent")),
        ("vm", "", "vm document · object"),
        ("vm", "statuses.level.deeper", table_row("vm", "statuses.level")),
        ("vm", "no.such.element", "vm document · object"),
        (
            "vm",
            "patchStatus.configurationStatuses.level",
            "patchStatus.configurationStatuses.level · string · Info, Warning, Error · since 2020-12-01 · service",
        ),
    ],
)
def test_a_row_on_one_line(kind: str, path: str, expected: str) -> None:
    assert table_row(kind, path) == expected


@each_kind
def test_no_element_is_in_more_captures_than_its_holder_nor_on_more_grounds(kind: str) -> None:
    for element in below(tree(kind)):
        holder = line_of(kind, element.path)[-2].path
        here, above = evidence(kind, element.path), evidence(kind, holder)
        assert here.basis
        assert ("observed" in here.basis) is bool(here.captures)
        if holder:
            assert set(here.basis) <= set(above.basis)
            assert here.captures <= above.captures
        if kind != "vmss-vm":
            assert "page" not in here.basis
