"""Fixtures of nock in JSON, an array of exchanges: of `nock.back`, and of its recorder with `output_objects`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reading.files.signatures import BOM
from instanceview.reading.formats.nock import without_port
from instanceview.reading.http import json_exchanges
from instanceview.reading.http.json_exchanges import Exchange, status_at, text_at
from instanceview.reading.json_texts.window import top_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.reading.files.stream import Stream

_NAMES = {"scope", "method", "path", "response"}


def sniff(head: bytes) -> bool:
    """Return True if a text begins as an array of exchanges, as nock writes them."""
    array = head.removeprefix(BOM).lstrip()
    return array[:1] == b"[" and b'"scope"' in head and top_names(array[1:]).keys() >= _NAMES


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the exchanges; raises NotJSONError where the file is broken."""
    return json_exchanges.read_exchanges(stream, origin, (), _exchange)


def _exchange(entry: dict[str, object]) -> Exchange | None:
    if not {"scope", "path"} <= entry.keys():
        return None
    url = without_port(text_at(entry, "scope")) + text_at(entry, "path")
    # An object, a text, or hexadecimal: one text of it, or several where the answer came compressed.
    return Exchange(text_at(entry, "method"), url, status_at(entry, "status"), ("response",))
