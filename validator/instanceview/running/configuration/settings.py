"""The settings of a project as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = (".instanceview.toml", "pyproject.toml")
"""The files that may hold a configuration; in one folder, the first takes precedence."""

ONCE = frozenset(
    {"write-baseline", "prune-baseline", "as-folder", "files-from", "changed", "changed-since", "list-files"}
)
"""Options for a single run, which only the command line sets. A configuration or a variable that always wrote a
baseline would hide every finding. One that always named what is read would change what a path means."""


class ConfigurationError(ValueError):
    """A configuration that cannot be used: one line for each fault, with file, line and column."""


class Configuration(NamedTuple):
    """The settings of the nearest configuration file, if there is one.

    `file` is its path for the user, `folder` the base of its own paths, and `values` its settings by key. `lines` has
    the line (from 1) of each of them and of each section. `unread` is a file beside it that has settings too.
    """

    file: str | None = None
    folder: str = "."
    values: Mapping[str, Any] = {}
    lines: Mapping[tuple[str | int, ...], int] = {}
    unread: str | None = None

    @property
    def has_sections(self) -> bool:
        """True if it has `[[per-file]]` sections, the settings for some files."""
        return "per-file" in self.values
