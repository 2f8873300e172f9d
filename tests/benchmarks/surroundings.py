"""The machine of a measurement, and the version of each program and library in it."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import peers

from instanceview.running.pool import cores

if TYPE_CHECKING:
    from collections.abc import Iterator

_PYTHON = (
    "instanceview",
    "orjson",
    "msgspec",
    "click",
    "jsonschema-rs",
    "jsonschema",
    "fastjsonschema",
    "check-jsonschema",
)
_NODE = ("ajv", "ajv-formats", "ajv-cli", "@sourcemeta/jsonschema")


def lines() -> Iterator[str]:
    """Yield one line for each: date, machine, and versions."""
    yield f"- Date: {datetime.now(UTC):%Y-%m-%d}"
    yield f"- Machine: {_processor()}, {cores()} cores, {_memory()}, {platform.system()} {platform.release()}"
    yield f"- Python {platform.python_version()}: {', '.join(filter(None, map(_of_python, _PYTHON)))}"
    modules = peers.node_modules()
    if modules:
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607 (the one that runs the peers)
        yield f"- Node {node}: {', '.join(_of_node(modules, name) for name in _NODE)}"


def _processor() -> str:
    try:
        named = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        named = None
    return f"{named[1].strip() if named else platform.processor()} ({platform.machine()})"


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB of memory"


def _of_python(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""


def _of_node(modules: Path, name: str) -> str:
    return f"{name} {json.loads((modules / name / 'package.json').read_bytes())['version']}"
