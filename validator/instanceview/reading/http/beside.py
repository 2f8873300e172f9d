"""Values beside the entries of a recording, in its own file -> the instance views in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import Document, Unreadable
from instanceview.model.pointer import pointer
from instanceview.reading.depth import documents_in_json
from instanceview.reading.files.stream import too_large
from instanceview.reading.holders import is_view_name
from instanceview.reading.marks import may_hold_view
from instanceview.reading.recognise import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin, Skipped
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.json_texts.text_item import TextItem


def beside_entries(item: TextItem, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in a value of a JSON text that is not an entry; its path is `item.beside`."""
    path = item.beside or ()
    here = origin._replace(entry=pointer(path), line=item.line, column=item.column)
    if item.is_beyond:
        yield Unreadable(here, too_large("the value", stream.limits))
    elif may_hold_view(item.data):
        found = documents_in_json(
            *(item.data, item.value(), here, item.source()),
            asked=is_view_name(path[-1] if path else ""),
            stream=stream,
            limits=stream.limits,
        )
        yield from with_views(found, "JSON")


def with_views(
    found: Iterator[Document | Skipped | Unreadable], container: str
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the finds beside entries, but not that a value has no instance view: nobody expects one there."""
    for item in found:
        if isinstance(item, Document):
            yield item._replace(container=container)
        elif not item.reason.startswith(NOT_OURS):
            yield item
