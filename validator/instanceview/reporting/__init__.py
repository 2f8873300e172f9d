"""Report -> text: the reporters by name, one file for each format, which is loaded when a report needs it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.names import known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.literals import FormatName
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


def need_documents(name: str, layout: Layout) -> bool:
    """Return True if a format shows conformant documents too, so that the report must keep them."""
    return name == "junit" or (name == "json" and layout.documents)


def pieces(name: str, report: Report, layout: Layout) -> Iterator[str]:
    """Return the report in a format as pieces, made one by one, so that a long report is never in memory as a whole.

    Each reporter is a module with a function `pieces(report, layout)`: `json_report` for `json`, and so on.
    """
    module = import_module(f"instanceview.reporting.{name.replace('-', '_')}_report")
    reporter: Callable[[Report, Layout], Iterator[str]] = module.pieces
    return reporter(report, layout)


def render(  # noqa: PLR0913 (the choices of the command line)
    report: Report,
    format: FormatName = "text",  # noqa: A002 (the name of the option)
    *,
    colour: bool = False,
    fold: bool = True,
    quiet: bool = False,
    verbose: bool = False,
) -> str:
    """Return a report as text in a format of `instanceview check`, a `FormatName` of `instanceview.literals`.

    In `text`, `fold` shows only the first of several findings of one rule at one element. `quiet` omits the summary,
    and `verbose` lists what was skipped. `junit` has only the documents with findings, since a report in Python does
    not keep the others. Raises UnknownNameError for an unknown format, and TypeError for a value that is not a report.

    >>> from instanceview import check, render
    >>> print(render(check({"platformFaultDomain": "2"}, kind="vmss-vm"), "concise", quiet=True), end="")
    <document>: /platformFaultDomain: error wrong-type: expected integer, found "2"
    """
    from instanceview.model.report import Report  # the names of formats, which the command line needs, save 1 ms

    if not isinstance(report, Report):
        found = type(report).__name__
        step = "summary.report() makes one" if found == "Summary" else "check, check_text and check_path return one"
        raise TypeError(f"render takes a report, found {found}; pass a report: {step}")
    layout = Layout(colour=colour, fold=fold, quiet=quiet, verbose=verbose)
    return "".join(pieces(known("format", format, tuple(FORMATS)), report, layout))


class Layout(NamedTuple):
    """Choices of layout: colours, the folding of similar findings, and how much is shown.

    `quiet` leaves out the summary, and `verbose` lists what was skipped. `names_options` says which option of the
    command line changes something, and `documents` lists the documents that were checked, in JSON.
    """

    colour: bool = False
    fold: bool = True
    quiet: bool = False
    verbose: bool = False
    names_options: bool = False
    documents: bool = False
