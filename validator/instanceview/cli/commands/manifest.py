"""The manifest of a folder of extracted documents; `schemas/manifest.json` is its JSON Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from instanceview.model.redaction import redact_value
from instanceview.model.text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.cli.commands.extraction import Extraction, Written
    from instanceview.model.document import Origin

NAME = "manifest.json"
"""The name of the manifest in the folder of the documents."""

VERSION = 1
"""The version of the manifest's form; a change that would break a consumer raises it."""

_NO_DOCUMENTS = '"documents": []'
_NO_UNREADABLE = '"unreadable": []'


def manifest_pieces(extraction: Extraction, *, verbatim: bool) -> Iterator[str]:
    """Yield the manifest as JSON text, ASCII only; secrets in it are redacted unless `verbatim`."""
    before, _, rest = _json_text(_manifest(extraction), verbatim=verbatim).partition(_NO_DOCUMENTS)
    between, _, after = rest.rpartition(_NO_UNREADABLE)
    yield before + _NO_DOCUMENTS.removesuffix("]")
    yield from _items(map(_document, extraction.written), verbatim=verbatim)
    yield between + _NO_UNREADABLE.removesuffix("]")
    unreadable = ({"origin": _origin(each.origin), "reason": each.reason} for each in extraction.unreadable)
    yield from _items(unreadable, verbatim=verbatim)
    yield after + "\n"


def _items(values: Iterable[dict[str, Any]], *, verbatim: bool) -> Iterator[str]:
    """Yield the items of an array and its end, one by one: a recording may have any number of them."""
    number = 0
    for number, value in enumerate(values, start=1):
        text = _json_text(value, verbatim=verbatim).replace("\n", "\n  ")
        yield (",\n  " if number > 1 else "\n  ") + text
    yield "\n ]" if number else "]"


def _manifest(extraction: Extraction) -> dict[str, Any]:
    """Return the manifest without its documents and unreadable inputs, which may be many."""
    reasons = sorted(extraction.skipped.items())
    return {
        "version": VERSION,
        "summary": {
            "documents": len(extraction.written),
            "recorded": extraction.recorded,
            "skipped": extraction.skipped.total(),
            "unreadable": len(extraction.unreadable),
        },
        "documents": [],
        "skipped": [{"reason": reason, "count": count} for reason, count in reasons],
        "unreadable": [],
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
    del fields["inside"]  # the place of a finding; a document begins at line and column
    return {name: value for name, value in fields.items() if value is not None}


def _json_text(value: Any, *, verbatim: bool) -> str:  # noqa: ANN401 (any JSON value)
    return harmless(json.dumps(value if verbatim else redact_value(value), indent=1))
