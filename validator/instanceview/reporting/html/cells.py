"""The contents of the page's cells: names with places to break, widths of bars, words to filter by."""

from __future__ import annotations

import os
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from instanceview.model.document import Origin, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.reporting.conformance.covered_values import CodeCoverage, RowCoverage
    from instanceview.reporting.conformance.values import Conformance


class PlaceCoverage(NamedTuple):
    """A place of statuses in documents of some kinds; `seen` of the `known` codes there were seen."""

    element: str
    kinds: tuple[str, ...]
    seen: int
    known: int


class LevelCount(NamedTuple):
    """A level that was seen with a code, and if it is the usual one; None where no level is usual."""

    name: str
    times: int
    is_usual: bool | None


def dotted(path: str) -> Markup:
    """Return a dotted name as markup: the parts before the last are dim, and a line may break after each dot.

    >>> str(dotted("a.b.<c>"))
    '<span class="in">a.<wbr>b.<wbr></span>&lt;c&gt;'
    """
    *before, last = path.split(".")
    parts = Markup("").join(Markup("{}.<wbr>").format(each) for each in before)
    return Markup('<span class="in">{}</span>{}').format(parts, last) if before else Markup("{}").format(last)


def breaking(code: str) -> Markup:
    """Return a status code as markup: a line may break after each slash.

    >>> str(breaking("PowerState/<b>"))
    'PowerState/<wbr>&lt;b&gt;'
    """
    return Markup("/<wbr>").join(code.split("/"))


def code_spans(text: str) -> Markup:
    """Return a text of ours as markup: the parts in backticks are code.

    >>> str(code_spans("such as `<a>`."))
    'such as <code>&lt;a&gt;</code>.'
    """
    forms = ("{}", "<code>{}</code>")
    return Markup("").join(Markup(forms[i % 2]).format(part) for i, part in enumerate(text.split("`")))  # noqa: S704


def width(part: int, whole: int) -> str:
    """Return the width of a bar in percent: 0 only for nothing, and else wide enough to be seen.

    >>> width(1, 3), width(1, 10000), width(0, 5), width(0, 0)
    ('33.3', '1', '0', '0')
    """
    least = 1.0  # percent: about two pixels of the narrowest bar
    return f"{max(least, 100 * part / whole):.1f}".removesuffix(".0") if part and whole else "0"


def folder_of(report: Conformance) -> str:
    """Return the folder, as it is shown, with which the places of all files in a report begin; empty without one."""
    shown = {place(each._replace(line=None, column=None, entry=None)) for each in _origins(report)}
    folders = [name[: name.rfind("/") + 1] for name in shown]
    common = os.path.commonprefix(folders)  # noqa: RUF071 (cut to whole folders below)
    return common[: common.rfind("/") + 1]


def _origins(value: object) -> Iterator[Origin]:
    if isinstance(value, Origin):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _origins(each)


def row_words(row: RowCoverage) -> str:
    """Return the words by which the rows of an element table are filtered."""
    if not (row.documents or row.present):
        return "other"
    return " ".join(("seen" if row.present else "unseen", *(["findings"] if row.findings else [])))


def levels_of(code: CodeCoverage) -> Iterator[LevelCount]:
    """Yield the levels that were seen with a code."""
    usual = code.expected.level
    for name, times in (code.levels or {}).items():
        yield LevelCount(name, times, name == usual if usual else None)


def codes_by_place(codes: Sequence[CodeCoverage]) -> list[PlaceCoverage]:
    """Return how many of the known codes were seen at each place, in the order of the vocabulary."""
    groups = groupby(codes, key=lambda each: (each.element, each.kinds))
    listed = [(*place, [each.times > 0 for each in group]) for place, group in groups]
    return [PlaceCoverage(element, kinds, sum(seen), len(seen)) for element, kinds, seen in listed]


def statuses_by_place(codes: Sequence[CodeCoverage]) -> Counter[tuple[str, tuple[str, ...]]]:
    """Return the number of statuses with a known code at each place, by its element and kinds."""
    statuses: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for each in codes:
        statuses[each.element, each.kinds] += each.times
    return statuses
