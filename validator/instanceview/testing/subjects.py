"""A subject of a test -> inputs: a value, a text, a path, a response, or a document that was read before."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.paths import from_test, has_wildcard
from instanceview.reading.contents import in_memory
from instanceview.reading.inputs import read_path
from instanceview.running.values import inputs_of_value
from instanceview.testing.models import as_written, is_model, listed
from instanceview.testing.response_parts import is_response
from instanceview.testing.responses import of_response

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALUES = (Mapping, list, tuple, int, float, type(None))

NOT_EXPANDED = "a pattern, which only instanceview.check_path expands; pass one file or folder"
"""The reason why a pattern cannot be read here."""


def inputs(subject: object, limits: Limits = DEFAULTS) -> Iterable[Document | Skipped | Unreadable]:
    """Return the inputs of a subject; an input that cannot be read is a value in the stream.

    Raises TypeError for an object that is not a subject, and for a value that JSON cannot have.

    >>> [document.body for document in inputs("[{}, {}]")], next(iter(inputs("a.json"))).reason
    ([{}, {}], 'cannot be read: no such file or directory')
    """
    __tracebackhide__ = True
    if isinstance(subject, (Document, Skipped, Unreadable)):
        return [subject]
    if isinstance(subject, str) and is_text(subject):
        return _of_text(subject.encode("utf-8", "surrogatepass"), limits)
    if isinstance(subject, (bytes, bytearray, memoryview)):
        return _of_text(bytes(subject), limits)
    if isinstance(subject, (str, os.PathLike)):
        path = from_test(subject)
        return [Unreadable(Origin(path), NOT_EXPANDED)] if is_pattern(path) else read_path(path, limits=limits)
    if is_value(subject):
        value = listed(subject)
        return inputs_of_value(as_written(value), limits, made_from=value)
    if is_response(subject):
        return of_response(subject, limits)
    found = type(subject).__name__
    raise TypeError(f"expected a dict, JSON text or bytes, a path or an HTTP response; found {found}")


def is_value(subject: object) -> bool:
    """Return True if a subject is a Python value, which may be a model of azure-mgmt-compute.

    A Document is a named tuple, and is not such a value.
    """
    is_input = isinstance(subject, (Document, Skipped, Unreadable))
    return not is_input and (isinstance(subject, _VALUES) or is_model(subject))


def is_pattern(path: str | os.PathLike[str]) -> bool:
    """Return True if a path is a shell pattern, and no file has that name."""
    return has_wildcard(os.fspath(path)) and not os.path.lexists(path)


def is_text(subject: str) -> bool:
    r"""Return True if a str is JSON text and not a path: blank, of several lines, or beginning with `{` or `[`.

    >>> is_text(' {"a": 1}'), is_text(""), is_text("<html>\n</html>"), is_text("recordings/{run}.json")
    (True, True, True, False)
    """
    start = subject.lstrip("\ufeff \t\r\n")
    return not start or start[0] in "{[" or "\n" in subject


def _of_text(data: bytes, limits: Limits) -> Iterable[Document | Skipped | Unreadable]:
    return in_memory(data, Origin("<text>"), limits)
