"""A recording -> its documents, for a test that wants to look into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instanceview.inputs import read_path
from instanceview.model import Document, Skipped, Unreadable
from instanceview.text import escape, redact

if TYPE_CHECKING:
    from pathlib import Path


def loaded(path: Path) -> tuple[Document, ...]:
    """Return the documents of a recording; the test fails when there is none, or one cannot be read."""
    __tracebackhide__ = True
    items = list(read_path(path))
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
