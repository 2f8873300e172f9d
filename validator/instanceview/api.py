"""The Python interface: check a value, a text, a path or a chunk of lines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from instanceview.model.document import Origin
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.reading.inputs import read_path
from instanceview.reading.views import document_of
from instanceview.running.chunks import check_lines
from instanceview.running.overrides import overridden
from instanceview.running.tally import Wanted, report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.document import Document, Skipped, Unreadable
    from instanceview.model.report import Report
    from instanceview.model.summary import Summary


def check(
    document: Mapping[str, object], *, api_version: ApiVersion | str | None = None, kind: KindName | str | None = None
) -> Report:
    """Check one instance view that is a Python value.

    `kind` (a `KindName` of `instanceview.literals`) defaults to the document's shape, `api_version` to the newest.
    Findings have a pointer and no line. Raises UnknownNameError for an unknown kind or api-version, TypeError for a
    type that JSON lacks, ValueError for NaN, Infinity and nesting deeper than 128 levels. A value that is not an
    instance view is in the report's `unreadable`.

    >>> from instanceview import check
    >>> report = check({"platformFaultDomain": "2"}, api_version="2024-07-01", kind="vmss-vm")
    >>> report.conformant, report.findings[0].message
    (False, 'expected integer, found "2"')
    """
    if isinstance(document, (str, bytes)):
        message = "check takes a Python value; pass JSON text to check_text"
        raise TypeError(message)
    return _report([document_of(document, Origin("<document>"))], kind, api_version)


def check_text(
    text: str | bytes, *, api_version: ApiVersion | str | None = None, kind: KindName | str | None = None
) -> Report:
    r"""Check the instance views in a text: in JSON, NDJSON or YAML at any depth, in a recording, or in any other text.

    Findings have the line and column in the text. Raises UnknownNameError, and TypeError for any other type than
    str and bytes; a text that cannot be read is in the report's `unreadable`.

    >>> from instanceview import check_text
    >>> origin = check_text('{"disks":\n [{"nam": "os"}]}').findings[0].origin
    >>> origin.line, origin.column
    (2, 4)
    """
    if not isinstance(text, (str, bytes, bytearray, memoryview)):
        found = type(text).__name__
        message = f"check_text takes str or bytes, found {found}; pass a value to check, a path to check_path"
        raise TypeError(message)
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _report(read(stream_of(data), Origin("<text>")), kind, api_version)


def check_path(
    path: str | os.PathLike[str], *, api_version: ApiVersion | str | None = None, kind: KindName | str | None = None
) -> Report:
    """Check the instance views in a file, or in the files of a folder, as `instanceview check` does.

    Raises UnknownNameError, and TypeError for any other type than str and os.PathLike; a path that cannot be read is
    in the report's `unreadable`.

    >>> from instanceview import check_path
    >>> check_path("no-such-file.json").unreadable[0].reason
    'cannot be read: no such file or directory'
    """
    if not isinstance(path, (str, os.PathLike)):
        message = f"check_path takes str or a Path, found {type(path).__name__}; pass JSON text to check_text"
        raise TypeError(message)
    return _report(read_path(path, is_asked=kind is not None), kind, api_version)


def _report(inputs: Iterable[Document | Skipped | Unreadable], kind: str | None, api_version: str | None) -> Report:
    return report(overridden(inputs, kind, api_version))


def check_chunk(
    data: bytes,
    *,
    file: str = "<chunk>",
    first_line: int = 1,
    api_version: ApiVersion | str | None = None,
    kind: KindName | str | None = None,
) -> Summary:
    r"""Check the documents in whole lines of NDJSON, one a line.

    `file` and `first_line` (from 1) are the place of the lines. A line that cannot be read is in the summary's
    `unreadable`. Raises UnknownNameError for an unknown kind or api-version, TypeError for any other type than bytes.

    >>> from instanceview import check_chunk
    >>> check_chunk(b'{"platformFaultDomain": "0"}\n{}\n', first_line=7).findings[0].origin.line
    7
    """
    if not isinstance(data, bytes):
        message = f"check_chunk takes bytes, found {type(data).__name__}; pass bytes, such as text.encode()"
        raise TypeError(message)
    return check_lines(data, file, first_line, Wanted(), lambda inputs: overridden(inputs, kind, api_version))
