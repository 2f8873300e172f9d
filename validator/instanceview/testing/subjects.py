"""A subject of a test -> inputs: a value, a text, a path, a response, or a document that was read before."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.reading.inputs import read_path
from instanceview.reading.views import document_of
from instanceview.testing.responses import is_response, of_response

if TYPE_CHECKING:
    from collections.abc import Iterable


def inputs(subject: object) -> Iterable[Document | Skipped | Unreadable]:
    """Return the inputs of a subject; one that cannot be read is a value in the stream.

    Raises TypeError for an object that is none of the above, and for a value that JSON lacks.

    >>> [document.body for document in inputs("[{}, {}]")], next(iter(inputs("a.json"))).reason
    ([{}, {}], 'cannot be read: no such file or directory')
    """
    __tracebackhide__ = True
    if isinstance(subject, (Document, Skipped, Unreadable)):
        return [subject]
    if isinstance(subject, str) and is_text(subject):
        return _of_text(subject.encode("utf-8", "surrogatepass"))
    if isinstance(subject, (bytes, bytearray, memoryview)):
        return _of_text(bytes(subject))
    if isinstance(subject, (str, os.PathLike)):
        return read_path(subject)
    if isinstance(subject, Mapping) or subject is None or isinstance(subject, (list, tuple, int, float)):
        return [document_of(subject, Origin("<document>"))]
    if is_response(subject):
        return of_response(subject)
    found = type(subject).__name__
    raise TypeError(f"expected a dict, JSON text or bytes, a path or an HTTP response; found {found}")


def is_text(subject: str) -> bool:
    r"""Return True if a str is JSON text and not a path: blank, of several lines, or beginning with `{` or `[`.

    >>> is_text(' {"a": 1}'), is_text(""), is_text("<html>\n</html>"), is_text("recordings/{run}.json")
    (True, True, True, False)
    """
    start = subject.lstrip("\ufeff \t\r\n")
    return not start or start[0] in "{[" or "\n" in subject


def _of_text(data: bytes) -> Iterable[Document | Skipped | Unreadable]:
    return read(stream_of(data), Origin("<text>"))
