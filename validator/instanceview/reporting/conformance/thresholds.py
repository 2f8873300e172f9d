"""The least share of elements that documents of a kind must have, and the elements that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.reporting.conformance.covered_values import TableCoverage
    from instanceview.reporting.conformance.values import Conformance


class Shortfall(NamedTuple):
    """A kind whose documents have less than they must: shares in percent, and the elements that are missing."""

    kind: str
    seen: int
    documented: int
    least: float
    missing: tuple[str, ...]


def shortfalls(conformance: Conformance, least: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """Return the kinds with less than their least share of the elements that their documents could have, in percent.

    `least` has shares by kind, and that of the empty text for any other kind of the documents. A kind that is named and
    has no documents falls short of any share.
    """
    found = [each for table in conformance.tables for each in _of_table(table, least)]
    kinds = {table.kind for table in conformance.tables}
    found += [Shortfall(kind, 0, 0, share, ()) for kind, share in least.items() if kind and kind not in kinds]
    return tuple(found)


def _of_table(table: TableCoverage, least: Mapping[str, float]) -> Iterator[Shortfall]:
    share = least.get(table.kind, least.get("", 0.0))
    if 100 * table.seen < share * table.documented:
        missing = tuple(row.element for row in table.rows if row.documents and not row.present)
        yield Shortfall(table.kind, table.seen, table.documented, share, missing)


def shortfall_lines(found: Iterable[Shortfall]) -> Iterator[str]:
    """Yield the lines about missing elements, with an empty one between two kinds.

    >>> print(*shortfall_lines([Shortfall("vm", 1, 3, 80, ("osName", "osVersion"))]), sep="|")
    coverage of vm is 33.3 % (1 of 3 elements), expected at least 80 %; missing:|  osName|  osVersion
    """
    for index, each in enumerate(found):
        if index:
            yield ""
        if not each.documented:
            yield f"coverage of {each.kind} is 0 % (no document), expected at least {each.least:g} %"
            continue
        share = f"{100 * each.seen / each.documented:.1f} % ({each.seen} of {each.documented} elements)"
        yield f"coverage of {each.kind} is {share}, expected at least {each.least:g} %; missing:"
        yield from (f"  {element}" for element in each.missing)
