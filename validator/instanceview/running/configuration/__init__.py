"""The configuration of the command line: the search for its file, its settings and its faults.

The command line and the pytest plugin read it. `import instanceview` does not, so that it has one result everywhere.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from instanceview.model.paths import has_wildcard, relative
from instanceview.model.text import reason_of, safe
from instanceview.model.written_limits import size_shown
from instanceview.running.configuration.settings import NAMES, Configuration, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

_STDIN = "-"
_MOST = 1 << 20
"""The most bytes of a configuration: 10,000 sections have 700 KB. The parser takes 500 bytes of memory for each."""


def nearest(start: str, paths: Iterable[str] = ()) -> Configuration:
    """Return the configuration of a folder, or of the nearest folder above it that has one.

    If none of them has one, it is that of the folder that all paths to check share, or of the nearest one above it.
    Raises ConfigurationError where that file cannot be read, or has a fault.
    """
    found = _at_or_above(start)
    if found is None:
        shared = _shared_folder(paths)
        found = _at_or_above(shared) if shared else None
    return found or Configuration()


def _shared_folder(paths: Iterable[str]) -> str | None:
    """Return the deepest folder that all paths are in, None without one; a folder is in itself."""
    named = {os.path.abspath(_before_wildcards(path)) for path in paths if path != _STDIN}
    try:
        shared = os.path.commonpath(named) if named else ""
    except ValueError:  # on two drives of Windows
        return None
    return os.path.dirname(shared) if shared and not os.path.isdir(shared) else shared or None


def _before_wildcards(path: str) -> str:
    """Return the part of a pattern before its first name with a wildcard; any other path is returned unchanged."""
    if not has_wildcard(path) or os.path.lexists(path):
        return path
    first = next(at for at, sign in enumerate(path) if has_wildcard(sign))
    return os.path.dirname(path[:first]) or os.curdir


def _at_or_above(start: str) -> Configuration | None:
    folder, below = start, ""
    while folder != below:
        own = _load_configuration(os.path.join(folder, NAMES[0]))
        if own:
            return own._replace(unread=_unread(os.path.join(folder, NAMES[1])))
        shared = _load_configuration(os.path.join(folder, NAMES[1]))
        if shared:
            return shared
        folder, below = os.path.dirname(folder), folder
    return None


def _load_configuration(path: str) -> Configuration | None:
    data = _settings(path)
    if data is None:
        return None
    from instanceview.running.configuration.load import load  # a run without a configuration saves 3 ms

    try:
        return load(path, data)
    except ConfigurationError:
        if _is_below(os.path.dirname(path), path):
            raise
        # A link in a stranger's commit must not show the words of another file, such as `/proc/self/environ`.
        what = "a link to a file of another folder, which has a fault; correct that file"
        message = f"{safe(relative(path))}: {what}"
        raise ConfigurationError(message) from None


def _is_below(folder: str, path: str) -> bool:
    """Return True if a file, through all links, is below a folder."""
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), ""))


def _unread(path: str) -> str | None:
    """Return the name of a file whose settings are not used, if it has any; a broken file is passed over."""
    try:
        other = _load_configuration(path)
    except ConfigurationError:
        return None
    return other.file if other else None


def _settings(path: str) -> bytes | None:
    """Return the content of a file that may have settings of ours, None where it has none.

    A pyproject.toml without our name is passed over, even if it is broken.
    """
    if not os.path.isfile(path):  # also where the folder may not be read
        return None
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        reason = reason_of(error)
        message = f"{safe(relative(path))}: cannot be read: {reason}"
        raise ConfigurationError(message) from None
    if os.path.basename(path) != NAMES[0] and b"instanceview" not in data:
        return None
    if len(data) > _MOST:
        message = f"{safe(relative(path))}: larger than {size_shown(_MOST)}, the most for a configuration"
        raise ConfigurationError(message)
    return data
