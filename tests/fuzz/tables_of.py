"""The tables that a harness takes for a document: those of the kind that it is, and now and then of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from instanceview.reading.recognise import recognise
from instanceview.tables.catalog import versions_of
from instanceview.tables.kinds import KINDS, MACHINES

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion

_OTHERS = 8  # documents for one that is taken as any kind


def tables_of(body: object, data: bytes) -> tuple[str, ApiVersion]:
    """Return the kind and api-version for a document; the bytes of the input decide what is left open."""
    number, is_own = divmod(crc32(data), _OTHERS)
    own = recognise(body, asked=True).kind
    kinds = KINDS if not is_own else (own,) if own else MACHINES
    number, which = divmod(number, len(kinds))
    versions = versions_of(kinds[which])
    return kinds[which], (versions[-1], versions[0], versions[len(versions) // 2])[number % 3]
