"""The list of hazards: what each shows, how often captures show it, and the readers that it misleads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from instanceview.cli.paragraphs import labelled, wrapped
from instanceview.model.text import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.generating.hazards import Hazard


def hazard_list(hazards: Sequence[Hazard], form: str | None) -> Iterator[str]:
    """Yield the lines of a list of hazards: text, or JSON with every reader that each misleads."""
    if form == "ndjson":
        yield from (json.dumps(_json(each)) for each in hazards)
    elif form == "json":
        yield json.dumps([_json(each) for each in hazards], indent=1)
    else:
        for index, each in enumerate(hazards):
            yield from ["", *_text(each)] if index else _text(each)


def _text(hazard: Hazard) -> Iterator[str]:
    yield hazard.name
    yield from wrapped(hazard.about, "  ")
    plainest, *others = hazard.readers
    gives = f"raises {plainest.raises}" if plainest.raises else plainest.gives
    pairs = [
        ("written for", f"{hazard.kind} at {hazard.api_version}"),
        ("captured", hazard.evidence),
        ("noted by", hazard.note),
        ("misleads", plainest.code),
        ("asked for", plainest.asks),
        ("it gives", f"{gives} in place of {plainest.right}"),
        ("and", f"{number_of(len(others), 'other reader')} (--format json)" if others else ""),
    ]
    yield from labelled(pairs, "  ")


def _json(hazard: Hazard) -> dict[str, Any]:
    return {
        "name": hazard.name,
        "kind": hazard.kind,
        "apiVersion": hazard.api_version,
        "about": hazard.about,
        "fact": hazard.fact or None,
        "captured": hazard.captured,
        "of": hazard.of,
        "example": hazard.example or None,
        "note": hazard.note or None,
        "readers": [each._asdict() for each in hazard.readers],
    }
