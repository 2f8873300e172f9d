"""Settings: an option goes before its variable, that before the nearest file, that before the default."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import click
import pytest
from inside import run
from program import environment

import instanceview
from instanceview.cli.commands.check import check
from instanceview.cli.configured import as_option
from instanceview.cli.options import key_of
from instanceview.model.limits import NAMES, SIZES, option
from instanceview.running.configuration.settings import Configuration

if TYPE_CHECKING:
    from pathlib import Path

    from program import Ran

WARNING = b'{"statuses": [], "internalData": 1}'


def write(folder: Path, **texts: str) -> Path:
    """Write files of a folder, their names given as `own` and `pyproject`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / {"own": ".instanceview.toml", "pyproject": "pyproject.toml"}[name]).write_text(text, "utf-8")
    return folder


def settings(cwd: Path, **variables: str) -> dict[str, tuple[Any, str, str | None]]:
    """Return each setting of `instanceview config`: value, kind of source, source."""
    ran = run("config", "--format", "json", cwd=cwd, stdin=b"", **variables)
    assert (ran.code, ran.err) == (0, "")
    return {each["key"]: (each["value"], each["source"], each["where"]) for each in json.loads(ran.out)["settings"]}


def code(cwd: Path, *options: str, **variables: str) -> int:
    """Return the exit code of a check of a document with one warning."""
    return run("check", "-", *options, cwd=cwd, stdin=WARNING, **variables).code


def test_an_option_goes_before_its_variable_before_the_file_before_the_default(tmp_path: Path) -> None:
    assert code(tmp_path) == 0
    assert settings(tmp_path)["fail-on"] == ("error", "default", None)
    write(tmp_path, own='fail-on = "warning"')
    assert code(tmp_path) == 1
    assert settings(tmp_path)["fail-on"] == ("warning", "file", ".instanceview.toml:1")
    assert code(tmp_path, INSTANCEVIEW_FAIL_ON="error") == 0
    variable = settings(tmp_path, INSTANCEVIEW_FAIL_ON="error")["fail-on"]
    assert variable == ("error", "environment", "INSTANCEVIEW_FAIL_ON")
    assert code(tmp_path, "--fail-on", "warning", INSTANCEVIEW_FAIL_ON="error") == 1


def test_the_nearest_file_counts_and_no_other(tmp_path: Path) -> None:
    write(tmp_path, own='fail-on = "warning"\nkind = "vm"')
    below = write(tmp_path / "a" / "b", pyproject="[tool.other]\nx = 1")
    assert settings(below)["fail-on"] == ("warning", "file", "../../.instanceview.toml:1")
    write(tmp_path / "a", pyproject='[tool.instanceview]\nkind = "vmss"')
    assert settings(below)["kind"] == ("vmss", "file", "../pyproject.toml:2")
    assert settings(below)["fail-on"] == ("error", "default", None)


def test_of_two_in_one_folder_the_own_file_counts_and_the_other_is_named(tmp_path: Path) -> None:
    write(tmp_path, own='fail-on = "warning"', pyproject='[tool.instanceview]\nfail-on = "note"')
    ran = run("check", "-", cwd=tmp_path, stdin=WARNING)
    assert (ran.code, ran.err) == (
        1,
        "settings in pyproject.toml are ignored; .instanceview.toml takes precedence\n",
    )
    assert run("check", "-", "--quiet", cwd=tmp_path, stdin=WARNING).err == ""
    write(tmp_path, pyproject="[tool.instanceview")
    assert run("check", "-", cwd=tmp_path, stdin=WARNING).err == ""


def in_toml(key: str, value: str) -> str:
    """Return the value of an option as TOML, in brackets where the option may be given several times."""
    several = any(key_of(each) == key and each.multiple for each in check.params)
    return json.dumps([value] if several else value)


# A setting, how it is written in a file, and how in a variable; `instanceview config` shows the same both times.
SETTINGS = {
    "api-version": ('"2024-07-01"', "2024-07-01"),
    "kind": ('"vm"', "vm"),
    "select": ('["wrong-type", "unset-time"]', "wrong-type unset-time"),
    "extend-select": ('["fidelity"]', "fidelity"),
    "ignore": ('["wrong-type"]', "wrong-type"),
    "fail-on": ('"note"', "note"),
    "exit-zero": ("true", "1"),
    "format": (in_toml("format", "json"), "json"),
    "output": (in_toml("output", "report.txt"), "report.txt"),
    "max-findings": ("3", "3"),
    "jobs": ("2", "2"),
    "no-dedupe": ("true", "true"),
    "statistics": ("true", "1"),
    "no-fold": ("true", "true"),
    "color": ('"never"', "never"),
    "documents": ("true", "1"),
    "verbose": ("true", "1"),
    "quiet": ("false", "no"),
    "stdin-filename": ('"a.json"', "a.json"),
    "engine": ('"reference"', "reference"),
    "baseline": ('"known.json"', "known.json"),
    "exclude": ('["drafts/", "*.old.json"]', "drafts/ *.old.json"),
    "no-ignore": ("true", "true"),
    "min-coverage": ('["80%"]', "80%"),
    **{option(name).lstrip("-"): ('"64MB"', "64MB") if name in SIZES else ('"64"', "64") for name in NAMES},
}
OF_ONE_RUN = {"write-baseline", "prune-baseline", "as-folder", "files-from", "changed", "changed-since", "list-files"}


@pytest.mark.parametrize("key", SETTINGS)
def test_a_setting_is_the_same_from_a_file_and_from_a_variable(key: str, tmp_path: Path) -> None:
    written, variable = SETTINGS[key]
    name = f"INSTANCEVIEW_{key.upper().replace('-', '_')}"
    expected = tomllib.loads(f"x = {written}")["x"]
    assert settings(tmp_path, **{name: variable})[key] == (expected, "environment", name)
    write(tmp_path, own=f"\n{key} = {written}")
    assert settings(tmp_path)[key] == (expected, "file", ".instanceview.toml:2")


def test_severities_are_a_table_in_a_file(tmp_path: Path) -> None:
    write(tmp_path, own='[severity]\nundocumented-element = "error"')
    assert code(tmp_path) == 1
    assert code(tmp_path, INSTANCEVIEW_SEVERITY="undocumented-element=note unset-time=note") == 0
    assert settings(tmp_path)["severity"] == ({"undocumented-element": "error"}, "file", ".instanceview.toml:1")


def test_an_option_for_several_replaces_those_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, own='fail-on = "warning"\nignore = ["undocumented-element"]')
    assert code(tmp_path) == 0
    assert code(tmp_path, "--ignore", "wrong-type") == 1


def test_a_variable_without_text_is_none(tmp_path: Path) -> None:
    write(tmp_path, own='fail-on = "warning"')
    assert code(tmp_path, INSTANCEVIEW_FAIL_ON="") == 1


def test_files_are_named_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    below = write(tmp_path / "below")
    write(tmp_path, own=f"output = {in_toml('output', 'report.txt')}")
    assert code(below) == 0
    assert (tmp_path / "report.txt").read_text().startswith("<stdin>:1:18: warning undocumented-element")
    expected = json.loads(in_toml("output", "../report.txt"))
    assert settings(below)["output"] == (expected, "file", "../.instanceview.toml:1")


def test_a_file_for_a_format_keeps_its_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path / "below"))
    option = click.Option(["--output"], multiple=True)
    absolute = str(tmp_path / "c.json")
    values = {"output": ["sarif=a.sarif", "b=.txt", f"json={absolute}"]}
    found = as_option(option, Configuration(folder=str(tmp_path), values=values))
    assert found == ["sarif=../a.sarif", "b=../.txt", "json=../c.json"]


def test_every_option_is_a_setting_but_those_that_are_done_once(tmp_path: Path) -> None:
    options = {opt.lstrip("-") for each in check.params for opt in each.opts if opt.startswith("--")}
    assert set(settings(tmp_path)) == options - {*OF_ONE_RUN, "no-config"} | {"min-coverage"}
    assert set(SETTINGS) | {"severity"} == set(settings(tmp_path))
    assert code(tmp_path, INSTANCEVIEW_WRITE_BASELINE="1") == 0


def test_config_prints_toml_that_sets_the_same(tmp_path: Path) -> None:
    section = '[[per-file]]\nfiles = ["a\\"b", "é😀", "\\u202e"]\nelement = "vmAgent"'
    write(tmp_path, own=f'max-findings = 3\nseverity.wrong-type = "note"\n{section}')
    ran = run("config", cwd=tmp_path, INSTANCEVIEW_SELECT="wrong-type")
    lines = ran.out.splitlines()
    assert lines[0] == "# .instanceview.toml"
    assert 'select = ["wrong-type"]                       # INSTANCEVIEW_SELECT' in lines
    assert "max-findings = 3                              # .instanceview.toml:1" in lines
    assert "# kind is not set                             # default" in lines
    assert "[[per-file]]                                  # .instanceview.toml:3" in lines
    again = write(tmp_path / "again", own=ran.out)
    assert "# severity is not set" in run("config", cwd=write(tmp_path / "without", own="")).out
    values = {key: value for key, (value, *_) in settings(again).items()}
    assert values == {key: value for key, (value, *_) in settings(tmp_path, INSTANCEVIEW_SELECT="wrong-type").items()}
    assert tomllib.loads(ran.out)["per-file"] == [{"files": ['a"b', "é😀", "\u202e"], "element": "vmAgent"}]


def test_a_run_without_a_configuration_says_so(tmp_path: Path) -> None:
    ran = run("config", cwd=tmp_path)
    assert ran.out.splitlines()[0] == "# no configuration file in this folder or above it"


def test_a_working_directory_that_is_gone_has_no_configuration(tmp_path: Path) -> None:
    script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" -m instanceview check -'
    program = ["/bin/sh", "-c", script, sys.executable]
    ran = subprocess.run(
        program, cwd=tmp_path, input=b"{}", env=environment(), capture_output=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_python_reads_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, own='fail-on = "warning"\nkind = "vmms"')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSTANCEVIEW_FAIL_ON", "note")
    assert instanceview.check_text(WARNING).exit_code == 0


SINGLE = {
    "format": ('format = "concise"', 'format = ["concise"]'),
    "select": ('select = "wrong-type"', 'select = ["wrong-type"]'),
    "ignore": ('ignore = "undocumented-element"', 'ignore = ["undocumented-element"]'),
    "exclude": ('exclude = "old/"', 'exclude = ["old/"]'),
    "output": ('output = "concise=report.txt"', 'output = ["concise=report.txt"]'),
    "files": ('[[per-file]]\nfiles = "*"\nkind = "vm"', '[[per-file]]\nfiles = ["*"]\nkind = "vm"'),
    "ignore of a section": (
        '[[per-file]]\nfiles = "*"\nignore = "undocumented-element"',
        '[[per-file]]\nfiles = ["*"]\nignore = ["undocumented-element"]',
    ),
}


@pytest.mark.parametrize("name", SINGLE)
def test_a_text_is_as_good_as_a_list_of_one(name: str, tmp_path: Path) -> None:
    seen: list[tuple[Ran, str, Ran]] = []
    for text in SINGLE[name]:
        folder = write(tmp_path / str(len(seen)), own=text)
        (folder / "old").mkdir()
        for file in (folder / "a.json", folder / "old" / "b.json"):
            file.write_bytes(b'{"statuses": [{"code": "PowerState/running"}], "vmAgent": 1, "internalData": 1}')
        ran, shown = run("check", ".", cwd=folder), run("config", cwd=folder)
        report = (folder / "report.txt").read_text("utf-8") if (folder / "report.txt").exists() else ""
        seen.append((ran, report, shown))
    assert seen[0] == seen[1]
    plain = write(tmp_path / "plain", own="")
    (plain / "old").mkdir()
    for file in (plain / "a.json", plain / "old" / "b.json"):
        file.write_bytes(b'{"statuses": [{"code": "PowerState/running"}], "vmAgent": 1, "internalData": 1}')
    assert (run("check", ".", cwd=plain), "") != seen[0][:2]
