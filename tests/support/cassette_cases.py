"""Cassettes in YAML: the lines that the `.expected` file beside each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkout import DATA
from yaml_cases import need_libyaml

from instanceview.checking.check import check_document
from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = DATA / "recordings" / "vcr_yaml"
_SHOWN = 12


def cases() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


def found_in(data: bytes) -> Iterator[str]:
    """Yield a line for each finding in a cassette: entry, place, rule, pointer, and the text at that place."""
    lines = data.decode("utf-8-sig", "replace").split("\n")
    found = list(read(stream_of(data), Origin("cassette")))
    documents = [each for each in found if isinstance(each, Document)]
    for finding in (finding for each in documents for finding in check_document(each)):
        origin = finding.origin
        there = lines[(origin.line or 0) - 1][(origin.column or 0) - 1 :].rstrip()[:_SHOWN]
        inside = " inside {}:{}".format(*origin.inside) if origin.inside else ""
        yield f"{_place(origin)}{inside} {finding.rule} {finding.pointer} -> {there}"
    yield from (f"{_place(item.origin)} skipped: {item.reason}" for item in found if isinstance(item, Skipped))
    yield from (f"{_place(item.origin)} unreadable: {item.reason}" for item in found if isinstance(item, Unreadable))
    yield f"{len(documents)} recorded"


def _place(origin: Origin) -> str:
    return f"{origin.entry or '-'} {origin.line}:{origin.column}"


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have; raises NotHereError without libyaml."""
    need_libyaml()
    for case in cases():
        yield case.with_suffix(".expected"), "".join(f"{line}\n" for line in found_in(case.read_bytes()))
