"""The numbers and names of conformance reports, read from their JSON, to compare two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json = dict[str, Any]
STATUS_CODES = "status codes"
"""The name of the coverage of status codes, beside those of kinds."""


class Change(NamedTuple):
    """A number in the old and the new report; `old_whole` and `new_whole` are what it is a part of, if anything."""

    name: str
    old: int
    new: int
    old_whole: int | None = None
    new_whole: int | None = None

    def growth(self) -> int:
        """Return a number below 0 if the share is smaller than before, above 0 if it is larger, else 0."""
        return self.new * (self.old_whole or 1) - self.old * (self.new_whole or 1)


def rate(number: int, documents: int | None) -> str:
    """Return the number of findings for each document, with two digits.

    >>> rate(3, 2), rate(1, 1000), rate(0, 9), rate(0, 0)
    ('1.5', '0.001', '0', '0')
    """
    return f"{number / documents:.2g}" if documents else "0"


def document_changes(old: Json, new: Json) -> tuple[Change, ...]:
    """Return the number of documents of each kind."""
    before, after = ({each["name"]: each["documents"] for each in report["overview"]["kinds"]} for report in (old, new))
    return _changes(before, after)


def _changes(old: Mapping[str, int], new: Mapping[str, int]) -> tuple[Change, ...]:
    return tuple(Change(name, old.get(name, 0), new.get(name, 0)) for name in {**old, **new})


def coverage_changes(old: Json, new: Json) -> tuple[Change, ...]:
    """Return the coverage of each kind that both reports have, and of the status codes."""
    before = {table["kind"]: table for table in old["tables"]}
    tables = [(before[table["kind"]], table) for table in new["tables"] if table["kind"] in before]
    changes = (
        Change(new["kind"], old["seen"], new["seen"], old["documented"], new["documented"]) for old, new in tables
    )
    was, now = (sum(code["times"] > 0 for code in report["statusCodes"]) for report in (old, new))
    return (*changes, Change(STATUS_CODES, was, now, len(old["statusCodes"]), len(new["statusCodes"])))


def finding_changes(old: Json, new: Json) -> tuple[Change, ...]:
    """Return the rules whose number of findings changed, each with the number of documents."""
    numbers = [{each["rule"]: each["findings"] for each in report["overview"]["rules"]} for report in (old, new)]
    wholes = [report["overview"]["documents"] for report in (old, new)]
    changes = (change._replace(old_whole=wholes[0], new_whole=wholes[1]) for change in _changes(*numbers))
    return tuple(change for change in changes if change.old != change.new)


def fact_changes(old: Json, new: Json) -> tuple[Change, ...]:
    """Return the facts of the service whose share of statuses that break them changed."""
    before, after = (
        {fact_name(each): each["of"] - each["times"] for each in report["fidelity"]["broken"]} for report in (old, new)
    )
    was, now = (
        {f"{each['element']}: {each['code']}": each["times"] for each in report["statusCodes"]} for report in (old, new)
    )
    changes = (
        change._replace(old_whole=was.get(code, 0), new_whole=now.get(code, 0))
        for change in _changes(before, after)
        for code in [change.name.rpartition(": ")[0]]
    )
    return tuple(change for change in changes if change.growth())


def fact_name(broken: Json) -> str:
    """Return a fact about a code as the name of its change."""
    return f"{broken['element']}: {broken['code']}: {broken['fact']}"


def elements_seen(report: Json) -> Iterator[str]:
    """Yield the elements that documents have, each after its kind."""
    for table in report["tables"]:
        yield from (f"{table['kind']}: {row['element']}" for row in table["rows"] if row["present"])


def codes_seen(report: Json) -> Iterator[str]:
    """Return the known status codes that documents have, each after its place."""
    return (f"{code['element']}: {code['code']}" for code in report["statusCodes"] if code["times"])


def values_seen(report: Json) -> Iterator[str]:
    """Yield the values of rows that list theirs, and truth values: versions, names and URLs are always new."""
    for table in report["tables"]:
        for row in table["rows"]:
            yield from (
                f"{table['kind']}: {row['element']}: {each['value']}" for each in row["values"] if _is_choice(row, each)
            )


def _is_choice(row: Json, value: Json) -> bool:
    return "isDocumented" in value or row["type"] == "boolean"


def unknown_members(report: Json) -> Iterator[str]:
    """Return the undocumented members, each after its kind."""
    return (f"{each['kind']}: {each['path']}" for each in report["undocumented"]["members"])


def unknown_codes(report: Json) -> Iterator[str]:
    """Return the unknown status codes, each after its place."""
    return (f"{each['element']}: {each['code']}" for each in report["undocumented"]["codes"])
