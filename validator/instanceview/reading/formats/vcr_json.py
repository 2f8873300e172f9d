"""Cassettes of VCR.py in JSON: `interactions` with the body as text, or parsed as Cloud Custodian writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reading.http import json_exchanges
from instanceview.reading.http.json_exchanges import Exchange, at_path, status_at, text_at
from instanceview.reading.json_texts.window import top_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.places.spans import Path
    from instanceview.reading.files.stream import Stream

_BODIES: tuple[Path, ...] = (
    ("response", "body", "string"),
    ("response", "body", "base64_string"),
    ("response", "body", "data"),
    ("response", "body"),
)


def sniff(head: bytes) -> bool:
    """Return True if a text begins as a cassette."""
    return b'interactions"' in head and bool({"interactions", "http_interactions"} & top_names(head).keys())


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the interactions; raises NotJSONError where the file is broken."""
    name = "http_interactions" if b'"http_interactions"' in stream.head else "interactions"
    return json_exchanges.read_exchanges(stream, origin, (name,), exchange_of)


def exchange_of(entry: dict[str, object]) -> Exchange | None:
    """Return the exchange of an interaction, in JSON or in YAML; None for what is not one.

    VCR writes `uri` and a status with a code, go-vcr `url` and a code beside the status.
    """
    if not {"request", "response"} <= entry.keys():
        return None
    status = status_at(entry, "response", "status", "code")
    body = next((path for path in _BODIES if at_path(entry, path) is not None), _BODIES[0])
    return Exchange(
        text_at(entry, "request", "method"),
        text_at(entry, "request", "uri") or text_at(entry, "request", "url"),
        status_at(entry, "response", "code") if status is None else status,
        body,
        body[-1] == "base64_string",
    )
