"""What is found in a sample of a recording, in the form of its `.expected` file; run to write those files anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from checkout import SAMPLES

from instanceview.reading.inputs import read_path
from instanceview.reporting.json_report import as_json
from instanceview.running.tally import report

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = SAMPLES / "captures"


def samples() -> list[Path]:
    """Return the samples, one a format."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


def expected_file(sample: Path) -> Path:
    return sample.with_name(f"{sample.name}.expected")


def found(sample: Path) -> dict[str, Any]:
    """Return the report of a sample with what tells one finding from another, the file's name left out."""
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


if __name__ == "__main__":
    for each in samples():
        expected_file(each).write_text(json.dumps(found(each), indent=1) + "\n", "utf-8")
