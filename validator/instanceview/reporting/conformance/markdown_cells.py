"""The cells of tables in the conformance report as Markdown: bars, places and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import place
from instanceview.reporting.conformance.bars import bar, percent
from instanceview.reporting.markdown_report import code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.model.document import Origin

_WIDTH = 10
"""Characters of a bar: a table of six columns fits on a page of GitHub."""


class Places(NamedTuple):
    """The places of documents as cells; `address` returns the link to the file of a place, None without one."""

    address: Callable[[Origin], str | None]

    def cell(self, origin: Origin | None) -> str:
        """Return a place as a code span, and as a link to its line where its file has a relative address."""
        if origin is None:
            return ""
        link = self.address(origin)
        if not (link and link.startswith(".")):  # a link to a file elsewhere on this machine leads nowhere on a page
            return code(place(origin))
        line = f"#L{origin.line}" if origin.line else ""  # GitHub and GitLab go to the line
        return f"[{code(place(origin))}]({link}{line})"


def bar_cell(part: int, whole: int) -> str:
    """Return a share as a bar and in percent."""
    return f"`{bar(part, whole, _WIDTH)}` {percent(part, whole)}"


def counts_cell(counts: Mapping[str, int] | None) -> str:
    """Return texts with their numbers, `many` for None."""
    if counts is None:
        return "many"
    return ", ".join(f"{code(name)} {number:,}" for name, number in counts.items())
