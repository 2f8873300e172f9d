"""Documents of the kinds beside those of machines differ from lists, objects and answers of anything else."""

from __future__ import annotations

from typing import Any

import pytest

from instanceview.reading.family import kind_of_family

OUTPUT = {"code": "ComponentStatus/StdOut/succeeded", "level": "Info", "displayStatus": "a", "message": "b"}
HOST = {"name": "h", "statuses": []}
ALONE: tuple[tuple[dict[str, Any], str], ...] = (
    ({"value": [OUTPUT]}, "run-command-result"),
    ({"value": [OUTPUT, {"name": "x"}]}, ""),
    ({"value": [{"name": "x"}, OUTPUT]}, ""),
    ({"Value": [OUTPUT], "Status": "Succeeded", "Name": "x"}, "run-command-result"),
    ({"Value": [{"a": 1}], "Status": "Succeeded", "Name": "x"}, ""),
)
ASKED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"currentCapacity": 3}, "interconnect-block"),
    ({"hosts": [HOST]}, "dedicated-host-group"),
    ({"hosts": [{"name": "h"}]}, ""),
    ({"hosts": [HOST], "other": 1}, ""),
    ({"name": "a"}, ""),
)


@pytest.mark.parametrize(("value", "kind"), ALONE)
def test_the_marks_of_a_kind_are_its_own(value: dict[str, Any], kind: str) -> None:
    assert kind_of_family(value) == kind


@pytest.mark.parametrize(("value", "kind"), ASKED)
def test_what_was_asked_for_fits_the_tables_of_a_kind(value: dict[str, Any], kind: str) -> None:
    assert kind_of_family(value, asked=True) == kind
