"""`python tests/regenerate.py --check` names each committed file that differs from its fresh text."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from checkout import ROOT
from program import environment

if TYPE_CHECKING:
    from pathlib import Path

# For each part a file of it, and a text in it that is replaced once.
BROKEN = {
    "samples": ("samples/nonconformant/secret-in-text/signature-and-token.expected", "warning"),
    "capture_samples": ("samples/captures/nock.js.expected", "documents"),
    "recordings": ("tests/data/recordings/nock/cut.js.expected", "documents"),
    "answered": ("tests/data/answered/curl-i.txt.expected", "2017"),
    "artefacts": ("tests/data/artefacts/own/base64.json.expected", "documents"),
    "cassette_cases": ("tests/data/recordings/vcr_yaml/alias-bomb.expected", "recorded"),
    "yaml_cases": ("tests/data/yaml/tab.expected", "judged"),
    "bad_input": ("tests/data/bad_input/nan.expected", "nan.json"),
    "transcripts": ("tests/data/check/tables.console", "exit 0"),
    "command_cases": ("tests/data/commands/code-case.txt", "exit 0"),
    "picture": ("validator/docs/finding.svg", "error"),
    "documentation": ("README.md", "1 document: "),
}


def regenerate(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """Return the exit code and the printed lines of the program in a copy of the checkout."""
    command = [sys.executable, "tests/regenerate.py", *arguments, *BROKEN]
    variables = environment(IV_TEST_SHARED=str(folder / "no-facts"))
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=300, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the program reads."""
    for name in ("samples", "schemas", "tests", "validator"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "README.md", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_each_file_that_differs_is_named_and_written(copy: Path) -> None:
    before = {name: (copy / name).read_bytes() for name, _ in BROKEN.values()}
    for name, text in BROKEN.values():
        (copy / name).write_text((copy / name).read_text("utf-8").replace(text, "broken", 1), "utf-8")
    broken = {name: (copy / name).read_bytes() for name in before}
    assert broken.keys() == {name for name, data in broken.items() if data != before[name]}
    assert regenerate(copy, "--check") == (1, [f"differs: {name}" for name in before])
    assert {name: (copy / name).read_bytes() for name in broken} == broken
    assert regenerate(copy) == (0, [f"written: {name}" for name in before])
    assert {name: (copy / name).read_bytes() for name in before} == before


def test_every_file_of_expectations_is_of_a_part() -> None:
    folders = {
        path.parent.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.expected") if ".git" not in path.parts
    }
    known = (
        "samples/",
        "tests/data/recordings/",
        "tests/data/answered",
        "tests/data/artefacts",
        "tests/data/field",
        "tests/data/yaml",
        "tests/data/bad_input",
        "tests/data/limits",
    )
    assert [folder for folder in sorted(folders) if not folder.startswith(known)] == []
