"""Every sample through the Python interface and the command line, against the exact findings beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from checkout import IMPORT_PATH, SAMPLES
from click.testing import CliRunner
from samples import PATHS, found, load, without_file

from instanceview.checking.engines import ENGINES
from instanceview.cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

every_sample = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(SAMPLES).as_posix())


def test_a_sample_lies_beside_every_expectation_and_the_other_way_round() -> None:
    nonconformant = [path for path in PATHS if path.is_relative_to(SAMPLES / "nonconformant")]
    expected = sorted((SAMPLES / "nonconformant").rglob("*.expected"))
    assert expected == sorted(path.with_suffix(".expected") for path in nonconformant)
    assert len(nonconformant) > 0
    # Conforming documents with notes have names that only the page has.
    noted = {
        "page-sample.expected",
        "vmss-vm-windows-configuration.expected",
        "vmss-vm-windows-configuration-object.expected",
    }
    assert {path.name for path in (SAMPLES / "conformant").rglob("*.expected")} == noted


@every_sample
def test_the_python_interface_finds_exactly_what_is_expected(path: Path) -> None:
    sample = load(path)
    assert found(sample) == sample.findings


@pytest.mark.parametrize("engine", ENGINES)
@every_sample
def test_the_command_line_finds_exactly_what_is_expected(path: Path, engine: str) -> None:
    sample = load(path)
    result = CliRunner().invoke(cli, [*sample.options, "--engine", engine])
    report = json.loads(result.stdout)
    assert without_file(sample, report["findings"]) == sample.findings
    assert (report["unreadable"], result.stderr) == ([], "")
    assert result.exit_code == any(finding["severity"] == "error" for finding in sample.findings)


@pytest.mark.parametrize(
    "name", ["conformant/2016-04-30-preview/page-sample.json", "nonconformant/wrong-type/domain-of-the-page.ndjson"]
)
def test_the_program_finds_exactly_what_is_expected(name: str) -> None:
    sample = load(SAMPLES / name)
    # The program runs the package that this process tests: that of the checkout or the installed one.
    environment = {**os.environ, "PYTHONPATH": IMPORT_PATH}
    program = [sys.executable, "-m", "instanceview", *sample.options]
    result = subprocess.run(program, capture_output=True, text=True, check=False, env=environment)
    assert without_file(sample, json.loads(result.stdout)["findings"]) == sample.findings
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
