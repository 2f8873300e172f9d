"""Session records of the .NET tests (body as text) and recordings of the Azure test proxy (body parsed, or text)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reading.http import json_exchanges
from instanceview.reading.http.json_exchanges import Exchange, status_at, text_at
from instanceview.reading.json_texts.window import top_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.reading.files.stream import Stream


def sniff(head: bytes) -> bool:
    """Return True if a text begins as a session record."""
    return b'"Entries"' in head and "Entries" in top_names(head)


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the entries; raises NotJSONError where the file is broken."""
    return json_exchanges.read_exchanges(stream, origin, ("Entries",), _exchange)


def _exchange(entry: dict[str, object]) -> Exchange | None:
    if "RequestUri" not in entry:
        return None
    # The test proxy leaves `Content-Encoding: gzip` in the headers of bodies that it has decoded: never heeded.
    return Exchange(
        text_at(entry, "RequestMethod"),
        text_at(entry, "RequestUri"),
        status_at(entry, "StatusCode"),
        ("ResponseBody",),
    )
