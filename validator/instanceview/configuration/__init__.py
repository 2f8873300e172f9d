"""The configuration of the command line: which file has it, what it says, and what is wrong with it.

Only the command line reads it; `import instanceview` never does, so that a test suite judges the same everywhere.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.paths import relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from instanceview.finding import Finding
    from instanceview.model import Document, Skipped, Unreadable

    Inputs = Iterable[Document | Skipped | Unreadable]

NAMES = (".instanceview.toml", "pyproject.toml")
"""The files that may hold a configuration; the first is the one where a folder has both."""


class ConfigurationError(ValueError):
    """A configuration that cannot be used: one line for each fault, with file, line and column."""


class Configuration(NamedTuple):
    """The settings of the nearest configuration file; without one there are none.

    `file` is its path as the user may open it, `folder` what its own paths start from, `values` its settings by key,
    `lines` the line (from 1) of each of them and of each section, `unread` a file beside it that has settings too.
    """

    file: str | None = None
    folder: str = "."
    values: Mapping[str, Any] = {}
    lines: Mapping[tuple[str | int, ...], int] = {}
    unread: str | None = None

    @property
    def is_per_file(self) -> bool:
        """Whether it has sections for some files."""
        return "per-file" in self.values

    def configured(
        self, inputs: Iterable[Document | Skipped | Unreadable]
    ) -> Iterable[Document | Skipped | Unreadable]:
        """Return the inputs, documents with the kind and api-version that is set where nothing nearer says them."""
        if not self.values:
            return inputs
        from instanceview.configuration.per_file import configured

        return configured(inputs, self)

    def ignoring(self) -> Callable[[Finding], bool] | None:
        """Return a function that says whether a finding is not to be reported, None where no section does."""
        if not self.is_per_file:
            return None
        from instanceview.configuration.per_file import ignoring

        return ignoring(self)


def nearest(start: str) -> Configuration:
    """Return the configuration of a folder, or of the nearest folder above it that has one.

    Raises ConfigurationError where that file cannot be read, or says what no configuration can.
    """
    folder, below = start, ""
    while folder != below:
        own = _loaded(os.path.join(folder, NAMES[0]))
        if own:
            return own._replace(unread=_unread(os.path.join(folder, NAMES[1])))
        shared = _loaded(os.path.join(folder, NAMES[1]))
        if shared:
            return shared
        folder, below = os.path.dirname(folder), folder
    return Configuration()


def _loaded(path: str) -> Configuration | None:
    data = _settings(path)
    if data is None:
        return None
    from instanceview.configuration.load import load  # a run without a configuration does without a parser

    return load(path, data)


def _unread(path: str) -> str | None:
    """Return the name of a file with settings that do not count; one that is broken is not ours to judge then."""
    try:
        other = _loaded(path)
    except ConfigurationError:
        return None
    return other.file if other else None


def _settings(path: str) -> bytes | None:
    """Return the content of a file that has settings of ours, None where there are none.

    A pyproject.toml that nowhere has our name is none of our business, be it broken.
    """
    if not os.path.isfile(path):  # as in a closed folder
        return None
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        message = f"{relative(path)}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise ConfigurationError(message) from None
    return data if os.path.basename(path) == NAMES[0] or b"instanceview" in data else None
