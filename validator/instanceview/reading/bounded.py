"""The items of one file up to its limits: the size of a document, and the number of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.model.limits import OFF, beyond, is_beyond
from instanceview.model.text import counted
from instanceview.reading.files.stream import too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.limits import Limits

    Item = Document | Skipped | Unreadable

_MOST_BYTES = 4  # of a character in UTF-8


def bounded(items: Iterable[Item], limits: Limits) -> Iterator[Item]:
    """Yield the items of one file; the last one says why nothing more of it is read, where a limit is reached."""
    items = (of_size(item, limits) for item in items)
    return iter(items if limits.documents == OFF else _first(items, limits))


def is_lost(item: Item) -> bool:
    """Return True if an item was not read since it is beyond a limit: it may have an instance view."""
    return isinstance(item, Unreadable) and is_beyond(item.reason)


def of_size(item: Item, limits: Limits) -> Item:
    """Return an item, or why it is not read, where it is a document that is larger than one may be."""
    if not isinstance(item, Document) or not _is_larger(item, limits.document_size):
        return item
    return Unreadable(_placed(item), too_large("the document", limits))


def _is_larger(document: Document, most: int) -> bool:
    """Return True if the text of a document has more bytes than that."""
    if document.data is not None or document.source is None:
        return len(document.data or b"") > most
    if (
        _MOST_BYTES * document.source.length <= most
    ):  # as nearly always: to look for the document in it takes as long as reading it
        return False
    span = document.source.spans([()]).by_path[()]
    text, first = document.source.around(span.start)
    return len(text[span.start - first : span.end - first].encode("utf-8", "surrogatepass")) > most


def _placed(document: Document) -> Origin:
    """Return the origin of a document with its line and column, which one below the root of a text has in findings."""
    source = document.source
    if source is None or document.data is not None:
        return document.origin
    line, column = source.line_and_column(source.spans([()]).by_path[()].start)
    return document.origin._replace(line=line, column=column)


def _first(items: Iterable[Item], limits: Limits) -> Iterator[Item]:
    number = 0
    for item in items:
        number += isinstance(item, Document)
        if number > limits.documents:
            here = _placed(item) if isinstance(item, Document) else item.origin
            most = counted(limits.documents, "document")
            yield Unreadable(here, beyond(f"more than {most} in this file", "documents"))
            return
        yield item
