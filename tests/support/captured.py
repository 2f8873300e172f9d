"""Captured documents, each with the kind and api-version of its request."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.model.document import Document, Origin

if TYPE_CHECKING:
    from pathlib import Path


@cache
def lines(shared: Path, operation: str) -> list[dict[str, Any]]:
    """Return the captured answers of an operation, with what is known of each."""
    text = (shared / "captures" / "documents" / f"{operation}.ndjson").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def real(shared: Path, kind: str) -> list[Document]:
    """Return the real documents of a kind, each with its own api-version, or the default one."""
    return [
        Document(line["document"], Origin(str(line["id"])), kind=kind, api_version=line["apiVersion"])
        for line in lines(shared, kind)
        if line["kind"] == "document" and line["real"]
    ]
