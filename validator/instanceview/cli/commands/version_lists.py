"""The api-versions as a list: text for a terminal, JSON, CSV and Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from instanceview.cli.commands.diff import change_as_json, counts_text
from instanceview.cli.paragraphs import wrapped
from instanceview.reporting.places import csv_table, markdown_table
from instanceview.tables.descent import below
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KIND_VALUES
from instanceview.tables.sources import links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from instanceview.cli.commands.differences import Difference, Version
    from instanceview.tables.kinds import Operation


def _text(versions: Sequence[Version]) -> str:
    lines = [line for version in versions for line in _lines(version)]
    head = f"{len(versions)} api-versions, each compared with the one before it"
    end = "instanceview api-versions VERSION shows one in full; later ones have its operations too"
    return "".join(f"{line}\n" for line in [head, "", *lines, "", *wrapped(end)])


def _lines(version: Version) -> Iterator[str]:
    changed = [each for each in version.differences if not each.is_empty]
    new = [name for each in version.differences for name in _new(version, each.kind)]
    if not changed and not new:
        yield f"{version.name}: nothing changed"
        return
    yield version.name
    for each in changed:
        if version.before:
            yield from wrapped(f"{each.kind}: {counts_text(each)}", "      ", "  ")
            for mark, names in zip("+-~", _names(each), strict=True):
                yield from wrapped(", ".join(names), "      ", f"    {mark} ")
        else:
            yield f"  {each.kind}: {len(each.added)} elements, the first"
    if new:
        yield from wrapped(f"operations: {', '.join(new)}", "      ", "  ")


def _new(version: Version, kind: str) -> list[str]:
    """Return the names of the operations that an api-version adds."""
    return [_name(each) for each in version.operations(kind) if each.since == version.name]


def _name(operation: Operation) -> str:
    return f"{operation.name} with {operation.query}" if operation.query else operation.name


def _names(difference: Difference) -> tuple[list[str], list[str], list[str]]:
    """Return the elements that were added, removed and changed; members of an added or removed one are only counted."""
    added, removed = (_topmost([each.path for each in found]) for found in (difference.added, difference.removed))
    return added, removed, [each.element.path for each in difference.changed]


def _topmost(paths: Sequence[str]) -> list[str]:
    """Return the paths that are not below another one, each with the number of those below it.

    >>> _topmost(["vmHealth", "vmHealth.status", "vmHealth.status.code", "osName"])
    ['vmHealth (and 2 below)', 'osName']
    """
    tops = [path for path in paths if not any(path.startswith(f"{other}.") for other in paths)]
    counted = {top: sum(path.startswith(f"{top}.") for path in paths) for top in tops}
    return [f"{top} (and {number} below)" if number else top for top, number in counted.items()]


def _json(versions: Sequence[Version]) -> str:
    return json.dumps({"apiVersions": [_as_json(version) for version in versions]}, indent=1) + "\n"


def _as_json(version: Version) -> dict[str, Any]:
    return {
        "apiVersion": version.name,
        "date": version.date,
        "preview": version.is_preview,
        "comparedWith": version.before or None,
        "kinds": [_kind_as_json(version, each) for each in version.differences],
    }


def _kind_as_json(version: Version, difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "elements": _elements(version, difference),
        "added": [each.path for each in difference.added],
        "removed": [each.path for each in difference.removed],
        "changed": [change_as_json(each) for each in difference.changed],
        "operations": [
            {**each._asdict(), "method": "GET", "provider": KIND_VALUES[difference.kind].provider}
            for each in version.operations(difference.kind)
        ],
        "sources": links(difference.kind, version.name),
    }


def _elements(version: Version, difference: Difference) -> int:
    return sum(each.documented_at(version.name) for each in below(tree(difference.kind)))


_COLUMNS = (
    *("apiVersion", "date", "preview", "kind", "elements", "added", "removed", "changed"),
    *("addedElements", "removedElements", "changedElements", "operations"),
)


def _csv(versions: Sequence[Version]) -> str:
    """Return a row for each api-version and kind; several names in a cell are separated by `; `."""
    return csv_table(_COLUMNS, [_cells(version, each) for version in versions for each in version.differences])


def _cells(version: Version, difference: Difference) -> tuple[object, ...]:
    elements = (
        [each.path for each in difference.added],
        [each.path for each in difference.removed],
        [each.element.path for each in difference.changed],
    )
    return (
        *(version.name, version.date, str(version.is_preview).lower(), difference.kind),
        *(_elements(version, difference), *map(len, elements), *elements),
        [_name(each) for each in version.operations(difference.kind)],
    )


def _markdown(versions: Sequence[Version]) -> str:
    head = ("api-version", "kind", "elements", "added", "removed", "changed", "new operations")
    rows = [_markdown_row(version, each) for version in versions for each in version.differences]
    return "".join(f"{line}\n" for line in markdown_table(head, rows))


def _markdown_row(version: Version, difference: Difference) -> tuple[str, ...]:
    names = _names(difference) if version.before else ([str(len(difference.added))], [], [])
    cells = (version.name, difference.kind, str(_elements(version, difference)))
    return (*cells, *map(", ".join, (*names, _new(version, difference.kind))))


RENDERERS: Mapping[str, Callable[[Sequence[Version]], str]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}
"""The function that writes the list, by the name of its format."""
