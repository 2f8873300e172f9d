"""The manifest of a folder of extracted documents; `schemas/manifest.json` is its JSON Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from instanceview.text import redact

if TYPE_CHECKING:
    from instanceview.commands.extraction import Extraction, Written
    from instanceview.model import Origin

NAME = "manifest.json"
"""What the manifest is called, in the folder of the documents."""

VERSION = 1
"""The version of the manifest's form; it changes when a consumer would break."""


def manifest_text(extraction: Extraction, *, verbatim: bool) -> str:
    """Return the manifest as JSON text, ASCII only; secrets in it are redacted unless `verbatim`."""
    content = _shown(_manifest(extraction), verbatim=verbatim)
    return json.dumps(content, indent=1) + "\n"


def _manifest(extraction: Extraction) -> dict[str, Any]:
    reasons = sorted(extraction.skipped.items())
    return {
        "version": VERSION,
        "summary": {
            "documents": len(extraction.written),
            "recorded": extraction.recorded,
            "skipped": extraction.skipped.total(),
            "unreadable": len(extraction.unreadable),
        },
        "documents": [_document(each) for each in extraction.written],
        "skipped": [{"reason": reason, "count": count} for reason, count in reasons],
        "unreadable": [{"origin": _origin(each.origin), "reason": each.reason} for each in extraction.unreadable],
    }


def _document(written: Written) -> dict[str, Any]:
    fields = {
        "file": written.file,
        "origin": _origin(written.origin),
        "kind": written.kind,
        "apiVersion": written.api_version,
        "writtenBy": written.written_by,
        "recorded": written.recorded,
        "redacted": written.redacted,
        "converted": written.converted,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _origin(origin: Origin) -> dict[str, Any]:
    fields = origin._asdict()
    del fields["inside"]  # the place of a finding; a document begins where line and column say
    return {name: value for name, value in fields.items() if value is not None}


def _shown(value: Any, *, verbatim: bool) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a JSON value with its texts redacted unless `verbatim`."""
    if isinstance(value, dict):
        return {name: _shown(item, verbatim=verbatim) for name, item in value.items()}
    if isinstance(value, list):
        return [_shown(item, verbatim=verbatim) for item in value]
    return redact(value) if isinstance(value, str) and not verbatim else value
