"""The kind and api-version that a caller gives, which replace those of the documents."""

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
    """Return the inputs with the kind and api-version that the caller gives, if any; they must be known ones.

    An object that nothing shows to be an instance view is a document if it resembles one of the kind. One of which only
    a part does is checked as a whole.
    """
    return (_override(_meant(item, kind), kind, api_version) for item in inputs)


def _meant(item: Document | Skipped | Unreadable, kind: str | None) -> Document | Skipped | Unreadable:
    if isinstance(item, Document):
        is_part = kind is not None and item.whole is not None
        return item._replace(body=item.whole, whole=None, may_repeat_keys=True) if is_part else item
    if item.value is None:
        return item
    if kind is not None:
        from instanceview.reading.likeness import may_be  # here and below: nearly all documents are those of machines

        if may_be(item.value.body, kind, item.reason):
            return item.value
    return item._replace(value=None)


def _override(
    item: Document | Skipped | Unreadable, kind: str | None, api_version: str | None
) -> Document | Skipped | Unreadable:
    if not isinstance(item, Document):
        return item
    if kind is not None and (item.is_guess or kind not in MACHINES or item.kind not in {None, *MACHINES}):
        from instanceview.reading.likeness import unlike

        other = unlike(item, kind)
        if other:
            return Unreadable(item.origin, f"this is the {other}, and not a document of the kind {kind}; omit --kind")
    if api_version is None:
        return item if kind is None else item._replace(kind=kind, is_guess=False)
    is_guess = item.is_guess and kind is None
    return item._replace(kind=kind or item.kind, api_version=api_version, api_version_from="option", is_guess=is_guess)
