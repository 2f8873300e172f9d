"""HAR 1.2, of browsers and proxies, and as Polly.JS writes it: `log.entries`, bodies as text, in base64 or beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reading.http import json_exchanges
from instanceview.reading.http.json_exchanges import Exchange, at_path, status_at, text_at
from instanceview.reading.json_texts.window import top_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.reading.files.stream import Stream

_ENTRIES = ("log", "entries")


def sniff(head: bytes) -> bool:
    """Return True if a text begins as a HAR file."""
    return b'"log"' in head and "entries" in top_names(head).get("log", ())


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the entries; raises NotJSONError where the file is broken."""
    return json_exchanges.read_exchanges(stream, origin, _ENTRIES, _exchange)


def _exchange(entry: dict[str, object]) -> Exchange | None:
    if not {"request", "response"} <= entry.keys():
        return None
    content = at_path(entry, ("response", "content"))
    is_beside = isinstance(content, dict) and content.get("text") is None
    return Exchange(
        text_at(entry, "request", "method"),
        text_at(entry, "request", "url"),
        status_at(entry, "response", "status"),
        ("response", "content", "text"),
        text_at(content, "encoding").lower() == "base64",
        # As Playwright attaches bodies; older releases, and their traces, call it `_sha1`.
        (text_at(content, "_file") or text_at(content, "_sha1")) if is_beside else "",
    )
