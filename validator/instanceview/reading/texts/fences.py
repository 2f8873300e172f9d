"""Fences of Markdown with YAML, such as what `az … -o yaml` prints -> their documents, with places in the page."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import is_beyond
from instanceview.reading.evidence import shows_view
from instanceview.reading.texts.regions import cut
from instanceview.reading.yaml_texts.faults import of_template
from instanceview.reading.yaml_texts.trees import Tree, trees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.limits import Limits
    from instanceview.places.source import Source

_OPEN = re.compile(r"(?m)^(?P<lead>[ \t]*+)(?P<fence>`{3,}+|~{3,}+)[ \t{.]*+(?i:ya?ml)\b[^\n]*+\n")


class Fenced(NamedTuple):
    """A document of YAML in a fence: its value, its places, and if a key repeats in it."""

    value: object
    source: Source
    repeats: bool


class BrokenYAML(NamedTuple):
    """A part of a fence that cannot be read and may be ours: the reason, and its line and column in the page."""

    reason: str
    line: int
    column: int


class Fence(NamedTuple):
    """A fence with YAML: its offsets in the page, and what is in it."""

    start: int
    end: int
    parts: list[Fenced | BrokenYAML]


def fences(page: Source, limits: Limits) -> Iterator[Fence]:
    """Yield the fences with YAML in a page; a fence without its end has the rest of the page."""
    at = 0
    while opening := _OPEN.search(page.text, at):
        closing = re.compile(rf"(?m)^[ \t]*+{opening['fence']}").search(page.text, opening.end())
        end = closing.start() if closing else len(page.text)
        inside = cut(page, _lines(page.text, opening.end(), end, len(opening["lead"])))
        yield Fence(opening.start(), end, list(_parts(inside, limits)))
        at = closing.end() if closing else end


def _parts(inside: Source, limits: Limits) -> Iterator[Fenced | BrokenYAML]:
    is_ours = cache(lambda: shows_view(inside.text.encode("utf-8", "replace")))
    for tree in trees(inside.text, lambda offset: inside.line_and_column(offset)[0], limits):
        if isinstance(tree, Tree):
            yield Fenced(tree.root.value, inside._replace(tree=tree.root), tree.repeats)
        elif is_beyond(tree.reason) or is_ours():
            reason = of_template(inside.text, tree.offset) or tree.reason
            yield BrokenYAML(reason, *inside.line_and_column(tree.offset))


def _lines(text: str, start: int, end: int, indent: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line between two offsets, without the indentation of its fence."""
    while start < end:
        after = text.find("\n", start, end) + 1 or end
        lead = len(text[start : start + indent]) - len(text[start : start + indent].lstrip(" \t"))
        yield min(start + lead, after), after
        start = after
