"""Answers whose body is in a file beside the recording -> the instance views in that file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import Document, Unreadable
from instanceview.places.source import Source
from instanceview.places.spans import skip_space
from instanceview.reading.decoding import NotDecodedError, text_of
from instanceview.reading.files.beside import body_beside, not_beside
from instanceview.reading.http.answer import OK, documents_of
from instanceview.reading.operation import request_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Skipped
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.http.answer import Answer


def documents_beside(stream: Stream, name: str, answer: Answer) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the body of an answer that is in a file of this name, or the reason for none.

    Their places are those in that file; entry, method and URL are those of the recording. Raises UnreadError.
    """
    origin = answer.origin
    request = request_of(origin.url or "")
    found = body_beside(stream, name) if request.kind else None
    if found is None:
        if request.is_for_view and request.kind and answer.status in {OK, None}:
            yield Unreadable(origin, not_beside(name))
        else:
            yield from documents_of(answer)
        return
    data, file = found
    try:
        source = Source(text_of(data))
    except NotDecodedError as error:
        yield Unreadable(origin, str(error))
        return
    line, column = source.line_and_column(skip_space(source.text, 0))
    here = origin._replace(file=file, line=line, column=column)
    for item in documents_of(answer._replace(origin=here, source=source)):
        yield item._replace(recording=origin.file) if isinstance(item, Document) else item
