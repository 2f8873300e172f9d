"""Every sample through the Python interface and the command line, against the exact findings beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from checkout import IMPORT_PATH, SAMPLES
from click.testing import CliRunner

from instanceview import check_path
from instanceview.checking.engines import ENGINES
from instanceview.cli.main import cli
from instanceview.reporting.json_report import finding_as_json
from instanceview.tables.catalog import KINDS

if TYPE_CHECKING:
    from pathlib import Path

INPUTS = {".json", ".ndjson", ".yaml"}


class Sample(NamedTuple):
    """A file to judge, the tables that judge it, and the findings that it must have.

    Kind and api-version are None where a recording's request URLs tell them.
    """

    path: Path
    kind: str | None
    api_version: str | None
    findings: list[dict[str, Any]]

    @property
    def options(self) -> list[str]:
        given = [("--kind", self.kind), ("--api-version", self.api_version)]
        tables = [word for option, value in given if value for word in (option, value)]
        return ["check", str(self.path), *tables, "--format", "json"]


def load(path: Path) -> Sample:
    """Read what is expected beside a sample; without it, folder and name say the tables, and nothing is found."""
    expected = path.with_suffix(".expected")
    if expected.exists():
        content = json.loads(expected.read_bytes())
        return Sample(path, content["kind"], content["apiVersion"], content["findings"])
    kind = next(kind for kind in KINDS if path.name.startswith(f"{kind}-"))
    return Sample(path, kind, path.parent.name, [])


PATHS = sorted(
    path for kind in ("conformant", "nonconformant") for path in (SAMPLES / kind).rglob("*") if path.suffix in INPUTS
)
every_sample = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(SAMPLES).as_posix())


def found_in(sample: Sample, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return findings as they are expected: they name the sample's file, which is then left out, with what it gives."""
    for finding in findings:
        assert finding["origin"].pop("file") == str(sample.path)
        finding.pop("fingerprint", None)
    return findings


def test_a_sample_lies_beside_every_expectation_and_the_other_way_round() -> None:
    nonconformant = [path for path in PATHS if path.is_relative_to(SAMPLES / "nonconformant")]
    expected = sorted((SAMPLES / "nonconformant").rglob("*.expected"))
    assert expected == sorted(path.with_suffix(".expected") for path in nonconformant)
    assert len(nonconformant) > 0
    # Conforming documents with notes: those with names that only the page has.
    noted = {"page-sample.expected", "vmss-vm-windows-configuration.expected"}
    assert {path.name for path in (SAMPLES / "conformant").rglob("*.expected")} == noted


@every_sample
def test_the_python_interface_finds_exactly_what_is_expected(path: Path) -> None:
    sample = load(path)
    report = check_path(path, kind=sample.kind, api_version=sample.api_version)
    assert (report.unreadable, report.skipped) == ((), ())
    assert report.documents > 0
    assert found_in(sample, [finding_as_json(finding) for finding in report.findings]) == sample.findings


@pytest.mark.parametrize("engine", ENGINES)
@every_sample
def test_the_command_line_finds_exactly_what_is_expected(path: Path, engine: str) -> None:
    sample = load(path)
    result = CliRunner().invoke(cli, [*sample.options, "--engine", engine])
    report = json.loads(result.stdout)
    assert found_in(sample, report["findings"]) == sample.findings
    assert (report["unreadable"], result.stderr) == ([], "")
    assert result.exit_code == any(finding["severity"] == "error" for finding in sample.findings)


@pytest.mark.parametrize(
    "name", ["conformant/2016-04-30-preview/page-sample.json", "nonconformant/wrong-type/domain-of-the-page.ndjson"]
)
def test_the_program_finds_exactly_what_is_expected(name: str) -> None:
    sample = load(SAMPLES / name)
    # The package that this process tests, be it the checkout's or the installed one.
    environment = {**os.environ, "PYTHONPATH": IMPORT_PATH}
    program = [sys.executable, "-m", "instanceview", *sample.options]
    result = subprocess.run(program, capture_output=True, text=True, check=False, env=environment)
    assert found_in(sample, json.loads(result.stdout)["findings"]) == sample.findings
    assert result.stderr == ""
    assert result.returncode == any(finding["severity"] == "error" for finding in sample.findings)


def test_the_conformant_samples_have_no_error_when_no_option_says_what_they_are() -> None:
    folder = SAMPLES / "conformant"
    result = CliRunner().invoke(cli, ["check", str(folder), "--format", "json"])
    report = json.loads(result.stdout)
    assert [finding for finding in report["findings"] if finding["severity"] == "error"] == []
    assert (report["unreadable"], result.exit_code) == ([], 0)
    assert all(each["origin"]["file"].endswith(".expected") for each in report["skipped"])
    assert report["summary"]["documents"] == sum(path.is_relative_to(folder) for path in PATHS)
