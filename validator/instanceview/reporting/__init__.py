"""Report -> text: the reporters by name, one file per format, each loaded when a report needs it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model.report import Report

FORMATS = {
    "text": "for people: source line, table row, next step",
    "concise": "one line per finding",
    "json": "for programs; its schema is schemas/report.json",
    "sarif": "SARIF 2.1.0, for code scanning",
    "junit": "JUnit XML, one test case per document",
    "github": "annotations for GitHub Actions",
    "azure-pipelines": "issues for Azure Pipelines",
    "gitlab": "Code Quality for GitLab",
    "markdown": "for a summary or a comment",
}
"""Every reporter by the value of `--format`, with its purpose."""

NEED_DOCUMENTS = frozenset({"junit"})
"""The formats that show conformant documents too, so that the report must keep them."""


def render(name: str, report: Report, layout: Layout) -> str:
    """Return the report in a format."""
    return "".join(pieces(name, report, layout))


def pieces(name: str, report: Report, layout: Layout) -> Iterator[str]:
    """Return the report in a format, in pieces as they are made, so that a long report is never in memory as a whole.

    Each reporter is a module with a function `pieces(report, layout)`: `json_report` for `json`, and so on.
    """
    module = import_module(f"instanceview.reporting.{name.replace('-', '_')}_report")
    reporter: Callable[[Report, Layout], Iterator[str]] = module.pieces
    return reporter(report, layout)


class Layout(NamedTuple):
    """Choices of layout: colours, folding of repeated findings, and whether the summary is left out."""

    colour: bool = False
    fold: bool = True
    quiet: bool = False
