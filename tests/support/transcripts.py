"""Transcripts of `instanceview check` in tests/data/check: commands with the lines they show and their exit codes."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from checkout import DATA
from inside import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = DATA / "check"
_PROMPT = "$ instanceview "


class Command(NamedTuple):
    """One command of a transcript, and what it must show: the lines of the report, then the exit code.

    Of a finding only the first line is shown, the one for editors and `grep`; a line on standard error begins with
    `stderr: `.
    """

    words: str
    shown: list[str]


def files() -> list[Path]:
    """Return the transcripts."""
    return sorted(FOLDER.glob("*.console"))


def transcript(path: Path) -> list[Command]:
    """Return the commands of a transcript."""
    blocks = re.split(rf"^{re.escape(_PROMPT)}", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    lines = [[line for line in block.split("\n") if line] for block in blocks]
    return [Command(first, shown) for first, *shown in lines]


def shown(words: str) -> list[str]:
    """Return the lines that a command shows now."""
    ran = run(*shlex.split(words), cwd=FOLDER)
    # Which of -h and --help the line "Try …" names depends on the version of click.
    complaint = [f"stderr: {line}" for line in ran.err.splitlines() if line and not line.startswith("Try ")]
    return [*ran.heads, *complaint, f"exit {ran.code}"]


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each transcript with the text that it should have."""
    for path in files():
        blocks = ["\n".join([f"{_PROMPT}{each.words}", *shown(each.words)]) for each in transcript(path)]
        yield path, "\n\n".join(blocks) + "\n"
