"""The configuration of the command line: its file, its settings and its faults.

Only the command line reads it. `import instanceview` never does, so that a test suite has one result everywhere.
"""

from __future__ import annotations

import os

from instanceview.model.paths import relative
from instanceview.running.configuration.settings import NAMES, Configuration, ConfigurationError


def nearest(start: str) -> Configuration:
    """Return the configuration of a folder, or of the nearest folder above it that has one.

    Raises ConfigurationError where that file cannot be read, or holds a fault.
    """
    folder, below = start, ""
    while folder != below:
        own = _load_configuration(os.path.join(folder, NAMES[0]))
        if own:
            return own._replace(unread=_unread(os.path.join(folder, NAMES[1])))
        shared = _load_configuration(os.path.join(folder, NAMES[1]))
        if shared:
            return shared
        folder, below = os.path.dirname(folder), folder
    return Configuration()


def _load_configuration(path: str) -> Configuration | None:
    data = _settings(path)
    if data is None:
        return None
    from instanceview.running.configuration.load import load  # a run without a configuration saves 3 ms

    return load(path, data)


def _unread(path: str) -> str | None:
    """Return the name of a file with settings that do not count; a broken file is passed over."""
    try:
        other = _load_configuration(path)
    except ConfigurationError:
        return None
    return other.file if other else None


def _settings(path: str) -> bytes | None:
    """Return the content of a file that has settings of ours, None where it has none.

    A pyproject.toml without our name is passed over, even if it is broken.
    """
    if not os.path.isfile(path):  # also where the folder may not be read
        return None
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        message = f"{relative(path)}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise ConfigurationError(message) from None
    return data if os.path.basename(path) == NAMES[0] or b"instanceview" in data else None
