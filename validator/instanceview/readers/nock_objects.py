"""Fixtures of nock in JSON, an array of exchanges: of `nock.back`, and of its recorder with `output_objects`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview import json_exchanges
from instanceview.json_exchanges import Exchange, status_at, text_at
from instanceview.json_names import top_names
from instanceview.parse import BOM
from instanceview.readers.nock import without_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model import Document, Origin, Skipped, Unreadable
    from instanceview.stream import Stream

_NAMES = {"scope", "method", "path", "response"}


def sniff(head: bytes) -> bool:
    """Return whether a text begins as an array of exchanges, as nock writes them."""
    array = head.removeprefix(BOM).lstrip()
    return array[:1] == b"[" and b'"scope"' in head and top_names(array[1:]).keys() >= _NAMES


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the exchanges; raises NotJSONError where the file is broken."""
    return json_exchanges.read(stream, origin, (), _exchange)


def _exchange(entry: dict[str, object]) -> Exchange | None:
    if not {"scope", "path"} <= entry.keys():
        return None
    url = without_port(text_at(entry, "scope")) + text_at(entry, "path")
    # An object, a text, or hexadecimal: one text of it, or several where the answer came compressed.
    return Exchange(text_at(entry, "method"), url, status_at(entry, "status"), ("response",))
