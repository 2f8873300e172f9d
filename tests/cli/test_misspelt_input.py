"""Misspelt variables, lists that name nothing, and a file in the place of a command: each with the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inside import run

from instanceview.cli.commands.check import check
from instanceview.cli.options import settable, variable
from instanceview.cli.variables import misspelt
from instanceview.reporting import FORMATS
from instanceview.running.configuration.settings import ONCE

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = [variable(each) for each in check.params if settable(each)]

MISSPELT = {
    "INSTANCEVIEW_FAIL_0N": "INSTANCEVIEW_FAIL_ON",
    "INSTANCEVIEW_FAILON": "INSTANCEVIEW_FAIL_ON",
    "INSTANCEVIEW_FAIL_ONN": "INSTANCEVIEW_FAIL_ON",
    "INSTANCEVIEW_FIAL_ON": "INSTANCEVIEW_FAIL_ON",
    "INSTANCEVIEW_fail_on": "INSTANCEVIEW_FAIL_ON",
    "INSTANCEVIEW_KNID": "INSTANCEVIEW_KIND",
    "INSTANCEVIEW_APIVERSION": "INSTANCEVIEW_API_VERSION",
    "INSTANCEVIEW_API_VERSOIN": "INSTANCEVIEW_API_VERSION",
    "INSTANCEVIEW_IGNOR": "INSTANCEVIEW_IGNORE",
    "INSTANCEVIEW_NO_CONFG": "INSTANCEVIEW_NO_CONFIG",
    "INSTANCE_VIEW_FAIL_ON": "INSTANCEVIEW_FAIL_ON",
    "INSTANCEVIEW_STDIN_FILENAM": "INSTANCEVIEW_STDIN_FILENAME",
}
OTHERS = [
    "INSTANCEVIEW_HOME_FOLDER",
    "INSTANCEVIEW_",
    "INSTANCEVIEW_TOKEN_OF_CI",
    "FAIL_0N",
]


@pytest.mark.parametrize("name", MISSPELT)
def test_a_variable_near_that_of_an_option_is_one_warning(name: str, tmp_path: Path) -> None:
    warning = f"warning: {name} is not known; did you mean {MISSPELT[name]}?\n"
    ran = run("check", "-", cwd=tmp_path, stdin="{}", **{name: "warning"})
    assert (ran.code, ran.err) == (0, warning)
    assert ran.out.startswith("1 document: ")
    assert run("config", cwd=tmp_path, **{name: "x"}).err == warning
    assert run("check", "-", "--quiet", cwd=tmp_path, stdin="{}", **{name: "x"}).err == ""


@pytest.mark.parametrize("option", sorted(ONCE))
def test_an_option_of_the_command_line_alone_is_named_as_one(option: str, tmp_path: Path) -> None:
    name = f"INSTANCEVIEW_{option.upper().replace('-', '_')}"
    words = f"--{option} is an option of the command line only"
    ran = run("check", "-", cwd=tmp_path, stdin="{}", **{name: "1"})
    assert (ran.code, ran.err) == (0, f"warning: {name} has no effect; {words}\n")
    (tmp_path / ".instanceview.toml").write_text(f"{option} = true\n", "utf-8")
    ran = run("check", "-", cwd=tmp_path, stdin="{}")
    assert (ran.code, ran.err.count(f": {words[2:]}; remove the line\n")) == (2, 1)


ELSEWHERE = {
    ("explain", "vmAgent.statuses.level"): "instanceview explain --element vmAgent.statuses.level",
    ("explain", "/vmAgent/statuses/0/level"): "instanceview explain --element vmAgent.statuses.level",
    ("explain", "level"): "instanceview explain --element statuses.level",
    ("explain", "PowerState/running"): "instanceview code PowerState/running",
    ("explain", "ProvisioningState/failed/-1"): "instanceview code ProvisioningState/failed/-1",
    ("tables", "unset-time"): "instanceview explain unset-time",
    ("tables", "PowerState/running"): "instanceview code PowerState/running",
}


@pytest.mark.parametrize("words", ELSEWHERE, ids=" ".join)
def test_a_name_of_another_kind_gets_the_command_that_explains_it(words: tuple[str, str], tmp_path: Path) -> None:
    ran = run(*words, cwd=tmp_path)
    assert ran.code == 2
    assert ran.err.endswith(f"; try: {ELSEWHERE[words]}\n")
    assert run(*ELSEWHERE[words].split()[1:], cwd=tmp_path).code == 0


SUGGESTED = {
    ("tables", "Status-es.level"): '"statuses.level"',
    ("tables", "--api-version", "2016-04-30"): '"2016-04-30-preview"',
    ("explain", "UNSET_TIME"): '"unset-time"',
    ("explain", "level-"): '"level-contradicts-code"',
}


@pytest.mark.parametrize("words", SUGGESTED, ids=" ".join)
def test_the_name_that_is_suggested_is_the_nearest(words: tuple[str, ...], tmp_path: Path) -> None:
    assert f"; did you mean {SUGGESTED[words]}?" in run(*words, cwd=tmp_path).err


def test_rules_with_spaces_between_them_need_commas(tmp_path: Path) -> None:
    ran = run("check", "-", "--ignore", "unset-time wrong-type", cwd=tmp_path, stdin="{}")
    assert ran.code == 2
    assert ran.err.endswith('--ignore: "unset-time wrong-type" is several rules; separate them with commas\n')


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_variable_is_ignored(name: str, tmp_path: Path) -> None:
    assert run("check", "-", cwd=tmp_path, stdin="{}", **{name: "warning"}).err == ""


def test_no_variable_of_an_option_is_near_another() -> None:
    assert [(one, two) for one in KNOWN for two in KNOWN if one != two and list(misspelt([one], [two], {}))] == []


EMPTY = {
    "select": (["--select", ""], {}, "'--select'", "rule"),
    "select of a comma": (["--select", ","], {}, "'--select'", "rule"),
    "select of spaces": (["--select", "  "], {}, "'--select'", "rule"),
    "select twice": (["--select", "", "--select", ","], {}, "'--select'", "rule"),
    "ignore": (["--ignore", ","], {}, "'--ignore'", "rule"),
    "exclude": (["--exclude", ""], {}, "'--exclude'", "pattern"),
    "a variable": ([], {"INSTANCEVIEW_SELECT": " "}, "INSTANCEVIEW_SELECT", "rule"),
    "a variable of a comma": ([], {"INSTANCEVIEW_IGNORE": ","}, "INSTANCEVIEW_IGNORE", "rule"),
}


@pytest.mark.parametrize("case", EMPTY)
def test_a_list_that_names_nothing_is_refused(case: str, tmp_path: Path) -> None:
    options, variables, place, what = EMPTY[case]
    ran = run("check", "-", *options, cwd=tmp_path, stdin="{}", **variables)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (
        f"Error: Invalid value for {place}: names no {what}; name one, or omit the option"
    )


def test_a_list_may_have_an_empty_item_beside_others(tmp_path: Path) -> None:
    assert run("check", "-", "--select", "wrong-type,", cwd=tmp_path, stdin="{}").code == 0
    assert run("check", "-", cwd=tmp_path, stdin="{}", INSTANCEVIEW_SELECT="").code == 0


def test_an_unknown_format_lists_them_all(tmp_path: Path) -> None:
    ran = run("check", "-", "--format", "sarf", cwd=tmp_path, stdin="{}")
    assert ran.err.splitlines()[-1].endswith(
        f'unknown format "sarf"; did you mean "sarif"? known: {", ".join(FORMATS)}'
    )


PATHS = {
    "captures.json": "captures.json",
    "none.har": "none.har",
    "some folder": "'some folder'",
    ".": ".",
    "-": "-",
    "runs/*.json": "'runs/*.json'",
    "a/b": "a/b",
    "plain": "plain",
    "chekc": None,
    "other": None,
}


@pytest.mark.parametrize("name", PATHS)
def test_a_path_in_place_of_a_command_is_to_be_checked(name: str, tmp_path: Path) -> None:
    for file in ("captures.json", "plain"):
        (tmp_path / file).write_text("{}", "utf-8")
    (tmp_path / "some folder").mkdir()
    ran = run(name, "--format", "json", cwd=tmp_path)
    said = ran.err.splitlines()[-1]
    assert (ran.code, ran.out) == (2, "")
    if PATHS[name]:
        assert said == f'Error: unknown command "{name}"; did you mean: instanceview check {PATHS[name]}'
    else:
        assert said.startswith(f'Error: unknown command "{name}";')
        assert "instanceview check" not in said


def test_what_is_suggested_can_be_run(tmp_path: Path) -> None:
    (tmp_path / "a b.json").write_text("{}", "utf-8")
    said = run("a b.json", cwd=tmp_path).err.splitlines()[-1]
    assert said.endswith("instanceview check 'a b.json'")
    assert run("check", "a b.json", cwd=tmp_path).code == 0
