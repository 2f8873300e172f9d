"""Run the code blocks of the documentation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from checkout import IMPORT_PATH, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDES = tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "validator" / "docs").glob("*.md")))
PAGES = ("README.md", *GUIDES, "schemas/README.md")
"""The pages for users; a new guide is found by itself."""
PROGRAMS = {
    "instanceview": "-m instanceview",
    # The plugin is named, since pytest finds it by itself only where the package is installed.
    "pytest": "-m pytest -p instanceview.pytest_plugin -p no:cacheprovider",
    "check-jsonschema": "-m check_jsonschema",
}
_BLOCK = re.compile(
    r"^(?P<not_run><!-- not run: .*? -->\n)?```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)


def blocks(text: str, language: str) -> list[str]:
    """Return the code blocks of a language, in order, but for those whose comment says why they are not run."""
    return [match["code"] for match in _BLOCK.finditer(text) if match["language"] == language and not match["not_run"]]


def page(name: str) -> str:
    """Return the text of a page, or of a guide by its bare name."""
    path = f"validator/docs/{name}.md" if "/" not in name and "." not in name else name
    return (ROOT / path).read_text("utf-8")


def all_blocks(language: str) -> list[str]:
    """Return the code blocks of a language in README and the guides."""
    return [block for name in ("README.md", *GUIDES) for block in blocks(page(name), language)]


def block_after(marker: str, text: str) -> str:
    """Return the one code block that directly follows the comment with this marker."""
    (match,) = re.finditer(rf"^<!-- {re.escape(marker)} -->\n+```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return match[1]


# What `az rest` and `curl` print when they ask for an instance view, and az for a token: nothing here asks Azure.
_ANSWERS = """#!/bin/sh
case "$*" in
  *get-access-token*) echo token ;;
  *https://management.azure.com/*instanceView*api-version=2022-11-01*)
    cat samples/conformant/2022-11-01/vmss-vm-running.json ;;
  *) echo "not a request for an instance view: $*" >&2; exit 1 ;;
esac
"""


def workplace(folder: Path) -> Path:
    """Make a folder where the documentation's commands run as in a checkout, and what they write is thrown away."""
    for name in ("samples", "schemas"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "bin").mkdir()
    for name, command in PROGRAMS.items():
        program = folder / "bin" / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {command} "$@"\n')
        program.chmod(0o755)
    for name in ("az", "curl"):
        program = folder / "bin" / name
        program.write_text(_ANSWERS)
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
                # One pipe for both streams keeps the order of writing, as a terminal does.
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            code, output = done.returncode, done.stdout
        shown += f"$ {command}\n{output}"
    return shown


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a command that runs in a workplace."""
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if name not in _OF_CI}
    return {**kept, "PATH": path, "PYTHONPATH": IMPORT_PATH, "COLUMNS": "80", "NO_COLOR": "1", **_PYTEST}


_OF_CI = {"CI", "BUILD_NUMBER"}  # with which pytest cuts no line of its summary
# No other plugin has a word in the output, and nothing is written beside the samples.
_PYTEST = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTHONDONTWRITEBYTECODE": "1"}


def rewrite(text: str) -> str:
    """Return a Markdown text with the outputs of its console blocks as they are now, each in a folder of its own."""

    def fresh(match: re.Match[str]) -> str:
        if match["language"] != "console" or match["not_run"]:
            return match[0]
        with tempfile.TemporaryDirectory() as scratch:
            return f"```console\n{run(match['code'], workplace(Path(scratch)))}```"

    return _BLOCK.sub(fresh, text)


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each page with the text that it should have: the outputs of its console blocks as they are now."""
    for name in PAGES:
        yield ROOT / name, rewrite(page(name))
