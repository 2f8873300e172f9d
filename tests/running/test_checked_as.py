"""Kinds and versions of documents are counted alike by the fast path and the slow one, for any `--jobs` and chunks."""

from __future__ import annotations

import json
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from evident import evident

from instanceview import Summary, check_chunk
from instanceview.cli.main import cli
from instanceview.model.tables import Tables
from instanceview.running import pool
from instanceview.running.chunks import check_lines
from instanceview.running.overrides import overridden
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from instanceview.model.document import Document, Skipped, Unreadable
    from instanceview.running.choices import Selecting

CODE = '"statuses": [{"code": "PowerState/running", "level": "Info"}]'
SUMMARY = '{"virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 1}]}}'
LINES = [
    f"{{{CODE}}}",
    f'{{"patchStatus": {{}}, {CODE}}}',
    SUMMARY,
    f'{{"osName": "ubuntu", {CODE}}}',
    f'{{"platformFaultDomain": "two", {CODE}}}',
    f'{{"platformUpgradeDomain": 1, {CODE}}}',
    f'{{"statuses": [], {CODE}}}',
    '{"name": "some-package"}',
    "{",
    "",
]
TEXT = "".join(f"{line}\n" for line in LINES * 40).encode()
CHOICES: list[Selecting] = [
    {},
    {"kind": "vm"},
    {"api_version": "2022-11-01"},
    {"kind": "vmss-vm", "api_version": "2024-07-01"},
    {"api_version": "2016-04-30-preview"},
]


def slow(choices: Selecting) -> Summary:
    """Return the summary without the gate: statistics need every document."""

    def prepare(
        inputs: Iterable[Document | Skipped | Unreadable],
    ) -> Iterator[Document | Skipped | Unreadable]:
        return overridden(inputs, choices.get("kind"), choices.get("api_version"))

    return check_lines(TEXT, "a", 1, Wanted(statistics=True), prepare)


@pytest.mark.parametrize("choices", CHOICES, ids=str)
@pytest.mark.parametrize("size", [1, 7, len(LINES) * 40])
def test_chunks_of_any_size_count_as_the_slow_path_does(choices: Selecting, size: int) -> None:
    lines = TEXT.splitlines(keepends=True)
    chunks = [b"".join(lines[start : start + size]) for start in range(0, len(lines), size)]
    found = reduce(
        Summary.merge,
        (check_chunk(chunk, file="a", first_line=1 + number * size, **choices) for number, chunk in enumerate(chunks)),
    )
    assert found.checked_as == slow(choices).checked_as
    assert sum(found.checked_as.values()) == found.documents > 200
    kinds = {tables.kind for tables in found.checked_as}
    assert kinds == {choices.get("kind", "vm")} | (set() if "kind" in choices else {"vmss-vm", "vmss"})
    assert isinstance(next(iter(found.checked_as)), Tables)


def counted(*arguments: str) -> tuple[list[Mapping[str, object]], int]:
    result = CliRunner().invoke(cli, ["check", *arguments, "--format", "json"], catch_exceptions=False)
    summary = json.loads(result.stdout)["summary"]
    return summary["checkedAs"], summary["documents"]


@pytest.mark.parametrize("options", [(), ("--kind", "vm"), ("--api-version", "2022-11-01")], ids=" ".join)
def test_files_count_alike_by_every_route(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.ndjson").write_bytes(TEXT)
    (tmp_path / ".instanceview.toml").write_text('[[per-file]]\nfiles = ["1*.json"]\napi-version = "2020-06-01"\n')
    for number, line in enumerate(LINES * 4):
        (tmp_path / f"{number}.json").write_text(line or evident("{}"))
    expected, documents = counted(".", *options, "--statistics")
    assert sum(int(str(each["documents"])) for each in expected) == documents > 250
    if not options:
        sources = {(each["kind"], each["apiVersionFrom"]) for each in expected}
        assert sources >= set(product(("vmss-vm", "vm", "vmss"), ("configuration", "default")))
    for few, much, jobs in product((0, 1000), (0, 16), ("1", "2")):
        monkeypatch.setattr(pool, "FEW", few)
        monkeypatch.setattr(pool, "_MUCH", much)
        assert counted(".", *options, "--jobs", jobs) == (expected, documents)
