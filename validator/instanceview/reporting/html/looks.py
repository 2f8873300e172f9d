"""The things to look at first: a line for each, with the section of the page that has the details."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reporting.conformance.values import Conformance, Overview

_RULES = 3
"""The rules with errors that are named at the top at most; the chart of rules has all of them."""


class Look(NamedTuple):
    """A thing to look at: its severity or `info`, a sentence, and the section that has the details."""

    tone: str
    text: str
    section: str


def looks(report: Conformance) -> Iterator[Look]:
    """Yield the things to look at, the gravest first."""
    yield from _findings(report.overview)
    unknown = sum(not each.note for each in report.undocumented.members)
    if unknown:
        verb = "is" if unknown == 1 else "are"
        yield Look("warning", f"{counted(unknown, 'member')} {verb} in no element table", "undocumented")
    if report.undocumented.codes:
        what = counted(len(report.undocumented.codes), "status code")
        yield Look("warning", f"{what} not in the vocabulary", "undocumented")
    if report.fidelity.broken:
        what = counted(len(report.fidelity.broken), "fact")
        yield Look("warning", f"{what} in which the documents differ from every capture", "fidelity")
    if report.disagreements:
        what = counted(len(report.disagreements), "place")
        yield Look("note", f"{what} where page, service and captures disagree", "disagreements")
    if report.never_seen.elements:
        what = counted(len(report.never_seen.elements), "documented element")
        yield Look("info", f"{what} never seen", "never-seen")
    if report.timelines:
        what = counted(len(report.timelines), "machine")
        yield Look("info", f"{what} asked more than once, drawn over time", "timelines")


def _findings(overview: Overview) -> Iterator[Look]:
    if overview.unreadable:
        yield Look("error", not_read(overview), "unreadable")
    errors = [each for each in overview.rules if each.severity == "error"]
    for each in errors[:_RULES]:
        yield Look("error", f"{each.rule}: {counted(each.findings, 'error')}", "rules")
    if len(errors) > _RULES:
        yield Look("error", f"{counted(len(errors) - _RULES, 'more rule')} with errors", "rules")
    if overview.findings.get("warning"):
        yield Look("warning", counted(overview.findings["warning"], "warning"), "rules")


def not_read(overview: Overview) -> str:
    """Return a sentence about the inputs that could not be read, empty without such inputs."""
    if not overview.unreadable:
        return ""
    return f"{counted(overview.unreadable, 'input')} could not be read."
