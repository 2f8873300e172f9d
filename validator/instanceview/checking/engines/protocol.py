"""The contract of an engine: from a JSON value to the violations of its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from instanceview.places.spans import Path

if TYPE_CHECKING:
    from collections.abc import Iterable

Violation = tuple[Path, str]
"""The path of a value that fails a keyword of the schema, and the keyword."""


class Engine(Protocol):
    """A schema, ready to check documents."""

    def __call__(self, body: object) -> Iterable[Violation]:
        """Return the violations of a JSON value, in any order; repetitions are allowed."""
