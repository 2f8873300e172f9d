"""A Python value -> the documents in it: by itself, or as its JSON text would be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from instanceview.model.document import Document
from instanceview.reading.files.stream import stream_of
from instanceview.reading.json_texts.parse import from_python
from instanceview.reading.recognise import recognise
from instanceview.reading.views import document_of, finished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin, Skipped, Unreadable


def read_value(value: object, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in a Python value at any depth, or the reason for none.

    One that is an instance view itself has no text. Any other is read as its JSON text would be, so that a recording
    gives what it gives in a file; lines and columns are those of that text, which nobody has seen. Raises TypeError
    and ValueError for what JSON cannot hold, at the call.
    """
    body = from_python(value)
    verdict = recognise(body, asked=True)
    if verdict.evidence:
        return iter([finished(Document(body, origin), verdict)])
    if not isinstance(body, (dict, list)):
        return iter([document_of(body, origin)])
    from instanceview.reading.dispatch import read  # most values are one document

    return read(stream_of(json.dumps(body).encode()), origin)
