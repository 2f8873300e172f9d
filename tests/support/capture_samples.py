"""Samples of recordings: the report of each in the form of its `.expected` file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from checkout import SAMPLES

from instanceview.reading.inputs import read_path
from instanceview.reporting.json_report import as_json
from instanceview.running.tally import report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = SAMPLES / "captures"


def samples() -> list[Path]:
    """Return the samples, one a format."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


def expected_file(sample: Path) -> Path:
    return sample.with_name(f"{sample.name}.expected")


def found(sample: Path) -> dict[str, Any]:
    """Return the report of a sample: the members that identify a finding, without the name of the file."""
    content = as_json(report(read_path(sample)))
    for each in (*content["findings"], *content["skipped"], *content["unreadable"]):
        del each["origin"]["file"]
    kept = ("rule", "severity", "kind", "apiVersion", "apiVersionFrom", "pointer", "value", "recorded", "origin")
    return {
        "documents": content["summary"]["documents"],
        "recorded": content["summary"]["recorded"],
        "findings": [{name: each[name] for name in kept if name in each} for each in content["findings"]],
        "skipped": content["skipped"],
        "unreadable": content["unreadable"],
    }


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have."""
    for sample in samples():
        yield expected_file(sample), json.dumps(found(sample), indent=1) + "\n"
