"""YAML text -> the trees of its documents, with aliases expanded, merge keys merged and no tag ever followed.

Made of PyYAML's events: its nodes come from a recursion that ends the process before anyone could count levels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.json_texts.bounds import too_deep
from instanceview.reading.yaml_texts.anchors import Anchors, used_in
from instanceview.reading.yaml_texts.builder import Builder, Part, Tree
from instanceview.reading.yaml_texts.faults import NotYAMLError, refuse_characters, yaml_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["NotYAMLError", "Tree", "trees"]

_MARK = re.compile(r"^(?:---(?=\s|$)|\.\.\.(?=\s|$)[^\n]*\n?)", re.MULTILINE)
_HANDLES = 1000  # %TAG lines of a document, which take 2 ms; documents have one or two
_PROLOGUE = re.compile(r"(?:(?:%|[ \t]*+#)[^\n]*+\n|[ \t]*+\r?\n)*+")


def trees(
    text: str,
    line_at: Callable[[int], int],
    limits: Limits = DEFAULTS,
    anchors: Anchors | None = None,
    shift: int = 0,
) -> Iterator[Tree | NotYAMLError]:
    """Yield the documents of a text, or the fault of one that cannot be read.

    Each document is read by itself, so that a broken one does not end the reading. `line_at` returns the line of an
    offset in the file, from 1. `anchors` are those of the texts before it, and then those of its first document.
    `shift` is the offset of the text in a larger one, in which all offsets are.
    """
    try:
        refuse_characters(text, shift)
    except NotYAMLError as error:
        yield error
        return
    anchors = anchors or Anchors(limits, used=used_in(text))
    for start, end in _parts(text):
        part, added = Part(text, start, end, shift), anchors.added
        try:
            _refuse_directives(part)
            yield from Builder(part, anchors, limits).trees()
        except NotYAMLError as error:
            yield error
        except yaml.YAMLError as error:
            is_deep = "nesting depth" in str(error)
            yield _too_deep(part, limits, line_at) if is_deep else yaml_fault(error, text, start, line_at, shift)
        else:
            continue
        anchors.forget()
        anchors.added = added  # what is refused adds nothing


def _refuse_directives(part: Part) -> None:
    """Raise NotYAMLError if a document has too many handles of tags: libyaml compares each with all before it."""
    prologue = _PROLOGUE.match(part.text, part.start, part.end)
    if prologue and prologue[0].count("%TAG") > _HANDLES:
        raise NotYAMLError(f"more than {_HANDLES:,} %TAG lines before a document; remove them", part.start + part.shift)


def _too_deep(part: Part, limits: Limits, line_at: Callable[[int], int]) -> NotYAMLError:
    """Return the fault where a part is nested too deep: a newer libyaml gives up at 1,000 levels before any event."""
    offset = part.start + part.shift
    try:
        for _ in Builder(part, Anchors(limits), limits, yaml.SafeLoader).trees():
            pass
    except NotYAMLError as error:
        return error
    except yaml.YAMLError as error:  # the scanner is ahead of the levels that are counted
        offset = yaml_fault(error, part.text, part.start, line_at, part.shift).offset
    return NotYAMLError(too_deep(limits), offset)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each document; `---` and `...` begin a line nowhere else."""
    start = 0
    for mark in _MARK.finditer(text):
        cut = mark.start() if mark[0] == "---" else mark.end()
        if not _PROLOGUE.fullmatch(text, start, cut):  # directives and comments go with the document that they precede
            yield start, cut
            start = cut
    yield start, len(text)
