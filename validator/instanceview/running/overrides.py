"""The kind and api-version that a caller gives, in place of those of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import Document, Unreadable
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Skipped


def overridden(
    inputs: Iterable[Document | Skipped | Unreadable], kind: str | None, api_version: str | None
) -> Iterator[Document | Skipped | Unreadable]:
    """Return the inputs with the kind and api-version that the caller gives, if any; they must be known ones."""
    return (_override(item, kind, api_version) for item in inputs)


def _override(
    item: Document | Skipped | Unreadable, kind: str | None, api_version: str | None
) -> Document | Skipped | Unreadable:
    if not isinstance(item, Document):
        return item
    if kind is not None and (item.is_guess or kind not in MACHINES):
        from instanceview.reading.family import unlike  # nearly all documents are a machine's

        other = unlike(item, kind)
        if other:
            return Unreadable(item.origin, f"this is the {other}, and not a document of the kind {kind}; omit --kind")
    if api_version is None:
        return item if kind is None else item._replace(kind=kind)
    return item._replace(kind=kind or item.kind, api_version=api_version, api_version_from="option")
