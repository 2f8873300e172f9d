"""The members that the tables do not have."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from typing import TYPE_CHECKING

from instanceview.model.counts import MemberCount
from instanceview.model.text import one_line
from instanceview.reporting.conformance.deviating_values import UnknownMember
from instanceview.reporting.conformance.yaml_rows import member_row
from instanceview.tables.descent import is_element, line_of
from instanceview.tables.describe import span_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.reporting.conformance.corpus import Corpus


def unknown_members(corpus: Corpus) -> tuple[UnknownMember, ...]:
    """Return the members that the tables of their api-version do not have; first those that no api-version has."""
    found: dict[tuple[str, str], dict[str, MemberCount]] = defaultdict(dict)
    for key, count in corpus.coverage.members.items():
        found[key.kind, key.element][key.api_version] = count
    members = (_member(kind, path, by_version) for (kind, path), by_version in found.items())
    return tuple(sorted(members, key=lambda each: (each.row is None, -each.documents, each.kind, each.path)))


def _member(kind: str, path: str, by_version: Mapping[str, MemberCount]) -> UnknownMember:
    count = reduce(MemberCount.merge, by_version.values(), MemberCount())
    note = f"documented {span_text(line_of(kind, path)[-1])}" if is_element(kind, path) else None
    return UnknownMember(
        kind=kind,
        path=one_line(path),
        documents=count.documents,
        types=count.types,
        example=count.example,
        api_versions={version: each.documents for version, each in sorted(by_version.items())},
        origins=count.origins,
        note=note,
        row=None if note else member_row(kind, path, min(by_version), count),
    )
