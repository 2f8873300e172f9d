"""Every code block of the documentation runs, and gives the output shown there; no fence is passed over."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from checkout import ROOT
from documentation import GUIDES, PAGES, block_after, blocks, environment, page, run, workplace
from needs import ARROW, DASK

if TYPE_CHECKING:
    from pathlib import Path

README = page("README.md")
BY_CI = {block_after(marker, README) for marker in ("main job", "tests")}
"""The lines that .ci/run runs in a checkout of their own."""


def _blocks(language: str, pages: tuple[str, ...] = PAGES) -> list[object]:
    return [
        pytest.param(block, id=f"{name}-{number}", marks=_needed(block))
        for name in pages
        for number, block in enumerate(blocks(page(name), language))
        if block not in BY_CI
    ]


def _needed(block: str) -> list[pytest.MarkDecorator]:
    """Return a mark that skips a block which needs an extra that `test` does not have; .ci/run has steps with them."""
    missing = [need for words, (module, need) in EXTRAS.items() if words in block and find_spec(module) is None]
    return [pytest.mark.skip(missing[0])] if missing else []


EXTRAS = {"import dask": ("dask", DASK), "from instanceview.arrow": ("pyarrow", ARROW)}
"""Words in a block, with the module that it needs and the reason of a test that is skipped without it."""


# A new branch with one more document.
REPOSITORY = """
config() { git config user.email a@example.com; git config user.name a; }
commit() { git add captures; git commit -qm "$1"; }
git init -q -b main .; config; mkdir captures
cp samples/conformant/2022-11-01/vmss-vm-running.json captures/before.json; commit before; git switch -qc branch
cp samples/conformant/2022-11-01/vmss-vm-deallocated.json captures/after.json; commit after
"""


def bash(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = ["bash", "-euo", "pipefail", "-c", code]
    variables = environment(workplace(folder))
    return subprocess.run(program, cwd=folder, env=variables, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("block", _blocks("console"))
def test_commands_give_the_output_shown(block: str, tmp_path: Path) -> None:
    assert run(block, workplace(tmp_path)) == block


@pytest.mark.parametrize("block", _blocks("python"))
def test_python_examples_give_the_values_shown(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(block, {}, "README", None, None)
    assert test.examples, "a python block shows a session with >>>"
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("block", _blocks("sh", ("README.md", *GUIDES)))
def test_shell_examples_run_without_a_word_on_standard_error(block: str, tmp_path: Path) -> None:
    before = REPOSITORY if "--changed-since" in block else ""
    ran = bash(before + block, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    asked = len(re.findall(r"(?:^|\| )instanceview check ", block, re.MULTILINE))
    assert ran.stdout.count("1 document: 1 conformant; 0 errors, 0 warnings, 0 notes\n") == asked


# What is not PowerShell's own, as a POSIX shell has it: the paths of programs, and commands that ask Azure.
POSIX = (
    (r"\\", "/"),
    (r"(?<![\w.])py -m", "python3 -m"),
    (r"\.venv(-test)?/Scripts/", r".venv\1/bin/"),
    (r"^\$(\w+) = ", r"\1="),
    (r"\(Invoke-AzRestMethod -Path (\$path)\)\.Content", r'az rest --url "https://management.azure.com\1"'),
    ("; ", " && "),
)


@pytest.mark.parametrize("block", _blocks("powershell"))
def test_examples_of_powershell_are_those_of_the_shell_with_other_paths(block: str, tmp_path: Path) -> None:
    code = block
    for pattern, posix in POSIX:
        code = re.sub(pattern, posix, code, flags=re.MULTILINE)
    if ".venv" in code:
        assert set(code.splitlines(keepends=True)) == BY_CI
    else:
        ran = bash(code, tmp_path)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert "1 document: 1 conformant; 0 errors, 0 warnings, 0 notes\n" in ran.stdout


def test_a_request_that_is_not_for_an_instance_view_gets_no_answer(tmp_path: Path) -> None:
    assert bash("az rest --url https://management.azure.com/subscriptions", tmp_path).returncode == 1


def test_every_block_is_of_a_language_that_is_run() -> None:
    languages = {match for name in PAGES for match in _languages(name)}
    known = {"console", "python", "sh", "powershell", "json", "yaml", "lua", "toml"}
    assert languages <= known, os.linesep.join(languages)


MARKED = ("VS Code", "Neovim", "pre-commit", "$schema", "modeline")
"""The comments above blocks that tests of other rooms read, each by its comment."""


@pytest.mark.parametrize("name", ["README.md", *GUIDES])
def test_every_block_that_is_data_is_read_by_a_test(name: str) -> None:
    text = page(name)
    marked = {block_after(marker, text) for marker in MARKED if f"<!-- {marker} -->" in text}
    data = [block for language in ("json", "yaml", "lua") for block in blocks(text, language)]
    assert [block for block in data if block not in marked and "instanceview check" not in block] == []


def _languages(name: str) -> list[str]:
    lines = page(name).splitlines()
    fences = [line for line in lines if line.startswith("```")]
    return [fence.removeprefix("```") for fence in fences[::2]]
