"""Repositories of git for tests, whatever the configuration of the machine is."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from needs import GIT

if TYPE_CHECKING:
    from pathlib import Path

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason=GIT)
SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": "/"}
_WHO = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgSign=false")


def git(folder: Path, *arguments: str) -> bytes:
    """Run git in a folder and return its output."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    program = ["git", "-C", str(folder), *_WHO, *arguments]
    return subprocess.run(program, env={**kept, **SETTINGS}, capture_output=True, check=True).stdout


def committed(folder: Path) -> None:
    """Commit all that is in a folder, which becomes a repository."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "state")
