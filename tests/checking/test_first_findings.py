"""Of many findings the first have a place, and the others are counted: whatever the limit, both are all."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from instanceview.checking import faults
from instanceview.checking.check import check_document, checked
from instanceview.checking.engines import ENGINES
from instanceview.checking.scope import scope_of
from instanceview.checking.violations import violation_sites
from instanceview.model.document import Document, Origin
from instanceview.places.source import Source
from instanceview.tables.descent import line_of

_STATUSES = [
    {"code": "PowerState/runing", "level": "info", "time": "now"},
    {"code": "PowerState/running", "Level": 1, "time": None},
    {"code": "PowerState/running", "level": "Info"},
    {},
    1,
]
_MANY = {f"other{number}": {"statuses": _STATUSES} for number in range(40)}
_BODY: dict[str, Any] = {
    "computerName": 1,
    "osVersio": "x",
    "statuses": _STATUSES * 3,
    "vmAgent": {"vmAgentVersion": None, **_MANY, "statuses": _STATUSES},
    "disks": [{"name": "a", "statuses": _STATUSES}, {"name": "a"}, {"name": "A", **_MANY}],
    **_MANY,
}


def _document() -> Document:
    text = json.dumps(_BODY, indent=1).replace('"computerName": 1', '"computerName": "a", "computerName": 1')
    return Document(_BODY, Origin("a.json"), "vm", "2024-07-01", source=Source(text), may_repeat_keys=True)


@pytest.mark.parametrize("most", [0, 1, 2, 7, 50, 150, 10_000])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_findings_have_a_place_and_the_others_are_counted(most: int, engine: str) -> None:
    every = check_document(_document(), engine_name=engine)
    found = checked(_document(), engine_name=engine, most=most)
    assert found.findings == every[:most]
    others = Counter((each.rule, each.severity, line_of("vm", each.element)[-1].path) for each in every[most:])
    assert Counter({tuple(each): number for each, number in found.counted.items()}) == others
    assert not found.fits


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_the_order_does_not_depend_on_how_many_positions_are_kept(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = check_document(_document())
    monkeypatch.setattr(faults, "_LARGE", kept)
    assert check_document(_document()) == every


def test_the_test_has_more_findings_than_each_limit_but_the_last() -> None:
    every = check_document(_document())
    assert 150 < len(every) < 10_000
    assert len({each.rule for each in every}) > 8
    lines = [(each.origin.line, each.origin.column) for each in every if each.rule != "missing-element"]
    assert lines == sorted(lines, key=lambda place: place[0] or 0)


def test_the_place_is_that_in_the_text_whatever_its_bytes_are() -> None:
    body = {"computerName": 1}
    data = b'{"computerName":1}'
    for text, column in ((data.decode(), 17), (" " + data.decode(), 18)):
        (found,) = check_document(Document(body, Origin("a"), "vm", source=Source(text), data=data))
        assert (found.origin.line, found.origin.column) == (1, column)


def test_types_are_first_whatever_order_an_engine_has_and_names_are_looked_for_once() -> None:
    body = {"statuses": [{"level": 1}], "vmAgent": {}}
    missing, level = ("vmAgent",), ("statuses", 0, "level")
    violations = [(missing, "required"), (missing, "required"), (level, "enum"), (level, "type")]
    sites = list(violation_sites(scope_of("vm", "2024-07-01"), body, violations))
    assert [site.hook for site in sites][:2] == ["type", "enum"]
    assert len({(site.hook, site.path) for site in sites}) == len(sites)
