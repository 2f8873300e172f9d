"""Print the proofs of each kind as a table: `python tests/benchmarks/of_kinds.py [KIND ...] [--documents N]`.

A kind has its elements and api-versions, the findings in its real documents, and what they are taken for without a URL.
Every spoiler puts its fault into N documents (default: 100), of any scenario, api-version and variation that can have
it. A fault is found if it is the one finding: `value` in the Python value of a known kind, `text` in a text that is
given with its kind, `alone` in a text without. Real documents are read from the folder that IV_TEST_SHARED names.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview import check_text
from instanceview.checking.check import check_document
from instanceview.generating.scenarios import ALL, scenario
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import Spoiled, scopes, spoil
from instanceview.model.document import Document, Origin
from instanceview.reading.recognise import recognise
from instanceview.tables.catalog import versions_of
from instanceview.tables.descent import below
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KINDS, MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.literals import ApiVersion, KindName

_BESIDE = Path(__file__).parents[3] / "shared"
_SEVERITIES = ("error", "warning", "note")
_OF_ANOTHER = {"arc-extension": ("connectedvmware-extension",)}
"""Files with documents of a kind that another provider answers with."""
_OF_THE_GUESS = {"unlisted-api-version", "guessed-kind"}
"""Notes of the kind that a document is taken for, not of its fault."""
_COLUMNS = (
    *("kind", "elements", "api-versions", "real", "errors / warnings / notes", "taken for, without a URL"),
    *("faults planted", "found in value", "in text", "alone"),
)


class Real(NamedTuple):
    """A real document, with the api-version of its request."""

    body: dict[str, Any]
    api_version: ApiVersion


def real(kind: str) -> list[Real]:
    """Return the real documents of a kind; none where they are not present."""
    captures = Path(os.environ.get("IV_TEST_SHARED", _BESIDE)) / "captures"
    folder = captures / ("documents" if kind in MACHINES else "family")
    paths = [folder / f"{name}.ndjson" for name in (kind, *_OF_ANOTHER.get(kind, ()))]
    lines = [line for path in paths if path.exists() for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in map(json.loads, lines) if row["real"] and row["kind"] == "document"]
    return [Real(row["document"], row["apiVersion"]) for row in rows]


def planted(kind: KindName, count: int) -> Iterator[Spoiled]:
    """Yield documents with one fault: `count` of each rule that documents of a kind can break."""
    for rule in SPOILERS:
        versions = [version for each, version in scopes(rule) if each == kind]
        for seed in range(count if versions else 0):
            random = Random(f"{rule} {seed}")  # noqa: S311 (the same in every run)
            version = random.choice(versions)
            document = scenario(ALL, kind=kind, api_version=version, seed=seed, vary=True)
            yield spoil(document, rule, random, kind=kind, api_version=version)


def found(spoiled: Spoiled) -> dict[str, bool]:
    """Return in which ways the fault of a document is found, and nothing else is."""
    fault = [(spoiled.rule, spoiled.pointer)]
    named = check_text(spoiled.text, kind=spoiled.kind, api_version=spoiled.api_version).findings
    alone = check_text(spoiled.text, api_version=spoiled.api_version).findings
    value = check_document(Document(spoiled.document, Origin("spoiled"), spoiled.kind, spoiled.api_version))
    # A value has each key once.
    alone = tuple(each for each in alone if each.rule not in _OF_THE_GUESS)
    ways = {"value": named if spoiled.rule == "duplicate-key" else value, "text": named, "alone": alone}
    return {way: [(each.rule, each.pointer) for each in findings] == fault for way, findings in ways.items()}


def row(kind: KindName, count: int) -> tuple[list[str], Counter[str]]:
    """Return the row of a kind, and how often the fault of each rule is not found in a value or in a text."""
    documents = real(kind)
    checked = [check_document(Document(each.body, Origin("real"), kind, each.api_version, "url")) for each in documents]
    severities = Counter(finding.severity.value for findings in checked for finding in findings)
    names = Counter(recognise(each.body, asked=True).kind or "machine" for each in documents)
    missed: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    for each in planted(kind, count):
        in_ways = found(each)
        ways.update(way for way, is_found in in_ways.items() if is_found)
        ways["planted"] += 1
        missed.update(f"{each.rule} in {way}" for way in ("value", "text") if not in_ways[way])
    cells: Iterable[object] = (
        *(kind, sum(1 for each in below(tree(kind)) if each.path), len(versions_of(kind)), len(documents)),
        " / ".join(str(severities[name]) for name in _SEVERITIES),
        ", ".join(f"{name} {number}" for name, number in names.most_common()),
        *(ways[way] for way in ("planted", "value", "text", "alone")),
    )
    return [str(cell) for cell in cells], missed


def main() -> None:
    """Print the table, and after it what is not found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], metavar="KIND")
    parser.add_argument("--documents", type=int, default=100, metavar="N", help="documents for each spoiler")
    given = parser.parse_args()
    lines = [_COLUMNS, ["---"] * len(_COLUMNS)]
    sys.stdout.writelines(f"| {' | '.join(cells)} |\n" for cells in lines)
    every: dict[str, Counter[str]] = {}
    for kind in given.kinds or KINDS:
        cells, every[kind] = row(kind, given.documents)
        sys.stdout.write(f"| {' | '.join(cells)} |\n")
        sys.stdout.flush()
    for kind, missed in every.items():
        sys.stdout.writelines(f"{kind}: {rule}: {number} not found\n" for rule, number in missed.most_common())


if __name__ == "__main__":
    main()
