"""The notes below rows of the element tables: the meaning of each basis, and its addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.cli.paragraphs import wrapped
from instanceview.reporting.rule_help import basis_markdown
from instanceview.tables.describe import evidence
from instanceview.tables.sources import BASES, links, meaning

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

Tables = tuple[str, str]
"""A kind and an api-version."""


def bases_of(rows: Iterable[tuple[str, str]]) -> set[str]:
    """Return every basis of rows of element tables, each given by its kind and path."""
    return {basis for kind, path in rows for basis in evidence(kind, path).basis}


def source_lines(bases: Collection[str], tables: Sequence[Tables], counted: str = "elements") -> Iterator[str]:
    """Yield the meaning of each basis and its addresses for some tables; each address is whole on its own line."""
    shown = list(_ordered(bases))
    width = max([8, *map(len, shown)])
    for basis in shown:
        yield from wrapped(
            meaning(basis, counted, [kind for kind, _ in tables]), f"{'':{width}}  ", f"{basis:{width}}  "
        )
        yield from (f"{'':{width}}  {line}" for line in _addresses(basis, tables))


def _addresses(basis: str, tables: Sequence[Tables]) -> Iterator[str]:
    """Yield each address of a basis once, after the tables that have it where there are several."""
    named: dict[str, list[str]] = {}
    for kind, version in tables:
        address = links(kind, version).get(basis)
        if address:
            named.setdefault(address, []).append(kind if basis == "page" else f"{kind} at {version}")
    for address, names in named.items():
        yield f"{', '.join(dict.fromkeys(names))}: {address}" if tables[1:] else address


def source_items(bases: Collection[str], kind: str, version: str) -> Iterator[str]:
    """Yield the meaning and address of each basis for one table, as items of a list in Markdown."""
    known = links(kind, version)
    for basis in _ordered(bases):
        yield f"- {basis_markdown(basis, meaning(basis, 'elements', [kind]), known.get(basis, ''))}"


def _ordered(bases: Iterable[str]) -> Iterator[str]:
    here = set(bases)
    yield from (basis for basis in BASES if basis in here)
