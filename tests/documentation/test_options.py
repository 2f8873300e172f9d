"""Every command, every option and every ini key is in a guide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from documentation import GUIDES, page
from program import run

if TYPE_CHECKING:
    from pathlib import Path

ALL = "\n".join(page(name) for name in GUIDES)
OF_ALL = {"--help", "--version"}


def options(text: str) -> set[str]:
    """Return the options that a help text lists: of two on a line, both."""
    listed = re.findall(r"^  (-.*?)(?:  |$)", text, re.MULTILINE)
    return {option for line in listed for option in re.findall(r"--[a-z][a-z-]*", line)} - OF_ALL


def commands(tmp_path: Path) -> list[str]:
    return re.findall(r"^  ([a-z-]+) ", run("--help", cwd=tmp_path).out.partition("Commands:")[2], re.MULTILINE)


def test_every_command_and_option_is_in_a_guide(tmp_path: Path) -> None:
    names = commands(tmp_path)
    assert {"check", "explain", "generate"} <= set(names)
    assert [name for name in names if f"`{name}`" not in ALL and f"instanceview {name}" not in ALL] == []
    listed = {option for name in names for option in options(run(name, "--help", cwd=tmp_path).out)}
    assert len(listed) > 25
    assert sorted(option for option in listed if not re.search(rf"{option}(?![\w-])", ALL)) == []


def test_every_option_of_check_is_in_the_guide_to_the_configuration(tmp_path: Path) -> None:
    guide = page("configuration")
    listed = options(run("check", "--help", cwd=tmp_path).out)
    assert sorted(option for option in listed if not re.search(rf"{option}(?![\w-])", guide)) == []


def test_every_option_and_ini_key_of_pytest_is_in_its_guide(pytestconfig: pytest.Config) -> None:
    guide = page("testing")
    plugin = pytestconfig.pluginmanager.get_plugin("instanceview") or pytest.importorskip("instanceview.pytest_plugin")
    parser = pytest.Parser(_ispytest=True)
    plugin.pytest_addoption(parser)
    (group,) = (each for each in parser._groups if each.name == "instanceview")
    names = {name for option in group.options for name in option.names()} | set(parser._inidict)
    assert len(names) > 6
    assert sorted(name for name in names if f"`{name}" not in guide) == []
