"""Our command line and those of our peers as works: the same documents by the same schema; each must succeed.

Peers of node lie in `node_modules` of the folder that IV_TEST_PEERS names; without it they are left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import corpora

import instanceview
from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rounds import Work

SCHEMA = str(schemas_folder() / corpora.VERSION / f"{corpora.KIND}.json")
_HERE = Path(__file__).resolve().parent
_ELSEWHERE = tempfile.gettempdir()  # here our program would read what pyproject.toml has for it
TABLES = ["--kind", corpora.KIND, "--api-version", corpora.VERSION]
_CLEAN = (0,)
_EITHER = (0, 1)


class FailedError(RuntimeError):
    """A program that did not do its work; the text says which and how it ended."""


def node_modules() -> Path | None:
    """Return the folder of the peers of node, None where they are not installed."""
    named = os.environ.get("IV_TEST_PEERS")
    return Path(named, "node_modules").absolute() if named else None


def environment() -> dict[str, str]:
    """Return the variables that let a process find the package that this process measures, as if installed."""
    others = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**others, "PYTHONPATH": str(Path(instanceview.__file__).parents[1])}


def program(command: Sequence[str], codes: Sequence[int] = _CLEAN) -> Work:
    """Return the work of running a program; it raises FailedError for an exit code that is not among these."""

    def work() -> None:
        quiet, kept = subprocess.DEVNULL, subprocess.PIPE
        ran = subprocess.run(command, cwd=_ELSEWHERE, env=environment(), stdout=quiet, stderr=kept, check=False)
        if ran.returncode not in codes:
            said = ran.stderr.decode(errors="replace")[-300:]
            raise FailedError(f"{' '.join(command[:6])} ended with {ran.returncode}, not one of {codes}: {said}")

    return work


def python(*arguments: str, codes: Sequence[int] = _CLEAN) -> Work:
    """Return the work of running Python."""
    return program([sys.executable, *arguments], codes)


def loop(name: str, *arguments: str) -> Work:
    """Return the work of a loop in `loops.py`, in a process of its own."""
    return python(str(_HERE / "loops.py"), name, *arguments)


def ours(*arguments: str, clean: bool = False) -> Work:
    """Return the work of our command line, with kind and api-version of the documents as options."""
    return python("-m", "instanceview", "check", *arguments, *TABLES, codes=_CLEAN if clean else _EITHER)


def check_jsonschema(*files: str, clean: bool = False) -> Work:
    """Return the work of check-jsonschema on files."""
    return python("-m", "check_jsonschema", "--schemafile", SCHEMA, *files, codes=_CLEAN if clean else _EITHER)


def ajv_cli(files: str) -> Work:
    """Return the work of ajv-cli on a glob of files."""
    options = ["validate", "-c", "ajv-formats", "--spec=draft7", "--errors=no", "-s", SCHEMA, "-d", files]
    return program([f"{node_modules()}/.bin/ajv", *options], _EITHER)


def ajv(file: str) -> Work:
    """Return the work of ajv on the lines of a file, all valid, in one process of node."""
    return program(["node", str(_HERE / "peers.mjs"), SCHEMA, file])


def sourcemeta(path: str) -> Work:
    """Return the work of @sourcemeta/jsonschema on a file or folder; lines of documents must be called `.jsonl`."""
    command = [f"{node_modules()}/.bin/jsonschema", "validate", "--fast", "--continue", SCHEMA, path]
    return program(command, (0, 2))  # 2 means that something is invalid, and 1 that the run failed
