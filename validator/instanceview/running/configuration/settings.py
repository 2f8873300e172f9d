"""The settings of a configuration as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = (".instanceview.toml", "pyproject.toml")
"""The files that may have a configuration; in one folder, the first takes precedence."""

ONCE = frozenset(
    {"write-baseline", "prune-baseline", "as-folder", "files-from", "changed", "changed-since", "list-files"}
)
"""The options for a single run, which only the command line sets. A configuration or a variable that always wrote a
baseline would hide every finding. One that always named inputs would change the meaning of a path."""


class ConfigurationError(ValueError):
    """A configuration that cannot be used; the text has a line for each fault, with file, line and column."""


class Configuration(NamedTuple):
    """The settings of the nearest configuration file, if there is one.

    `file` is its path for the user, `folder` the base of its own paths, and `values` are its settings by key. `lines`
    has the line, from 1, of each setting and each section. `unread` is a file beside it that also has settings.
    """

    file: str | None = None
    folder: str = "."
    values: Mapping[str, Any] = {}
    lines: Mapping[tuple[str | int, ...], int] = {}
    unread: str | None = None

    @property
    def has_sections(self) -> bool:
        """True if there are `[[per-file]]` sections, which are settings for some files."""
        return "per-file" in self.values
