"""The Python interface: judge a value, a text or a path."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from instanceview.catalog import KINDS, api_versions, known
from instanceview.model import Document, Origin, Report, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.model import Skipped


def check(document: Mapping[str, object], *, api_version: str | None = None, kind: str | None = None) -> Report:
    """Judge one instance view given as a Python value.

    `kind` (`vmss-vm`, `vm`, `vmss`) defaults to the document's shape, `api_version` to the newest. Findings have a
    pointer and no line. Raises UnknownNameError for an unknown kind or api-version, TypeError for what JSON cannot
    hold, ValueError for NaN, Infinity and nesting deeper than 128 levels. A value that is no instance view is in
    the report's `unreadable`.

    >>> from instanceview import check
    >>> report = check({"platformFaultDomain": "2"}, api_version="2024-07-01", kind="vmss-vm")
    >>> report.conformant, report.findings[0].message
    (False, 'expected integer, found "2"')
    """
    from instanceview.az_output import as_az_output, is_az_output
    from instanceview.parse import from_python  # loads the JSON parser
    from instanceview.resolve import why_not

    if isinstance(document, (str, bytes)):
        message = "check takes a Python value; pass JSON text to check_text"
        raise TypeError(message)
    body = from_python(document)
    origin = Origin("<document>")
    reason = why_not(body)
    if reason:
        return _report([Unreadable(origin, reason)], kind, api_version)
    given = Document(body, origin)
    return _report([as_az_output(given) if is_az_output(body) else given], kind, api_version)


def check_text(text: str | bytes, *, api_version: str | None = None, kind: str | None = None) -> Report:
    r"""Judge the instance views in a JSON or YAML text: an object is one, an array, NDJSON or a recording many.

    Findings have the line and column in the text. Raises UnknownNameError, and TypeError for what is no text;
    one that cannot be read is in the report's `unreadable`.

    >>> from instanceview import check_text
    >>> origin = check_text('{"disks":\n [{"nam": "os"}]}').findings[0].origin
    >>> origin.line, origin.column
    (2, 4)
    """
    from instanceview.readers import read
    from instanceview.stream import stream_of

    if not isinstance(text, (str, bytes, bytearray, memoryview)):
        found = type(text).__name__
        message = f"check_text takes str or bytes, found {found}; pass a value to check, a path to check_path"
        raise TypeError(message)
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _report(read(stream_of(data), Origin("<text>")), kind, api_version)


def check_path(path: str | os.PathLike[str], *, api_version: str | None = None, kind: str | None = None) -> Report:
    """Judge the instance views in a file, or in the files of a folder, as `instanceview check` does.

    Raises UnknownNameError, and TypeError for what is no path; one that cannot be read is in the report's `unreadable`.

    >>> from instanceview import check_path
    >>> check_path("no-such-file.json").unreadable[0].reason
    'cannot be read: no such file or directory'
    """
    if not isinstance(path, (str, os.PathLike)):
        message = f"check_path takes str or a Path, found {type(path).__name__}; pass JSON text to check_text"
        raise TypeError(message)
    from instanceview.inputs import read_path

    return _report(read_path(path), kind, api_version)


def _report(inputs: Iterable[Document | Skipped | Unreadable], kind: str | None, api_version: str | None) -> Report:
    from instanceview.report import report  # loads tables and rules

    return report(judged_as(inputs, kind, api_version))


def judged_as(
    inputs: Iterable[Document | Skipped | Unreadable], kind: str | None, api_version: str | None
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the inputs with the kind and api-version that the caller gives, in place of what they would default to.

    Raises UnknownNameError for an unknown kind or api-version, at the call and not at the first document.
    """
    if kind is not None:
        known("kind", kind, KINDS)
    if api_version is not None:
        known("api-version", api_version, api_versions())
    return (_judged_as(item, kind, api_version) for item in inputs)


def _judged_as(
    item: Document | Skipped | Unreadable, kind: str | None, api_version: str | None
) -> Document | Skipped | Unreadable:
    if not isinstance(item, Document):
        return item
    if api_version is None:
        return item if kind is None else item._replace(kind=kind)
    return item._replace(kind=kind or item.kind, api_version=api_version, api_version_from="option")
