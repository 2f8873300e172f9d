"""YAML text -> the trees of its documents, with aliases expanded, merge keys merged and no tag ever followed.

Made of PyYAML's events: its nodes come from a recursion that ends the process before anyone could count levels.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import yaml

from instanceview.yaml_tree.builder import Builder, Tree
from instanceview.yaml_tree.fault import NotYAMLError, fault, refuse_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NotYAMLError", "Tree", "trees"]

_BEGINNING = re.compile(r"^(?:%[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)*---(?=\s|$)", re.MULTILINE)


def trees(text: str) -> Iterator[Tree | NotYAMLError]:
    """Yield the documents of a text, or why one cannot be read.

    The text is cut before each `---`, which stands at the start of a line nowhere else, so that one broken document
    says nothing of the next.
    """
    try:
        refuse_characters(text)
    except NotYAMLError as error:
        yield error
        return
    cuts = [0, *(match.start() for match in _BEGINNING.finditer(text)), len(text)]
    added = 0
    for start, end in pairwise(cuts):
        builder = Builder(text, start, end, added)
        try:
            yield from builder.trees()
        except NotYAMLError as error:
            yield error
        except yaml.YAMLError as error:
            yield fault(error, text, start)
        else:
            added = builder.added
