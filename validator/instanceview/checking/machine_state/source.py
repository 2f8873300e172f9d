"""The facts about a document beside its body."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from instanceview.literals import KindName
    from instanceview.model.document import Origin


class Source(NamedTuple):
    """The kind, api-version, name and place of a document, and the time at which it was answered (RFC 3339).

    Api-version, name and time are None where nothing says them.
    """

    kind: KindName
    api_version: str | None
    name: str | None
    origin: Origin
    answered_at: str | None
