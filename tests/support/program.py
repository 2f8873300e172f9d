"""Run the command line as a user does: in a process of its own, from the package that this process tests."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from checkout import DATA, IMPORT_PATH

if TYPE_CHECKING:
    from pathlib import Path

BAD_INPUT = DATA / "bad_input"
"""Inputs that cannot be checked, each beside the line that `check` prints for it, and two documents that can."""


class Ran(NamedTuple):
    """The result of a run: its exit code, and the text on standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def heads(self) -> list[str]:
        """The first line of each finding and all other lines that are not indented below one.

        What documents were checked as is left out: `tests/reporting/test_summary.py` has it.
        """
        return [line for line in self.out.splitlines() if not line.startswith((" ", "checked: "))]

    @property
    def seen(self) -> tuple[int, list[str], str]:
        """The exit code, the lines of `heads`, and standard error."""
        return self.code, self.heads, self.err


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a run: no colours and no settings, whatever that of the tests has."""
    others = ("FORCE_COLOR", "NO_COLOR", "INSTANCEVIEW_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return {**kept, "PYTHONPATH": IMPORT_PATH, **more}


def run(*arguments: str, cwd: Path, stdin: bytes = b"", **variables: str) -> Ran:
    """Run `instanceview` with the arguments in a folder; warnings are errors there too."""
    program = [sys.executable, "-W", "error", "-m", "instanceview", *arguments]
    done = subprocess.run(
        program, cwd=cwd, input=stdin, capture_output=True, env=environment(**variables), timeout=60, check=False
    )
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    return Ran(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


def run_beside_others(path: str, cwd: Path) -> Ran:
    """Check a path between a conformant and a nonconformant document."""
    return run("check", "conformant.json", path, "nonconformant.json", cwd=cwd)


def one_line(line: str) -> tuple[int, list[str], str]:
    """Return the expected `seen` of such a run, where one input cannot be checked and has one line."""
    finding = 'nonconformant.json:3:26: error wrong-type: expected integer, found "two"'
    summary = "2 documents: 1 conformant; 1 error, 0 warnings, 0 notes; 1 unreadable"
    return 2, [finding, line, summary], ""
