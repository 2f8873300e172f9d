"""The text of a document as a file of its own holds it: as recorded, its secrets redacted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from instanceview.body import Body, Part
from instanceview.positions import Source
from instanceview.text import may_hold_secret, redact

if TYPE_CHECKING:
    from instanceview.model import Document
    from instanceview.positions import Places

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')


def recorded_text(document: Document) -> str | None:
    """Return the JSON text of a document exactly as it was recorded, None where that is no JSON but YAML."""
    source = document.source
    if source is None or not _is_json(source):
        return None
    if isinstance(source, Body) or (isinstance(source, Source) and source.start == 0):
        return source.text
    span = source.spans().by_path[()]
    return source.text[span.start : span.end]


def _is_json(source: Places) -> bool:
    return _is_json(source.whole) if isinstance(source, Part) else isinstance(source, (Body, Source))


def without_secrets(text: str) -> str:
    r"""Return a JSON text with the secrets in its strings redacted; the strings without any stay as they are written.

    >>> without_secrets('{"message": "Bearer\\u00200123456789", "code": "a\\/b"}')
    '{"message": "Bearer [redacted]", "code": "a\\/b"}'
    """
    if "\\u" not in text and not may_hold_secret(text):
        return text
    return _STRING.sub(lambda match: _redacted(match[0]), text)


def _redacted(string: str) -> str:
    """Return a JSON string, written anew where it holds a secret; its escapes could hide one from an expression."""
    value = json.loads(string)
    shown = redact(value)
    return string if shown == value else json.dumps(shown)
