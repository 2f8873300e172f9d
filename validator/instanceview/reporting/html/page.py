"""Render the page: the templates beside this module, filled from the conformance report alone.

Every text is escaped by Jinja's autoescape. The Content-Security-Policy of the page allows the one script and the one
style sheet in it, by their digests, and nothing else: a text that became markup could not run or load anything.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from instanceview.model.document import place
from instanceview.model.text import counted
from instanceview.reporting.conformance.bars import percent
from instanceview.reporting.conformance.fidelity import captured_text
from instanceview.reporting.conformance.timelines import states_text
from instanceview.reporting.html.cells import (
    breaking,
    code_spans,
    codes_by_place,
    dotted,
    folder_of,
    levels_of,
    row_words,
    statuses_by_place,
    width,
)
from instanceview.reporting.html.conclusion import codes, conclusion
from instanceview.reporting.html.drawing import LANE, NAMES, WIDTH, drawings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model.document import Origin
    from instanceview.reporting.conformance.values import Conformance

_FOLDER = Path(__file__).parent


class Inline(NamedTuple):
    """A script or style sheet of the page, with its digest as a Content-Security-Policy names it."""

    text: Markup
    digest: str


def pieces(conformance: Conformance, address: Callable[[Origin], str | None] = lambda _: None) -> Iterator[str]:
    """Yield the report as HTML; `address` returns the link to the file of a place, as seen from the page."""
    return (
        _environment(address)
        .get_template("page.html")
        .generate(
            report=conformance,
            conclusion=conclusion(conformance),
            folder=folder_of(conformance),
            codes=codes(conformance),
            drawings=drawings(conformance.timelines),
            places=codes_by_place(conformance.status_codes),
            statuses=statuses_by_place(conformance.status_codes),
            style=_inline("page.css"),
            script=_inline("page.js"),
        )
    )


def _environment(address: Callable[[Origin], str | None]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "n": "{:,}".format,
        "number_of": counted,
        "captured": captured_text,
        "breaking": breaking,
        "dotted": dotted,
        "code_spans": code_spans,
    }
    environment.globals |= {
        "address": address,
        "LANE": LANE,
        "NAMES": NAMES,
        "WIDTH": WIDTH,
        "levels_of": levels_of,
        "percent": percent,
        "place": place,
        "states_text": states_text,
        "row_words": row_words,
        "width": width,
    }
    return environment


def _inline(name: str) -> Inline:
    text = (_FOLDER / name).read_text("utf-8")
    # The text is ours, and the browser hashes it as it is written here.
    return Inline(Markup(text), f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}")  # noqa: S704
