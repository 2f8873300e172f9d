"""The text of a document for a file of its own: as recorded, its secrets redacted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from instanceview.model.text import may_hold_secret, redact
from instanceview.reading.json_texts.parse import NotJSONError, parse

if TYPE_CHECKING:
    from instanceview.model.document import Document

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')


def recorded_text(document: Document) -> str | None:
    """Return the JSON text of a document exactly as it was recorded, None where that is YAML.

    Of a text that holds nothing else it is all of it, with the white space around the document.
    """
    source = document.source
    if source is None:
        return None
    text, span = source.text, source.spans([()]).by_path[()]
    own = text[span.start : span.end]
    is_alone = not text[: span.start].strip() and not text[span.end :].strip()
    return (text if is_alone else own) if _is_json(own) else None


def _is_json(text: str) -> bool:
    try:
        parse(text.encode("utf-8", "surrogatepass"))
    except NotJSONError:
        return False
    return True


def without_secrets(text: str) -> str:
    r"""Return a JSON text with the secrets in its strings redacted; the other strings are kept as they are written.

    >>> without_secrets('{"message": "Bearer\\u00200123456789", "code": "a\\/b"}')
    '{"message": "Bearer [redacted]", "code": "a\\/b"}'
    """
    if "\\u" not in text and not may_hold_secret(text):
        return text
    return _STRING.sub(lambda match: _redacted(match[0]), text)


def _redacted(string: str) -> str:
    """Return a JSON string, written anew if it holds a secret; an escape could hide one from an expression."""
    value = json.loads(string)
    shown = redact(value)
    return string if shown == value else json.dumps(shown)
