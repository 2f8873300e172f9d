"""A subject of a test -> inputs: a value, a text, a path, a response, or a document that was read before."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.paths import from_test
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.reading.inputs import read_path
from instanceview.running.overrides import overridden
from instanceview.running.values import inputs_of_value
from instanceview.testing.models import as_written, is_model, kind_of
from instanceview.testing.responses import is_response, of_response

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALUES = (Mapping, list, tuple, int, float, type(None))


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
        return read_path(from_test(subject))
    if is_value(subject):
        return _of_kind(inputs_of_value(as_written(subject)), kind_of(subject))
    if is_response(subject):
        return of_response(subject)
    found = type(subject).__name__
    raise TypeError(f"expected a dict, JSON text or bytes, a path or an HTTP response; found {found}")


def is_value(subject: object) -> bool:
    """Return True if a subject is a Python value, be it a model of azure-mgmt-compute.

    A Document is a named tuple, and is not one.
    """
    is_input = isinstance(subject, (Document, Skipped, Unreadable))
    return not is_input and (isinstance(subject, _VALUES) or is_model(subject))


def is_text(subject: str) -> bool:
    r"""Return True if a str is JSON text and not a path: blank, of several lines, or beginning with `{` or `[`.

    >>> is_text(' {"a": 1}'), is_text(""), is_text("<html>\n</html>"), is_text("recordings/{run}.json")
    (True, True, True, False)
    """
    start = subject.lstrip("\ufeff \t\r\n")
    return not start or start[0] in "{[" or "\n" in subject


def _of_text(data: bytes) -> Iterable[Document | Skipped | Unreadable]:
    return read(stream_of(data), Origin("<text>"))


def _of_kind(
    items: Iterable[Document | Skipped | Unreadable], kind: str | None
) -> Iterable[Document | Skipped | Unreadable]:
    """Return inputs with the kind of a model; one inside a resource or a list has none."""
    return overridden(items, kind, None) if kind else items
