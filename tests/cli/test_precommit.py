"""The hook for pre-commit: its entry runs, it gets the right files, and a guide shows its use."""

from __future__ import annotations

import json
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
    "captures/app-0.vmss-vm.2024-07-01.json": True,
    "captures/a.yaml": True,
    "captures/a.yml": True,
    "a.ndjson": True,
    "a.jsonl": True,
    "session.har": True,
    "debug.log": True,
    "package.json": True,
    "README.md": False,
    ".instanceview.toml": False,
    "a.json.bak": False,
    "json": False,
}
PASSED_OVER = {
    "package.json": '{"name": "package", "version": "1.0.0"}',
    "README.md": "# Captures\n\nRecordings of a scale set.\n",
    "tsconfig.json": '// comments\n{"extensions": [],}',
    "chart.yaml": "disks:\n  {{- range .Values.disks }}\n",
    "empty.json": "",
    "server.log": "GET /subscriptions/1/providers/Microsoft.Compute/virtualMachines/a/instanceView HTTP/1.1\n",
}


def test_the_hook_says_what_pre_commit_needs() -> None:
    assert [hook["id"] for hook in HOOKS] == ["instanceview-check"]
    assert {"id", "name", "entry", "language"} <= set(HOOK)
    # pre-commit installs the repository by pip, and calls the program that it installs.
    assert HOOK["language"] == "python"
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert shlex.split(HOOK["entry"])[0] in scripts


@pytest.mark.parametrize("file", FILES)
def test_the_hook_is_passed_what_may_have_instance_views(file: str) -> None:
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


def test_other_files_do_not_fail_a_commit(tmp_path: Path) -> None:
    _, *arguments = shlex.split(HOOK["entry"])
    for name, text in PASSED_OVER.items():
        (tmp_path / name).write_text(text)
    ran = run(*arguments, *PASSED_OVER, "--format", "json", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    report = json.loads(ran.out)
    assert [each["origin"]["file"] for each in report["skipped"]] == list(PASSED_OVER)
    assert report["summary"]["documents"] == 0
    for name in PASSED_OVER:
        assert run(*arguments[:1], name, cwd=tmp_path).code == 2, name


def test_a_broken_view_beside_them_fails_the_commit(tmp_path: Path) -> None:
    _, *arguments = shlex.split(HOOK["entry"])
    (tmp_path / "package.json").write_text(PASSED_OVER["package.json"])
    (tmp_path / "a.json").write_text('{"statuses": [{"code": "PowerState/running", ')
    ran = run(*arguments, "package.json", "a.json", cwd=tmp_path)
    assert (ran.code, ran.heads[0].partition(" ")[0]) == (2, "a.json:1:46:")


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
    (tmp_path / "captures" / "a.json").write_text('{"vmAgent": 1, "statuses": [{"code": "PowerState/running"}]}')
    arguments_shown: list[str] = shown.get("args", [])
    program, *arguments = [*shlex.split(HOOK["entry"]), *arguments_shown]
    ran = run(*arguments, "captures/a.json", cwd=tmp_path)
    assert (program, ran.code, ran.heads[0]) == (
        "instanceview",
        1,
        "captures/a.json:1:13: error wrong-type: expected object, found 1",
    )
