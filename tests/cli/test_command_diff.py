"""`instanceview diff`: it shows the differences between the schemas."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from typing import Any

import pytest
from command_cases import invoke, members_of_schema

from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import MACHINES

PAIRS = [*pairwise(api_versions()), (api_versions()[0], api_versions()[-1])]
each_pair = pytest.mark.parametrize(("before", "after"), PAIRS, ids=["..".join(pair) for pair in PAIRS])


def _values(declared: dict[str, Any]) -> list[str]:
    return [value for value in declared.get("enum") or declared.get("examples") or [] if value is not None]


def _rest(declared: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a member in a schema, besides its values and the members below."""
    kept = {"type", "format", "pattern", "minimum", "maximum", "required"}
    return {name: value for name, value in declared.items() if name in kept} | {"closed": "enum" in declared}


def _diff(before: str, after: str) -> dict[str, Any]:
    text, code = invoke("diff", before, after, "--format", "json")
    content: dict[str, Any] = json.loads(text)
    assert code == 0
    assert (content["from"], content["to"]) == (before, after)
    return dict(content["kinds"])


@each_pair
def test_a_difference_is_that_of_the_schemas(before: str, after: str) -> None:
    kinds = _diff(before, after)
    assert list(kinds) == list(MACHINES)
    for kind, told in kinds.items():
        old, new = members_of_schema(kind, before), members_of_schema(kind, after)
        assert [row["element"] for row in told["added"]] == [path for path in new if path not in old]
        assert [row["element"] for row in told["removed"]] == [path for path in old if path not in new]
        changed = {row["element"]: row for row in told["changed"]}
        both = [path for path in new if path in old]
        assert list(changed) == [path for path in both if _values(old[path]) != _values(new[path])] + [
            path for path in both if _rest(old[path]) != _rest(new[path])
        ]
        for path, row in changed.items():
            assert row.get("valuesAdded", []) == [each for each in _values(new[path]) if each not in _values(old[path])]
            assert row.get("valuesRemoved", []) == [
                each for each in _values(old[path]) if each not in _values(new[path])
            ]


@each_pair
def test_the_other_order_says_the_opposite(before: str, after: str) -> None:
    there, back = _diff(before, after), _diff(after, before)
    for kind in MACHINES:
        names = {word: [row["element"] for row in back[kind][word]] for word in ("added", "removed", "changed")}
        assert [row["element"] for row in there[kind]["added"]] == names["removed"]
        assert [row["element"] for row in there[kind]["removed"]] == names["added"]
        assert [row["element"] for row in there[kind]["changed"]] == names["changed"]


@each_pair
def test_tables_show_the_same_as_json(before: str, after: str) -> None:
    kinds = _diff(before, after)
    expected = [
        (kind, word, row["element"])
        for kind, told in kinds.items()
        for word in ("added", "removed", "changed")
        for row in told[word]
    ]
    rows = list(csv.DictReader(io.StringIO(invoke("diff", before, after, "--format", "csv")[0])))
    lines = invoke("diff", before, after, "--format", "markdown")[0].splitlines()
    assert [(row["kind"], row["change"], row["element"]) for row in rows] == expected
    assert all(row["details"] for row in rows)
    found = [tuple(cell.strip(" `") for cell in line.split("|")[1:4]) for line in lines]
    assert found == [("kind", "change", "element"), ("---", "---", "---"), *expected]


@each_pair
def test_text_shows_the_same_as_json(before: str, after: str) -> None:
    text, code = invoke("diff", before, after)
    blocks = text.split("\n\n")
    assert code == 0
    has_sources = "\n  + " in text or "\n  - " in text
    assert len(blocks) == len(MACHINES) + has_sources
    assert ("https://" in blocks[-1]) is has_sources
    for (kind, told), block in zip(_diff(before, after).items(), blocks, strict=False):
        lines = block.splitlines()
        marks = {"  + ": "added", "  - ": "removed", "  ~ ": "changed"}
        listed = [(marks[line[:4]], line[4:].split(" ")[0].rstrip(":")) for line in lines if line[:4] in marks]
        assert listed == [(word, row["element"]) for word in marks.values() for row in told[word]]
        assert lines[0].startswith(f"{kind} from {before} to {after}: ")
        assert lines[0].endswith(": nothing changed") is (not listed)
