"""Every command, every option and every ini key is in a guide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from documentation import GUIDES, page
from program import run

from instanceview import pytest_plugin

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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


class Options(list[str]):
    """A parser of pytest that keeps the names of options and ini keys."""

    def getgroup(self, *_: str) -> Options:
        return self

    def addoption(self, name: str, **_: object) -> None:
        self.append(name)

    def addini(self, name: str, *_: object, **__: object) -> None:
        self.append(name)


def test_every_option_and_ini_key_of_pytest_is_in_its_guide() -> None:
    guide, added = page("testing"), Options()
    pytest_plugin.pytest_addoption(cast("pytest.Parser", added))
    assert len(added) > 6
    assert [name for name in added if f"`{name}" not in guide] == []
