"""Arguments -> paths and standard input: globs become the files that match them."""

from __future__ import annotations

import os
import re
import stat
from itertools import dropwhile
from typing import TYPE_CHECKING

from instanceview.model.document import Origin, Unreadable
from instanceview.model.paths import LONGEST, has_wildcard
from instanceview.reading.sources import StandardInput, shown, with_advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
"""The argument that means standard input."""


def expanded(arguments: Iterable[str], stdin_name: str) -> Iterator[str | StandardInput | Unreadable]:
    """Yield the paths of arguments, standard input, and the reasons why others cannot be read."""
    for argument in arguments:
        if not argument:
            yield Unreadable(Origin('""'), "cannot be read: the name is empty; pass a file or a folder")
        elif argument == STDIN:
            yield StandardInput(stdin_name)
        elif "://" in argument and re.match(r"[A-Za-z][\w+.-]++://", argument) and not os.path.lexists(argument):
            reason = with_advice("cannot be read: no such file or directory", argument)
            yield Unreadable(Origin(shown(argument)), reason)
        elif has_wildcard(argument) and len(argument) <= LONGEST and not os.path.lexists(argument):
            yield from _matching(argument)
        else:
            yield simple(argument)


def paths_of(arguments: Iterable[str]) -> list[str]:
    """Return the paths of arguments, those that match a pattern in its place."""
    return [each for each in expanded(arguments, STDIN) if isinstance(each, str)]


def _matching(pattern: str) -> Iterator[str | Unreadable]:
    paths = files_matching(pattern)
    if not paths:
        reason = "cannot be read: no such file or directory"
        advised = with_advice(reason, pattern)
        if advised == reason:
            advised = "no file matches this pattern; check the path, which starts at the current folder"
        yield Unreadable(Origin(shown(pattern)), advised)
    # The files of a folder match `**` by themselves.
    yield from (simple(path) for path in paths if "**" not in pattern or not os.path.isdir(path))


def simple(path: str) -> str:
    """Return a path without `./` and repeated slashes."""
    has_surplus = path.startswith("./") or path.endswith(("/", "/.")) or "//" in path or "/./" in path
    if os.sep == "/" and not has_surplus:
        return path
    from pathlib import Path  # loaded here, since most paths are plain: it saves 3.3 ms of a cold start of 65

    return str(Path(path))


def files_matching(pattern: str) -> list[str]:
    """Return the paths that match a pattern, sorted, but for pipes; `**` follows no link to a folder.

    glob.glob follows them: two links of a folder to itself keep it busy for hours. Path.glob finds hidden files.
    """
    try:
        return sorted({path for path in _found(pattern.replace(os.sep, "/")) if not _is_pipe(path)})
    except RecursionError:  # a pattern of more names than a folder has levels
        return []


def _found(pattern: str) -> Iterator[str]:
    import glob  # loaded here, since shells expand patterns: it saves 0.4 ms

    steps = pattern.split("/")
    if "**" not in steps:
        yield from glob.iglob(pattern)
        return
    at = steps.index("**")
    rest = list(dropwhile("**".__eq__, steps[at:]))
    for top in glob.iglob("/".join((*steps[:at], ""))) if at else [""]:
        for folder in _folders(top):
            above = [glob.escape(folder.rstrip("/"))] if folder else []
            yield from _found("/".join((*above, *(rest or "*"))))


def _folders(top: str) -> Iterator[str]:
    """Yield a folder and those below it, but for hidden ones and links."""
    left = [top]
    while left:
        folder = left.pop()
        yield folder
        try:
            with os.scandir(folder or os.curdir) as entries:
                named = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
        except OSError:  # what may not be read has nothing that matches
            continue
        left += [os.path.join(folder, name) for name in named if not name.startswith(".")]


def _is_pipe(path: str) -> bool:
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode)
    except OSError:
        return False
