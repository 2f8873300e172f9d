"""The text of a document for its own file: as recorded, with its secrets redacted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from instanceview.model.redaction import redact, redact_member
from instanceview.model.secrets.gate import may_hold_secret
from instanceview.reading.json_texts.parse import NotJSONError, parse

if TYPE_CHECKING:
    from instanceview.model.document import Document

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_MEMBER = re.compile(rf"(?P<name>{_STRING.pattern})(?P<sign>\s*:\s*)(?P<value>{_STRING.pattern})")


def recorded_text(document: Document) -> str | None:
    """Return the JSON text of a document exactly as it was recorded, None where that is YAML.

    Where the recorded text has nothing but the document, it is the whole text, with the white space at both ends.
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
    text = _STRING.sub(lambda match: _redacted(match[0]), text)
    text = _MEMBER.sub(lambda match: f"{match['name']}{match['sign']}{_redacted(match['value'], match['name'])}", text)
    # A name may be farther from its value, such as in an object above it or in a member beside it.
    whole = redact(text)
    return whole if _is_json(whole) else text


def _redacted(string: str, name: str = '""') -> str:
    """Return a JSON string, written again if it has a secret, which an escape could hide from an expression."""
    value = json.loads(string)
    shown = redact_member(json.loads(name), value)
    return string if shown == value else json.dumps(shown)
