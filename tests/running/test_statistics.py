"""`--statistics`: its counts in text and in JSON, beyond a limit too, and without secrets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner
from jsonschema import Draft7Validator

from instanceview.cli.commands.check import check as command
from instanceview.cli.main import cli
from instanceview.reporting import FORMATS
from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    {"statuses": [{"code": "PowerState/running", "level": "info"}]},
    {"statuses": [{"code": "PowerState/running", "level": "Info"}, {"code": "ProvisioningState/succeeded"}]},
    {"statuses": [{"code": "PowerState/running", "level": "info"}], "platformFaultDomain": "1"},
    {"statuses": [{"code": "\x1b[31mhttps://a.example/?sig=YWxzby1ub3QtYS1zZWNyZXQ"}]},
]
VERSION = ["--api-version", "2024-07-01"]


def check(folder: Path, *options: str) -> str:
    (folder / "many.ndjson").write_text("".join(f"{json.dumps(line)}\n" for line in LINES))
    arguments = ["check", str(folder / "many.ndjson"), *VERSION, "--statistics", *options]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout


TABLES = r"""
findings by rule:
        2  value-not-allowed
        1  guessed-kind
        1  malformed-status-code
        1  secret-in-text
        1  wrong-type

findings by element:
        2  statuses.code
        2  statuses.level
        1  the document
        1  platformFaultDomain

statuses by code:
        3  PowerState/running
        1  \u001b[31mhttps://a.example/?sig=[redacted]
        1  ProvisioningState/succeeded

documents by api-version:
        4  2024-07-01
"""


def test_the_text_report_ends_with_tables(tmp_path: Path) -> None:
    assert check(tmp_path, "--max-findings", "1").partition(", as given\n")[2] == TABLES


def test_the_help_says_which_formats_have_them(tmp_path: Path) -> None:
    told = next(each.help for each in command.params if isinstance(each, click.Option) and each.name == "statistics")
    reports = {form: check(tmp_path, "--format", form) for form in FORMATS}
    having = [form for form, report in reports.items() if "statuses by code:" in report or '"codes":' in report]
    assert told == f"Count by rule, element, status code and api-version; in {' and '.join(having)}."


def test_the_json_report_has_the_same_and_fits_its_schema(tmp_path: Path) -> None:
    report = json.loads(check(tmp_path, "--format", "json", "--jobs", "2"))
    schema = json.loads((schemas_folder() / "report.json").read_bytes())
    assert list(Draft7Validator(schema).iter_errors(report)) == []
    assert report["statistics"]["rules"]["value-not-allowed"] == 2
    assert report["statistics"]["apiVersions"] == {"2024-07-01": 4}
    assert "YWxzby" not in json.dumps(report)


def test_without_the_option_nothing_is_counted(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text("{}")
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "one.json"), "--format", "json"])
    assert "statistics" not in json.loads(result.stdout)
