"""The hook for pre-commit: its entry runs, it gets the right files, and a guide shows its use."""

from __future__ import annotations

import re
import shlex
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from checkout import ROOT
from documentation import block_after, page
from program import run

import instanceview

if TYPE_CHECKING:
    from pathlib import Path

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
HOOK = HOOKS[0]
# True if the hook gets a file of this name.
FILES = {
    "a.instanceview.json": True,
    "captures/app-0.vmss-vm.2024-07-01.instanceview.json": True,
    "captures/a.vm.instanceview.yaml": True,
    "a.instanceview.ndjson": True,
    "package.json": False,
    ".instanceview.toml": False,
    ".instanceview-baseline.json": False,
    "ci.instanceview-report.json": False,
    "a.instanceview.json.bak": False,
}


def test_the_hook_says_what_pre_commit_needs() -> None:
    assert [hook["id"] for hook in HOOKS] == ["instanceview-check"]
    assert {"id", "name", "entry", "language"} <= set(HOOK)
    # pre-commit installs the repository by pip, and calls the program that it installs.
    assert HOOK["language"] == "python"
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert shlex.split(HOOK["entry"])[0] in scripts


@pytest.mark.parametrize("file", FILES)
def test_the_hook_is_passed_instance_views_alone(file: str) -> None:
    assert bool(re.search(HOOK["files"], file)) is FILES[file]


def test_the_entry_checks_the_files_that_it_gets(tmp_path: Path) -> None:
    (tmp_path / "a.instanceview.json").write_text("{}")
    (tmp_path / "b.instanceview.json").write_text('{"platformFaultDomain": "two"}')
    program, *arguments = shlex.split(HOOK["entry"])
    assert program == "instanceview"
    assert run(*arguments, "a.instanceview.json", "b.instanceview.json", cwd=tmp_path).seen == (
        1,
        [
            'b.instanceview.json:1:25: error wrong-type: expected integer, found "two"',
            "2 documents: 1 conformant; 1 error, 0 warnings, 0 notes",
        ],
        "",
    )
    assert run(*arguments, "a.instanceview.json", cwd=tmp_path).code == 0


def test_the_guide_names_the_hook_of_this_version(tmp_path: Path) -> None:
    (repository,) = yaml.safe_load(block_after("pre-commit", page("ci")))["repos"]
    assert repository["rev"] == f"v{instanceview.__version__}"
    shown: dict[str, Any]
    (shown,) = repository["hooks"]
    assert shown["id"] == HOOK["id"]
    hook = {**HOOK, **shown}
    assert re.search(hook["files"], "captures/a.json")
    assert not re.search(hook["files"], "package.json")
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "a.json").write_text('{"vmAgent": 1}')
    arguments_shown: list[str] = shown.get("args", [])
    program, *arguments = [*shlex.split(HOOK["entry"]), *arguments_shown]
    ran = run(*arguments, "captures/a.json", cwd=tmp_path)
    assert (program, ran.code, ran.heads[0]) == (
        "instanceview",
        1,
        "captures/a.json:1:13: error wrong-type: expected object, found 1",
    )
