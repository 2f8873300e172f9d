"""Captured documents, each with the kind and api-version of its request."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.model.document import Document, Origin
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from instanceview.tables.elements import Element


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


def with_each_element(kind: str, bodies: Iterable[object]) -> dict[str, int]:
    """Return the number of documents with each documented element of a kind.

    Api-versions do not count: captures have some members before they are documented.
    """
    counted: Counter[str] = Counter()
    for body in bodies:
        counted.update({element.path for element in _everywhere(tree(kind), body) if element.path})
    return dict(counted)


def _everywhere(element: Element, value: object) -> Iterator[Element]:
    """Yield the documented elements of all api-versions in a document."""
    yield element
    if isinstance(value, list):
        for item in value:
            yield from _everywhere(element, item)
    elif isinstance(value, dict):
        for name in element.children.keys() & value.keys():
            yield from _everywhere(element.children[name], value[name])
