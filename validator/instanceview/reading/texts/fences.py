"""Fences of Markdown with YAML, such as what `az … -o yaml` prints -> their documents, with places in the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.texts.regions import cut
from instanceview.reading.yaml_texts.trees import Tree, trees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.source import Source

_OPEN = re.compile(r"(?m)^(?P<lead>[ \t]*+)(?P<fence>`{3,}+|~{3,}+)[ \t]*+ya?ml\b[^\n]*+\n")


class Fenced(NamedTuple):
    """A document of YAML in a fence: its offset in the page, its value, its places, and if a key repeats in it."""

    start: int
    value: object
    source: Source
    repeats: bool


def fenced_documents(page: Source) -> Iterator[Fenced]:
    """Yield the documents of the fences with YAML in a page; a fence without its end has the rest of the page."""
    at = 0
    while opening := _OPEN.search(page.text, at):
        closing = re.compile(rf"(?m)^[ \t]*+{opening['fence']}").search(page.text, opening.end())
        end = closing.start() if closing else len(page.text)
        inside = cut(page, _lines(page.text, opening.end(), end, len(opening["lead"])))
        for tree in trees(inside.text):
            if isinstance(tree, Tree):
                yield Fenced(opening.start(), tree.root.value, inside._replace(tree=tree.root), tree.repeats)
        at = closing.end() if closing else end


def _lines(text: str, start: int, end: int, indent: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line between two offsets, without the indentation of its fence."""
    while start < end:
        behind = text.find("\n", start, end) + 1 or end
        lead = len(text[start : start + indent]) - len(text[start : start + indent].lstrip(" \t"))
        yield min(start + lead, behind), behind
        start = behind
