"""Known status codes as a list: text for a terminal, JSON, CSV and Markdown."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from instanceview.cli.commands.codes import evidence_words, is_summary
from instanceview.cli.paragraphs import wrapped, wrapped_row
from instanceview.model.text import number_of
from instanceview.reporting.places import csv_table, markdown_table
from instanceview.tables.describe import SEPARATOR
from instanceview.tables.known_codes import about_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from instanceview.tables.known_codes import KnownCode

VERSION = 1
"""The version of the JSON list; it rises when a member changes its meaning or is removed."""
_COLUMNS = (
    *("code", "place", "kinds", "category", "state", "detail", "level", "displayTexts"),
    *("time", "timeOf", "basis", "captures", "spellings", "about"),
)
"""The members of a code in JSON, which are the columns in CSV."""


def listing(codes: Sequence[KnownCode]) -> str:
    """Return the number of codes, then the codes below their places, wrapped to the terminal."""
    places = {(code.place, code.kinds) for code in codes}
    head = f"{number_of(len(codes), 'status code')} at {number_of(len(places), 'place')}"
    return "".join(f"{line}\n" for line in [head if codes else "no known status code", *rows(codes)])


def rows(codes: Sequence[KnownCode]) -> Iterator[str]:
    """Yield the lines of codes below their places, wrapped to the terminal."""
    for (place, kinds), found in groupby(codes, key=lambda code: (code.place, code.kinds)):
        yield ""
        yield from wrapped(f"at {place} ({', '.join(kinds)}): {about_place(place, kinds)}", "    ", "  ")
        for code in found:
            cells = [code.code, code.level, _texts(code), _time(code), _evidence(code)]
            yield from wrapped_row(SEPARATOR.join(cell for cell in cells if cell), "      ", "  ")
            yield from wrapped(code.about, "      ")


def _texts(code: KnownCode) -> str:
    return " or ".join(f'"{text}"' for text in code.display_texts)


def _time(code: KnownCode) -> str:
    return f"time {code.time}" + (f": {code.time_of}" if code.time_of else "") if code.time else ""


def _evidence(code: KnownCode) -> str:
    return evidence_words(code.basis, code.captures, counts=is_summary(code.place))


def _json(codes: Sequence[KnownCode]) -> str:
    return (
        json.dumps({"version": VERSION, "codes": [_as_json(code) for code in codes]}, indent=1, ensure_ascii=False)
        + "\n"
    )


def _as_json(code: KnownCode) -> dict[str, Any]:
    """Return a code as a JSON value, without the members that it lacks."""
    cells = (
        *(code.code, code.place, list(code.kinds), code.category, code.state, code.detail, code.level),
        *(list(code.display_texts), code.time, code.time_of, list(code.basis), code.captures),
        *(list(code.spellings), code.about),
    )
    return {name: value for name, value in zip(_COLUMNS, cells, strict=True) if value}


def _csv(codes: Sequence[KnownCode]) -> str:
    """Return a row for each code; several values in a cell are separated by `; `."""
    return csv_table(_COLUMNS, [[_as_json(code).get(name) for name in _COLUMNS] for code in codes])


def _markdown(codes: Sequence[KnownCode]) -> str:
    head = ("code", "place", "kinds", "level", "display text", "time", "evidence", "about")
    rows = [
        (
            f"`{code.code}`",
            f"`{code.place}`",
            ", ".join(code.kinds),
            code.level or "",
            _texts(code),
            _time(code).removeprefix("time "),
            _evidence(code),
            code.about,
        )
        for code in codes
    ]
    return "".join(f"{line}\n" for line in markdown_table(head, rows))


RENDERERS: Mapping[str, Callable[[Sequence[KnownCode]], str]] = {"json": _json, "csv": _csv, "markdown": _markdown}
"""The function that writes a list for programs and pages, by the name of its format."""
