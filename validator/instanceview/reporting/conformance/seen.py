"""The names that a conformance report in JSON has: what was seen, and what is undocumented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]


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
