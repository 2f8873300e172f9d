"""One api-version in full: the rows that it changed, and the requests of its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.cli.commands.diff import bases_of_changes, difference_lines
from instanceview.cli.commands.source_texts import source_lines
from instanceview.cli.paragraphs import wrapped
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.cli.commands.differences import Difference, Version
    from instanceview.tables.kinds import Operation


def in_full(version: Version) -> str:
    """Return the changes and operations of an api-version, wrapped to the terminal."""
    blocks = [_block(version, each) for each in version.differences]
    tables = [(each.kind, version.name) for each in version.differences]
    blocks.append(source_lines({*bases_of_changes(version.differences), "service"}, tables))
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _block(version: Version, difference: Difference) -> Iterator[str]:
    kind = difference.kind
    if version.before:
        yield from difference_lines(difference, version.before, version.name)
    else:
        number = len(difference.added)
        yield f"{kind} at {version.name}, the first api-version: {number} elements"
        yield f"  all of them: instanceview tables --kind {kind} --api-version {version.name}"
    for operation in version.operations(kind):
        yield from wrapped(f"{operation.name} (since {operation.since})", "      ", "  GET ")
        yield f"      {request(kind, operation)}"


def request(kind: str, operation: Operation) -> str:
    """Return the URL of an operation, from the provider on, with the parameter that asks for the view."""
    return f".../providers/{KIND_VALUES[kind].provider}/{operation.url}" + (
        f"?{operation.query}" if operation.query else ""
    )
