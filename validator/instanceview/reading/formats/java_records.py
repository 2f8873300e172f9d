"""Session records of the Java tests: `networkCallRecords`, status as text, body and headers in one flat object."""

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
    """Return True if a text begins as a session record of the Java tests."""
    return b'"networkCallRecords"' in head and "networkCallRecords" in top_names(head)


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the records; raises NotJSONError where the file is broken."""
    return json_exchanges.read_exchanges(stream, origin, ("networkCallRecords",), _exchange)


def _exchange(entry: dict[str, object]) -> Exchange | None:
    if "Uri" not in entry:
        return None
    return Exchange(
        text_at(entry, "Method"),
        text_at(entry, "Uri"),
        status_at(entry, "Response", "StatusCode"),
        ("Response", "Body"),
    )
