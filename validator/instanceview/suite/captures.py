"""Recordings as a test sees them: read from where pytest was started, and loaded for a test that looks into them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from instanceview.inputs import read_path
from instanceview.model import Document, Skipped, Unreadable
from instanceview.text import escape, redact

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_from(path: Path, start: Path) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in a file or folder; a file that lies in `start` is named as seen from there."""
    for item in read_path(path):
        file = Path(item.origin.file)
        name = str(file.relative_to(start)) if file.is_relative_to(start) else str(file)
        origin = item.origin._replace(file=name)
        yield item._replace(origin=origin)


def loaded(path: Path, start: Path) -> tuple[Document, ...]:
    """Return the documents of a recording; the test fails when there is none, or one cannot be read."""
    __tracebackhide__ = True
    items = list(read_from(path, start))
    for item in items:
        if isinstance(item, Unreadable):
            place = (item.origin.file, item.origin.entry, item.origin.line, item.origin.column)
            shown = ":".join(str(part) for part in place if part is not None)
            pytest.fail(f"{escape(redact(shown))}: {escape(redact(item.reason))}")
    documents = tuple(item for item in items if isinstance(item, Document))
    if not documents:
        reasons = "; ".join(dict.fromkeys(item.reason for item in items if isinstance(item, Skipped)))
        pytest.fail(f"{escape(str(path))}: no instance view in it: {escape(redact(reasons))}")
    return documents
