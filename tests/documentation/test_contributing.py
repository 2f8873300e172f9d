"""CONTRIBUTING.md: its commands run in a copy of the checkout, and the files that it names are there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import IMPORT_PATH, ROOT
from needs import SOURCES
from program import environment

PAGE = ROOT / "validator" / "CONTRIBUTING.md"
if not (ROOT / "validator" / "instanceview").exists():
    pytest.skip(SOURCES, allow_module_level=True)

TEXT = PAGE.read_text("utf-8")
_BLOCK = re.compile(r"(?:<!-- not run: (?P<why>[^\n]*) -->\n)?^```sh\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = {match["code"]: match["why"] for match in _BLOCK.finditer(TEXT)}
"""The blocks, each with the reason why it is not run here, None for the others."""
BY_CI = ".ci/run runs each line"
PACKAGE = Path(IMPORT_PATH) / "instanceview"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the checkout in which a command may write."""
    ignored = shutil.ignore_patterns("__pycache__", ".git", ".venv*", ".*_cache", "dist")
    return Path(shutil.copytree(ROOT, tmp_path / "copy", ignore=ignored))


@pytest.mark.slow
@pytest.mark.parametrize("block", [code for code, why in BLOCKS.items() if why is None], ids=lambda code: code[:40])
def test_commands_run(block: str, copy: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    others = {"PATH": path, "PYTHONPATH": str(copy / "validator"), "PYTEST_ADDOPTS": "-p no:cacheprovider"}
    program = ["/bin/sh", "-ec", block]
    done = subprocess.run(
        program, cwd=copy, env=environment(**others), capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_ci_runs_the_commands_that_are_left_to_it() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8").replace('"$tools/', "").replace('"', "").splitlines()
    lines = [line for code, why in BLOCKS.items() if why == BY_CI for line in code.splitlines()]
    assert len(lines) > 3
    assert [line for line in lines if line not in script] == []


def test_files_that_are_named_are_there() -> None:
    named = re.findall(r"`((?:[a-z_.]+/)+[\w.*-]*)`", TEXT)
    assert len(named) > 20
    missing = [name for name in named if not any(next(base.glob(name), None) for base in (ROOT, PACKAGE))]
    assert missing == []


def test_every_room_is_in_the_picture() -> None:
    picture = TEXT.partition("## How data flows")[0]
    rooms = sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__")
    assert [room for room in rooms if f"{room}/" not in picture] == []


def test_every_part_of_reading_is_in_its_table() -> None:
    parts = [f"reading/{path.name}" for path in (PACKAGE / "reading").iterdir() if not path.name.startswith("__")]
    assert sorted(part for part in parts if f"`{part}" not in TEXT) == []
