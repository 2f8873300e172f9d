"""Samples of documents: each with its tables, its expected findings, and the findings it has now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from checkout import SAMPLES

from instanceview import check_path
from instanceview.reporting.json_values import finding_text
from instanceview.rules import off_by_default
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.literals import ApiVersion, KindName, RuleName

INPUTS = {".json", ".ndjson", ".yaml"}
PATHS = sorted(
    path
    for kind in ("conformant", "nonconformant", "page")
    for path in (SAMPLES / kind).rglob("*")
    if path.suffix in INPUTS
)
"""The input files of the samples that are sorted by whether they conform."""
_SUITE = SAMPLES / "suite" / "recordings"


class Sample(NamedTuple):
    """A file to check, the tables to check it by, and the findings that it must have.

    Kind and api-version are None where the request URLs of a recording name them.
    """

    path: Path
    kind: KindName | None
    api_version: ApiVersion | None
    findings: list[dict[str, Any]]

    @property
    def options(self) -> list[str]:
        """The words of the command that checks this sample."""
        given = [("--kind", self.kind), ("--api-version", self.api_version)]
        tables = [word for option, value in given if value for word in (option, value)]
        extension = ["--extend-select", self.extension] if self.extension else []
        return ["check", str(self.path), *tables, *extension, "--format", "json"]

    @property
    def extension(self) -> RuleName | None:
        """The rule that this sample shows, where that is off by default; None elsewhere."""
        rule = self.path.parent.name
        return cast("RuleName", rule) if any(rule in names for names in off_by_default().values()) else None


def load(path: Path) -> Sample:
    """Return a sample with the content of its `.expected` file.

    Without this file, folder and name say the tables, and no finding is expected.
    """
    expected = path.with_suffix(".expected")
    if expected.exists():
        content = json.loads(expected.read_bytes())
        return Sample(path, content["kind"], content["apiVersion"], content["findings"])
    kind = max((kind for kind in KINDS if path.name.startswith(f"{kind}-")), key=len)
    return Sample(path, kind, cast("ApiVersion", path.parent.name), [])


def without_file(sample: Sample, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return findings of the JSON report as `.expected` files hold them: without file name and fingerprint."""
    for finding in findings:
        assert finding["origin"].pop("file") == str(sample.path)
        finding.pop("fingerprint", None)
    return findings


def found(sample: Sample) -> list[dict[str, Any]]:
    """Return the findings that a sample has now; raises AssertionError for a file that cannot be checked."""
    report = check_path(sample.path, kind=sample.kind, api_version=sample.api_version, extend_select=sample.extension)
    assert (report.unreadable, report.skipped) == ((), ())
    assert report.documents > 0
    return without_file(sample, [json.loads(finding_text((finding, ""))) for finding in report.findings])


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have.

    A new nonconformant sample gets one too: with the kind and the api-version that `check` recognises without options.
    """
    for path in [*PATHS, *sorted(_SUITE.glob("*.json"))]:
        expected = path.with_suffix(".expected")
        if expected.exists():
            sample = load(path)
        elif path.is_relative_to(SAMPLES / "nonconformant"):
            sample = _recognised(path)
        else:
            continue
        content = {"kind": sample.kind, "apiVersion": sample.api_version, "findings": found(sample)}
        yield expected, json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _recognised(path: Path) -> Sample:
    findings = check_path(path).findings
    tables = findings[0].tables if findings else None
    return Sample(path, tables.kind if tables else None, tables.api_version if tables else None, [])
