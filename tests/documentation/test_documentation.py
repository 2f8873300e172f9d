"""Every code block of the documentation runs, and gives the output shown there."""

from __future__ import annotations

import doctest
import os
from typing import TYPE_CHECKING

import pytest
from checkout import ROOT
from documentation import PAGES, blocks, run, workplace

if TYPE_CHECKING:
    from pathlib import Path


def _blocks(language: str) -> list[object]:
    return [
        pytest.param(block, id=f"{page}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks((ROOT / page).read_text("utf-8"), language))
    ]


@pytest.mark.parametrize("block", _blocks("console"))
def test_commands_give_the_output_shown(block: str, tmp_path: Path) -> None:
    assert run(block, workplace(tmp_path)) == block


@pytest.mark.parametrize("block", _blocks("python"))
def test_python_examples_give_the_values_shown(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(block, {}, "README", None, None)
    assert test.examples, "a python block shows a session with >>>"
    assert doctest.DocTestRunner().run(test).failed == 0


def test_every_block_is_of_a_language_that_is_run() -> None:
    languages = {match for page in PAGES for match in _languages(page)}
    assert languages <= {"console", "python", "sh", "json", "yaml", "lua", "toml"}, os.linesep.join(languages)


def _languages(page: str) -> list[str]:
    lines = (ROOT / page).read_text("utf-8").splitlines()
    fences = [line for line in lines if line.startswith("```")]
    return [fence.removeprefix("```") for fence in fences[::2]]
