"""The report on a Python value, whose places are pointers, since nobody has seen a text of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from instanceview.model.document import Document, Origin
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.python_values import json_value, read_value
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.literals import KindName
    from instanceview.model.document import Skipped, Unreadable
    from instanceview.model.report import Report
    from instanceview.model.summary import Summary

Result = TypeVar("Result", "Report", "Summary")
Read = TypeVar("Read")

ORIGIN = Origin("<document>")
"""The place of a Python value."""
_MODELS: Mapping[str, KindName] = {
    model: kind.name for kind in KIND_VALUES.values() for model in (kind.model, kind.model.removesuffix("InstanceView"))
}
"""The kinds by the names of classes of azure-mgmt-compute: of the view, and of the resource that has it."""


def inputs_of_value(
    value: object, limits: Limits = DEFAULTS, *, made_from: object = None
) -> Iterator[Document | Skipped | Unreadable]:
    """Return the instance views in a Python value; raises TypeError and ValueError for a value that JSON cannot have.

    The models in `made_from`, from which the value was made, give kinds; by default, the models in the value do.
    """
    items = _in_words_of_python(lambda: read_value(value, ORIGIN, limits))
    kinds = kinds_of_models(value if made_from is None else made_from)
    return (_of_kind(item, kinds) for item in items) if kinds else items


def json_of_value(value: object, limits: Limits = DEFAULTS) -> object:
    """Return a Python value as a JSON value; raises TypeError and ValueError for a value that JSON cannot have."""
    return _in_words_of_python(lambda: json_value(value, limits))


def _in_words_of_python(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except ValueError as error:  # the message about a limit names its option
        raise ValueError(in_python(str(error))) from None


def kinds_of_models(value: object) -> dict[str, KindName]:
    """Return the kinds of the models in a value, by the pointer to each: the value itself, or items of its lists.

    The name of the class gives the kind, so that the package of the client is never imported.

    >>> class VirtualMachineInstanceView(dict): pass
    >>> kinds_of_models([{}, VirtualMachineInstanceView()])
    {'/1': 'vm'}
    """
    if type(value) is dict:  # as nearly all values are
        return {}
    if isinstance(value, (list, tuple)):
        return {
            f"/{index}{entry}": kind
            for index, item in enumerate(value)
            for entry, kind in kinds_of_models(item).items()
        }
    kind = _MODELS.get(type(value).__name__)
    return {"": kind} if kind else {}


def _of_kind(item: Document | Skipped | Unreadable, kinds: Mapping[str, KindName]) -> Document | Skipped | Unreadable:
    """Return a document with the kind of the model that it is in, unless its source gives the kind."""
    if not isinstance(item, Document) or item.kind is not None:
        return item
    entry = item.origin.entry or ""
    while entry and entry not in kinds:
        entry = entry.rpartition("/")[0]
    return item._replace(kind=kinds.get(entry))


def for_python(report: Result) -> Result:
    """Return a report or a summary with next steps for Python in place of those for the command line."""
    if not (report.unreadable or report.counted):
        return report
    return replace(
        report,
        unreadable=tuple(each._replace(reason=in_python(each.reason)) for each in report.unreadable),
        counted=tuple(each._replace(choice="limits=Limits(findings_per_document=...)") for each in report.counted),
    )


def in_python(reason: str) -> str:
    """Return a reason with its next step for Python.

    >>> in_python("a URL; fetch it with curl, and pass - to read the output")
    'a URL; fetch it with curl, and pass the output to check_text'
    """
    for pattern, words in _STEPS.items():
        reason = re.sub(pattern, words, reason)
    return reason


def _as_limit(found: re.Match[str]) -> str:
    return f"limits=Limits({found[1].replace('-', '_')}=...) {found[2]}"


_STEPS: dict[str, str | Callable[[re.Match[str]], str]] = {
    r'pass - to read (it|the output(?: of "[^"]*")?)(?: from standard input)?': r"pass \1 to check_text",
    "use --verbose to see why, or --kind": "pass one of them to see why, or pass kind=",
    "read it with --files-from FILE, where - is standard input": "pass the names to check_path",
    "use --kind": "pass kind=",
    "--max-([a-z-]+) (raises the limit|shows more)": _as_limit,
    "--no-ignore reads (?:it|them)": "pass its path to read one of them",
}
"""The next steps for the command line, as patterns, and those for Python."""


def without_lines(report: Report) -> Report:
    """Return the report without lines and columns, since the text that was checked is not the caller's."""
    if not (report.findings or report.skipped or report.unreadable or report.checked or report.counted):
        return report  # most values
    return replace(
        report,
        findings=tuple(
            replace(each, origin=_bare(each.origin), document=_bare(each.document), excerpt=None, end=None)
            for each in report.findings
        ),
        skipped=tuple(each._replace(origin=_bare(each.origin)) for each in report.skipped),
        unreadable=tuple(each._replace(origin=_bare(each.origin)) for each in report.unreadable),
        checked=tuple(each._replace(origin=_bare(each.origin)) for each in report.checked),
        counted=tuple(each._replace(origin=_bare(each.origin)) for each in report.counted),
    )


def _bare(origin: Origin) -> Origin:
    return origin._replace(line=None, column=None, inside=None)
