"""Every sample through the Python interface and the command line, against the exact findings beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from checkout import CONFORMANT, IMPORT_PATH, PAGE, ROOT, SAMPLES
from click.testing import CliRunner
from samples import PATHS, found, load, without_file

from instanceview.checking.engines import ENGINES
from instanceview.cli.main import cli
from instanceview.running.configuration import nearest
from instanceview.running.configuration.per_file import of_file
from instanceview.running.configuration.settings import NAMES

if TYPE_CHECKING:
    from pathlib import Path

every_sample = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(SAMPLES).as_posix())


def test_a_sample_lies_beside_every_expectation_and_the_other_way_round() -> None:
    nonconformant = [path for path in PATHS if path.is_relative_to(SAMPLES / "nonconformant")]
    expected = sorted((SAMPLES / "nonconformant").rglob("*.expected"))
    assert expected == sorted(path.with_suffix(".expected") for path in nonconformant)
    assert len(nonconformant) > 0
    # What the page alone has raises notes; a sample that is called conformant raises nothing.
    assert sorted(PAGE.rglob("*.expected")) == sorted(path.with_suffix(".expected") for path in PAGE.rglob("*.json"))
    assert list(CONFORMANT.rglob("*.expected")) == []


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
    "name", ["page/2016-04-30-preview/page-sample.json", "nonconformant/wrong-type/domain-of-the-page.ndjson"]
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


@pytest.mark.parametrize("folder", [CONFORMANT, PAGE], ids=["conformant", "page"])
def test_samples_without_a_fault_have_no_error_when_nothing_says_what_they_are(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["check", str(folder), "--no-config", "--format", "json"])
    report = json.loads(result.stdout)
    assert [finding for finding in report["findings"] if finding["severity"] == "error"] == []
    assert (report["unreadable"], result.exit_code) == ([], 0)
    assert all(each["origin"]["file"].endswith(".expected") for each in report["skipped"])
    assert report["summary"]["documents"] == sum(path.is_relative_to(folder) for path in PATHS)


@pytest.mark.parametrize("argument", ["samples/conformant", "."])
def test_the_main_job_prints_ten_lines_at_most_and_no_finding(argument: str) -> None:
    with chdir(ROOT if argument != "." else CONFORMANT):
        result = CliRunner().invoke(cli, ["check", argument])
        report = json.loads(CliRunner().invoke(cli, ["check", argument, "--format", "json"]).stdout)
    assert (result.exit_code, report["findings"]) == (0, [])
    assert result.output.splitlines()[0].startswith(f"{report['summary']['documents']} documents: ")
    assert len(result.output.splitlines()) <= 10
    assert report["summary"]["documents"] == sum(path.is_relative_to(CONFORMANT) for path in PATHS)


def test_the_configuration_gives_each_folder_its_api_version_and_each_file_its_kind() -> None:
    sections = tomllib.loads((CONFORMANT / NAMES[0]).read_text("utf-8"))["per-file"]
    versions = {each["files"][0]: each["api-version"] for each in sections if "api-version" in each}
    assert versions == {f"{folder.name}/": folder.name for folder in CONFORMANT.iterdir() if folder.is_dir()}
    of = of_file(nearest(str(CONFORMANT)))
    for path in (each for each in PATHS if each.is_relative_to(CONFORMANT)):
        sample, about = load(path), of(str(path))
        kinds = [section.kind for section in about if section.kind]
        assert (kinds[-1], [each.api_version for each in about if each.api_version]) == (
            sample.kind,
            [sample.api_version],
        )
