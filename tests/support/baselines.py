"""Run `check` with a baseline, and read the entries of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evident import evident
from inside import run
from jsonschema import Draft7Validator

from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from pathlib import Path

    from program import Ran

SCHEMA = json.loads((schemas_folder() / "baseline.json").read_text("utf-8"))
FAULTY = evident('{"platformFaultDomain": "1"}')
TWICE = evident('{"platformFaultDomain": "1", "vmAgent": 1}')


def check(folder: Path, *arguments: str, baseline: str = "known.json") -> Ran:
    """Check in a folder with the baseline that lies there."""
    return run("check", *arguments, "--baseline", baseline, cwd=folder)


def entries(folder: Path, name: str = "known.json") -> list[dict[str, Any]]:
    """Return the entries of a baseline that keeps to its schema and is sorted, one a line."""
    text = (folder / name).read_text("utf-8")
    content = json.loads(text)
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(content)] == []
    findings: list[dict[str, Any]] = content["findings"]
    lines = [line.rstrip(",") for line in text.splitlines()]
    assert lines == ['{"version": 1, "findings": [', *(json.dumps(each) for each in findings), "]}"]
    order = [(each["file"], each.get("document", ""), each["rule"], each["pointer"]) for each in findings]
    assert order == sorted(order)
    return findings


def files(folder: Path, name: str = "known.json") -> list[str]:
    """Return the file of each entry of a baseline."""
    return [each["file"] for each in entries(folder, name)]
