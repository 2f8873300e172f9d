"""Two conformance reports compared, as Markdown fit for a pull request: the verdict first, then what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.text import number_of
from instanceview.reporting.conformance.bars import percent
from instanceview.reporting.conformance.changes import STATUS_CODES, rate
from instanceview.reporting.markdown_report import code
from instanceview.reporting.places import markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.reporting.conformance.changes import Change
    from instanceview.reporting.conformance.compare import Comparison, NamesChanged

_SHOWN = 50
"""Items of a list: a comment of GitHub has 65,536 characters at most, and an item up to 200."""


def pieces(comparison: Comparison, *, is_whole: bool = False) -> Iterator[str]:
    """Yield the comparison as Markdown; texts of an input are in code spans. `is_whole` cuts no list."""
    return (f"{line}\n" for line in _lines(comparison, None if is_whole else _SHOWN))


def _lines(comparison: Comparison, most: int | None) -> Iterator[str]:
    yield from ("## Conformance report, compared", "")
    number = len(comparison.regressions)
    yield f"**{number_of(number, 'regression')}**" if number else "No regression."
    if number:
        yield ""
        yield from _items(comparison.regressions, most)
    yield ""
    yield from markdown_table(
        ["", "before", "now"],
        [
            *([f"documents of {code(each.name)}", f"{each.old:,}", f"{each.new:,}"] for each in comparison.documents),
            *([f"coverage of {_covered(each.name)}", *_shares(each)] for each in comparison.coverage),
            *([f"findings of {code(each.name)}", *_rates(each)] for each in comparison.findings),
            *([f"statuses that break {code(each.name)}", *_shares(each)] for each in comparison.facts),
        ],
    )
    for names in comparison.names:
        yield from _changed_names(names, most)


def _covered(name: str) -> str:
    return name if name == STATUS_CODES else code(name)


def _shares(change: Change) -> list[str]:
    pairs = ((change.old, change.old_whole or 0), (change.new, change.new_whole or 0))
    return [f"{part:,} of {whole:,} ({percent(part, whole)})" for part, whole in pairs]


def _rates(change: Change) -> list[str]:
    pairs = ((change.old, change.old_whole), (change.new, change.new_whole))
    return [f"{number:,} ({rate(number, documents)} for each document)" for number, documents in pairs]


def _changed_names(names: NamesChanged, most: int | None) -> Iterator[str]:
    for word, items in (("New", names.new), ("Gone", names.gone)):
        if items:
            summary = f"{word}: {names.title} ({len(items)})"
            yield from ("", "<details>", f"<summary>{summary}</summary>", "", *_items(items, most), "", "</details>")


def _items(items: Sequence[str], most: int | None) -> Iterator[str]:
    yield from (f"- {code(item)}" for item in items[:most])
    if most is not None and len(items) > most:
        yield f"- and {len(items) - most} more; `--verbose` lists them"
