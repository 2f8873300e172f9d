"""Files and standard input as values, their names in a report, and the reasons why one cannot be read."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from instanceview.model.document import Origin, Skipped, Unreadable
from instanceview.model.limits import is_beyond
from instanceview.reading.files.names import suffix
from instanceview.reading.files.stream import LockedError, UnreadError
from instanceview.reading.formats import SUFFIXES


class File(NamedTuple):
    """A file to read: its path, and True if the caller named it, False if it was found in a folder.

    The path is a text, since there may be thousands of files: a `Path` takes a third of the time of reading one.
    """

    path: str
    is_named: bool = True

    @property
    def name(self) -> str:
        """The name of the file in a report."""
        return shown(self.path)


class StandardInput(NamedTuple):
    """Standard input, and its name in a report."""

    name: str


def closed(
    file: str, error: OSError | ValueError, *, is_named: bool, has_evidence: bool = False
) -> Skipped | Unreadable:
    """Return a file that cannot be read; one that nobody named may be ours.

    Where its bytes cannot be seen, its name says so: of JSON, YAML or HAR, or of instance views. Where they are broken,
    what was read before does: `has_evidence`. Where they are beyond a limit, they may have anything.
    """
    reason = why(error)
    is_locked = isinstance(error, (OSError, LockedError))
    is_meant = is_named or has_evidence or is_beyond(reason)
    if is_meant or (may_be_ours(file) if is_locked else is_telling(file)):
        return Unreadable(Origin(file), reason)
    return Skipped(Origin(file), reason, "closed" if is_locked else "broken")


def may_be_ours(path: str) -> bool:
    """Return True if a file whose bytes nobody can see may have an instance view, by its name."""
    return suffix(path) in SUFFIXES | {".har"} or is_telling(path)


def is_telling(path: str) -> bool:
    """Return True if the name of a file or folder says that instance views are in it.

    >>> is_telling("captures/app.instance-view"), is_telling("instanceView/package")
    (True, False)
    """
    lowered = path.lower()
    if "view" not in lowered:  # as most
        return False
    return "instanceview" in re.sub("[^a-z]", "", os.path.basename(lowered))


def with_advice(reason: str, argument: str) -> str:
    """Return the reason why a file is missing, with what its name is where it is something else."""
    from instanceview.reading.other_arguments import advice_for_argument  # most files exist

    advice = advice_for_argument(argument)
    return f"{reason}; this is {advice}" if advice else reason


def shown(path: str) -> str:
    """Return a file name as text, bytes that are not UTF-8 as escapes."""
    try:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a surrogate, which no system has in a name
        return path.encode("utf-8", "backslashreplace").decode()


def why(error: OSError | ValueError) -> str:
    """Return the reason why a file cannot be read."""
    if isinstance(error, UnreadError):
        return str(error)
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {text[:1].lower()}{text[1:]}"
