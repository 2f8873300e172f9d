"""Coverage: counts of what the checked documents have, beside the findings, for a run that asks for them."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from instanceview.checking.coverage.codes import codes_of
from instanceview.checking.coverage.folding import rows_of
from instanceview.checking.coverage.oddities import documented_part, type_name
from instanceview.checking.coverage.timelines import moment_of
from instanceview.checking.coverage.trees import Tree
from instanceview.model.counts import (
    CodeCount,
    CodeKey,
    FindingCount,
    FindingKey,
    MemberCount,
    RowCount,
    RowKey,
)
from instanceview.model.coverage import MOST_OTHERS, Coverage, bounded, first_keys, merge_into
from instanceview.model.redaction import redact_below, redact_member
from instanceview.model.text import one_line
from instanceview.model.timelines import MachineKey, Timeline
from instanceview.tables.catalog import SCHEMA_MEMBER
from instanceview.tables.descent import line_of
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.checking.coverage.oddities import Oddity
    from instanceview.model.counted import Counted
    from instanceview.model.document import Document, Origin
    from instanceview.model.finding import Finding
    from instanceview.model.tables import Tables


class CoverageCounter:
    """The counts of a run so far: documents are added one by one, or as the counts of the documents that come next.

    >>> from instanceview.model.document import Origin
    >>> from instanceview.model.tables import Tables
    >>> counter = CoverageCounter()
    >>> tables = Tables("vm", "2024-07-01", "option")
    >>> counter.add({"computerName": "app"}, tables, Origin("a.json"), "JSON", fits=True)
    >>> [(key.element, count.present) for key, count in counter.coverage().rows.items()]
    [('computerName', 1)]
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._trees: dict[tuple[str, str], Tree] = {}
        self._rows: dict[RowKey, RowCount] = {}
        self._codes: dict[CodeKey, CodeCount] = {}
        self._others: dict[CodeKey, CodeCount] = {}
        self._members: dict[RowKey, MemberCount] = {}
        self._findings: dict[FindingKey, FindingCount] = {}
        self._containers: Counter[str] = Counter()
        self._machines: dict[MachineKey, Timeline] = {}
        self._is_whole = True

    def add(self, body: dict[str, Any], tables: Tables, origin: Origin, container: str, *, fits: bool) -> None:
        """Count a document; `fits` means that no rule finds anything in it, so that it fits its tables."""
        self._containers[container] += 1
        if SCHEMA_MEMBER in body:
            body = {name: value for name, value in body.items() if name != SCHEMA_MEMBER}
        kind, api_version = tables.kind, tables.api_version
        counts = self._trees.get((kind, api_version))
        if counts is None:
            counts = self._trees[kind, api_version] = Tree(tree(kind), origin)
        if fits:
            counts.add(body, origin)
        else:
            part, oddities = documented_part(body, kind, api_version)
            rows = counts.add(part, origin)
            if oddities:
                self._add_oddities(oddities, counts, rows, tables, origin)
        if counts.is_full:
            self._fold()

    def _add_oddities(
        self, oddities: Iterable[Oddity], counts: Tree, rows_here: int, tables: Tables, origin: Origin
    ) -> None:
        """Count the members of a document that do not fit; `rows_here` are those of the members that do."""
        bits = counts.bits
        rows: dict[RowKey, RowCount] = {}
        members: dict[RowKey, MemberCount] = {}
        for path, value, is_documented in oddities:
            key, types = RowKey(tables.kind, tables.api_version, path), {type_name(value): 1}
            if not is_documented:
                if key not in members:
                    members[key] = MemberCount(1, types, _example(path, value), (origin,))
                if len(members) > 2 * MOST_OTHERS:  # of one document, too
                    members, self._is_whole = first_keys(members), False
                continue
            is_here = bool(bits.get(path, 0) & rows_here)
            first = None if path in bits else origin
            if value is not None:
                others = rows[key].types if key in rows else {}
                rows[key] = RowCount(int(not is_here), 0, {**others, **types}, first=first)
            elif not is_here:
                rows.setdefault(key, RowCount(0, 1, first=first))
        merge_into(self._rows, rows)
        merge_into(self._members, members)
        self._bound()

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Count the findings that are reported of a document."""
        for finding in findings:
            kind = finding.tables.kind
            key = FindingKey(kind, finding.tables.api_version, _row_of(kind, finding.element), finding.rule)
            number, severity, first = self._findings.get(key) or (0, finding.severity.value, finding.origin)
            self._findings[key] = FindingCount(number + 1, severity, first)

    def add_counted(self, counted: Mapping[Counted, int], tables: Tables, origin: Origin) -> None:
        """Count the findings of the document at a place that are counted only."""
        for each, number in counted.items():
            key = FindingKey(tables.kind, tables.api_version, each.element, each.rule)
            merge_into(self._findings, {key: FindingCount(number, each.severity.value, origin)})

    def add_moment(self, document: Document) -> None:
        """Keep the states of a document at the time of its answer, where it is known of which machine and when."""
        found = moment_of(document)
        if found:
            merge_into(self._machines, {found[0]: Timeline((found[1],))})
            self._bound()

    def absorb(self, coverage: Coverage) -> None:
        """Add the counts of the documents that come next."""
        self._fold()
        merge_into(self._rows, coverage.rows)
        merge_into(self._codes, coverage.codes)
        merge_into(self._others, coverage.others)
        merge_into(self._members, coverage.members)
        merge_into(self._findings, coverage.findings)
        self._containers.update(coverage.containers)
        merge_into(self._machines, coverage.machines)
        self._is_whole = self._is_whole and coverage.is_whole
        self._bound()

    def coverage(self) -> Coverage:
        """Return the counts of all documents so far."""
        self._fold()
        coverage = Coverage(
            dict(self._rows),
            dict(self._codes),
            dict(self._others),
            dict(self._members),
            dict(self._findings),
            dict(self._containers),
            dict(self._machines),
            self._is_whole,
        )
        return bounded(coverage)

    def _fold(self) -> None:
        """Move what the trees have counted into the counts that merge, and begin new trees."""
        trees, self._trees = self._trees, {}
        for (kind, api_version), counts in trees.items():
            codes, others = codes_of(counts, kind, api_version)
            merge_into(self._rows, rows_of(counts, kind, api_version))
            merge_into(self._codes, codes)
            merge_into(self._others, others)
        self._bound()

    def _bound(self) -> None:
        """Drop unknown codes, undocumented members and machines where there are twice as many as are kept."""
        if max(len(self._others), len(self._members), len(self._machines)) > 2 * MOST_OTHERS:
            kept = bounded(Coverage(others=self._others, members=self._members, machines=self._machines))
            self._others, self._members, self._machines = dict(kept.others), dict(kept.members), dict(kept.machines)
            self._is_whole = False


@lru_cache(maxsize=1 << 10)  # findings repeat; there are some 600 rows
def _row_of(kind: str, element: str) -> str:
    """Return the path of the row of an element, or of the one above it."""
    return line_of(kind, element)[-1].path


def _example(path: str, value: object) -> str:
    """Return a value as JSON text of one line, redacted and cut."""
    name = path.rpartition(".")[2]
    shown = redact_member(name, value) if isinstance(value, str) else redact_below(name, value)
    return one_line(json.dumps(shown, ensure_ascii=False))
