"""Runs the code blocks of a Markdown file; `python tests/documentation.py README.md` writes the outputs anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import instanceview

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str) -> list[str]:
    """Return the code blocks of a language, in order."""
    return [match["code"] for match in _BLOCK.finditer(text) if match["language"] == language]


def workplace(folder: Path) -> Path:
    """Make a folder where the documentation's commands run as in a checkout, and what they write is thrown away."""
    for name in ("samples", "schemas"):
        (folder / name).symlink_to(ROOT / name)
    program = folder / "bin" / "instanceview"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m instanceview "$@"\n')
    program.chmod(0o755)
    return folder


def run(block: str, folder: Path) -> str:
    """Return a console block with the output that its commands give now."""
    shown = ""
    code = 0
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        if command == "echo $?":
            output = f"{code}\n"
        else:
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=folder,
                env=environment(folder),
                capture_output=True,
                text=True,
                check=False,
            )
            code, output = done.returncode, done.stdout + done.stderr
        shown += f"$ {command}\n{output}"
    return shown


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a command that runs in a workplace."""
    package = str(Path(instanceview.__file__).parents[1])
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": package, "COLUMNS": "80", "NO_COLOR": "1"}


def rewrite(text: str, folder: Path) -> str:
    """Return a Markdown text with the outputs of its console blocks as they are now."""

    def fresh(match: re.Match[str]) -> str:
        if match["language"] != "console":
            return match[0]
        return f"```console\n{run(match['code'], folder)}```"

    return _BLOCK.sub(fresh, text)


if __name__ == "__main__":
    import tempfile

    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(name)
            path.write_text(rewrite(path.read_text("utf-8"), workplace(Path(scratch))), "utf-8")
