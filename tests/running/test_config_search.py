"""The configuration that counts: at or above the working folder, else at or above what all paths share."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from inside import run

WARNING = '{"statuses": [{"code": "PowerState/running"}], "internalData": 1}'
CONTENT = 'fail-on = "warning"'
NONE = "# no configuration file in this folder or above it"

# Paths of a check in the folder `here`, and the file whose configuration holds for them; configurations lie in
# `there`, `there/one` and `there/two/deep`.
SEARCHES: dict[str, tuple[list[str], str | None]] = {
    "a file": (["../there/one/a.json"], "../there/one/.instanceview.toml"),
    "a folder": (["../there/one"], "../there/one/.instanceview.toml"),
    "a folder with a slash": (["../there/one/"], "../there/one/.instanceview.toml"),
    "a folder, and a file in it": (["../there/one", "../there/one/a.json"], "../there/one/.instanceview.toml"),
    "a file named twice": (["../there/one/a.json", "../there/one/../one/a.json"], "../there/one/.instanceview.toml"),
    "a file below the configuration": (["../there/two/a.json"], "../there/.instanceview.toml"),
    "files of two folders": (["../there/one/a.json", "../there/two/deep/a.json"], "../there/.instanceview.toml"),
    "a pattern": (["../there/one/*.json"], "../there/one/.instanceview.toml"),
    "a pattern of folders": (["../there/two/d*/a.json"], "../there/.instanceview.toml"),
    "a pattern whose beginning is a folder's name": (["../there/one*"], "../there/.instanceview.toml"),
    "a file and standard input": (["-", "../there/one/a.json"], "../there/one/.instanceview.toml"),
    "a missing file": (["../there/one/none.json"], "../there/one/.instanceview.toml"),
    "standard input": (["-"], None),
    "a file without": (["a.json"], None),
    "a file without and one with": (["a.json", "../there/one/a.json"], None),
}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("here", "there/one", "there/two/deep"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.json").write_text(WARNING, "utf-8")
    for name in ("there", "there/one", "there/two/deep"):
        (tmp_path / name / ".instanceview.toml").write_text(CONTENT, "utf-8")
    (tmp_path / "there" / "two" / "a.json").write_text(WARNING, "utf-8")
    return tmp_path / "here"


def head(cwd: Path, *arguments: str, **variables: str) -> str:
    """Return the first line of `instanceview config`, which names the file."""
    ran = run("config", *arguments, cwd=cwd, **variables)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()[0]


@pytest.mark.parametrize("name", SEARCHES)
def test_a_folder_that_all_paths_share_has_the_configuration_where_the_working_folder_has_none(
    name: str, here: Path
) -> None:
    paths, file = SEARCHES[name]
    assert head(here, *paths) == (f"# {file}" if file else NONE)
    expected = 2 if "none.json" in paths[-1] else 1 if file else 0
    assert run("check", *paths, cwd=here, stdin=WARNING).code == expected


@pytest.mark.parametrize("folder", [".", ".."])
def test_the_working_folder_and_those_above_it_go_before_the_folder_of_the_paths(folder: str, here: Path) -> None:
    (here / folder / ".instanceview.toml").write_text("", "utf-8")
    file = os.path.normpath(f"{folder}/.instanceview.toml").replace(os.sep, "/")
    assert head(here, "../there/one") == f"# {file}"
    assert run("check", "../there/one", cwd=here).code == 0


def test_patterns_start_at_the_folder_of_the_configuration_wherever_a_check_runs(here: Path) -> None:
    text = '[[per-file]]\nfiles = ["one/*.json"]\nkind = "vmss"\napi-version = "2018-04-01"'
    (here.parent / "there" / ".instanceview.toml").write_text(text, "utf-8")
    (here.parent / "there" / "one" / ".instanceview.toml").unlink()
    for cwd, path in ((here, "../there/one/a.json"), (here.parent / "there", "one/a.json"), (here, "../there/one")):
        finding = json.loads(run("check", path, "--format", "json", cwd=cwd).out)["findings"][0]
        assert (finding["kind"], finding["apiVersion"]) == ("vmss", "2018-04-01")


def test_no_configuration_is_read_where_an_option_or_a_variable_says_so(here: Path) -> None:
    one = here.parent / "there" / "one"
    assert run("check", "a.json", cwd=one).code == 1
    assert run("check", "a.json", "--no-config", cwd=one).code == 0
    assert run("check", "a.json", cwd=one, INSTANCEVIEW_NO_CONFIG="1").code == 0
    assert head(one, INSTANCEVIEW_NO_CONFIG="1") == "# no configuration is read (--no-config)"
    (one / ".instanceview.toml").write_text("broken", "utf-8")
    assert run("check", "a.json", "--no-config", cwd=one).code == 0
    (one / ".instanceview.toml").write_text("no-config = true", "utf-8")
    ran = run("check", "a.json", cwd=one)
    assert (ran.code, ran.err.partition(";")[0]) == (2, 'Error: .instanceview.toml:1:1: unknown key "no-config"')


SECTIONS = """[[per-file]]
files = ["one/**"]
kind = "vm"
[[per-file]]
files = ["two/**"]
kind = "vmss"
[[per-file]]
files = ["a.json"]
ignore = ["wrong-type"]
"""
SHOWN: dict[str, tuple[list[str], list[int]]] = {
    "no path": ([], [1, 4, 7]),
    "a folder": (["one"], [1, 4, 7]),
    "a file": (["one/a.json"], [1, 7]),
    "a file that is missing": (["two/new.json"], [4]),
    "two files": (["one/a.json", "two/b.json"], [1, 4, 7]),
    "a file that no section is about": (["c.json"], []),
}


@pytest.mark.parametrize("name", SHOWN)
def test_config_shows_the_sections_that_match_a_file(name: str, here: Path) -> None:
    paths, lines = SHOWN[name]
    there = here.parent / "there"
    (there / ".instanceview.toml").write_text(SECTIONS, "utf-8")
    ran = run("config", *paths, "--format", "json", cwd=there)
    assert [each["where"] for each in json.loads(ran.out)["perFile"]] == [f".instanceview.toml:{at}" for at in lines]
    assert run("config", *paths, cwd=there).out.count("[[per-file]]") == len(lines)


def test_the_help_of_config_says_what_goes_before_what() -> None:
    text = " ".join(run("config", "--help", cwd=Path.cwd()).out.split())
    assert "Precedence: option, environment variable, configuration file, default." in text
    assert "the nearest in the folder that all paths share" in text
