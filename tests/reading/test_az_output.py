"""Output of the az CLI: whole, in lists, of a VM; reported once a document, and what the CLI added is not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recordings import cases, expected, seen, stands_there

from instanceview.reading.dialects import printed_by_client
from instanceview.reading.inputs import read_path
from instanceview.running.tally import report

if TYPE_CHECKING:
    from pathlib import Path

NULLS = {"assignedHost": None, "extensions": None, "vmHealth": None}


@pytest.mark.parametrize("path", cases("az_output"), ids=lambda path: path.name)
def test_an_output_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)
    findings = [each for each in report(read_path(path)).findings if each.rule != "client-output"]
    assert [each for each in findings if not stands_there(path.read_bytes(), each)] == []


@pytest.mark.parametrize(
    "view",
    [
        {**NULLS},
        {"extensions": None, "statuses": [{"code": "PowerState/running", "message": None, "time": None}]},
        {"statuses": [], "additionalProperties": {}},
        {"vmAgent": {"additionalProperties": {}}},
        {"disks": [{"additionalProperties": {}}]},
    ],
)
def test_sorted_nulls_and_additions_show_the_cli(view: dict[str, object]) -> None:
    printed = printed_by_client(view)
    assert printed
    assert printed.writer == "az"


@pytest.mark.parametrize(
    "view",
    [
        {"vmHealth": None, "extensions": None, "assignedHost": None},
        {"assignedHost": None, "extensions": None},
        {**NULLS, "vmAgent": {"vmAgentVersion": "1", "statuses": []}},
        {},
    ],
)
def test_a_published_example_with_nulls_is_not_the_clis(view: dict[str, object]) -> None:
    assert printed_by_client(view) is None
