"""Arguments -> steps: the files of folders, single files and standard input; and their documents."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.contents import contents
from instanceview.reading.folders import EVERYTHING, member, steps_below
from instanceview.reading.paths import expanded, simple
from instanceview.reading.sources import File, StandardInput, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.reading.folders import Choice

_NOT_READ = {"ignored": "ignored by .gitignore", "excluded": "excluded", "left-out": "of other tools"}
"""The groups of what `--no-ignore` reads, and their words in the reason why a folder has nothing."""


class FolderEnd(NamedTuple):
    """The end of a folder, whose files came before it: how many there were, and what was passed over, by group.

    `is_part` means that it was not read to its end, that only some of its files were wanted, or that others came with
    another argument.
    """

    name: str
    files: int
    passed_over: Mapping[str, int]
    is_part: bool = False

    def at_end(self, *, found_any: bool) -> Iterator[Unreadable]:
        """Yield the items to report at the end of the folder; `found_any` means that it had something that we read."""
        if found_any or self.is_part:
            return
        counts = [
            f"{self.passed_over[each]} {words}" for each, words in _NOT_READ.items() if self.passed_over.get(each)
        ]
        others = f"{', '.join(counts)}; --no-ignore reads them" if counts else ""
        if others and not self.files:
            yield Unreadable(Origin(self.name), f"nothing is left to check in this folder: {others}")
            return
        if not (self.files or self.passed_over):
            yield Unreadable(Origin(self.name), "the folder is empty; pass a folder or a file with instance views")
            return
        reason = "no instance view found in the files of this folder; use --verbose to see why, or --kind"
        yield Unreadable(Origin(self.name), f"{reason}; {others}" if others else reason)


Step = File | StandardInput | FolderEnd | Skipped | Unreadable
"""The next step: a file to read, the end of a folder, or something to report that is not read or cannot be."""


def steps(
    arguments: Iterable[str],
    stdin_name: str = "<stdin>",
    choice: Choice = EVERYTHING,
    names: Iterable[str] = (),
) -> Iterator[Step]:
    """Yield the files to read, in order, without reading them; what is not read is a value in the stream.

    `names` are files and folders after the arguments, whose names are taken literally. A file that comes twice is
    read once: as a named one, if an argument names it.
    """
    found = dict.fromkeys([*expanded(arguments, stdin_name), *map(simple, names)])
    paths = [each for each in found if isinstance(each, str)]
    named = {_key(path) for path in paths}
    seen: set[str] | None = set() if len(paths) > 1 else None
    for each in found:
        if not isinstance(each, str):
            yield each
        elif os.path.isdir(each):
            yield from _folder(each, choice, named, seen)
        elif _is_new(_key(each), seen) and (choice.wants(_key(each)) or not os.path.exists(each)):
            yield member(each, choice) if choice.as_folder else File(each)


def _key(path: str) -> str:
    """Return the real path of a file or folder, by which it is known again; a name that cannot be one stays."""
    try:
        return os.path.realpath(path)
    except ValueError:  # it has a NUL
        return path


def _is_new(key: str, seen: set[str] | None) -> bool:
    """Return True if a path did not come before, and keep it; `seen` is None where each path comes once."""
    if seen is None:
        return True
    is_new = key not in seen
    seen.add(key)
    return is_new


def _folder(top: str, choice: Choice, named: set[str], seen: set[str] | None) -> Iterator[Step]:
    """Yield the files of a folder, what is passed over in it, and its end."""
    real, start = os.path.realpath(top), 0 if top == os.curdir else len(top.rstrip(os.sep)) + 1
    files, passed_over, is_part = 0, Counter[str](), choice.only is not None
    is_all = seen is None and choice.only is None  # each file comes once, and all are wanted
    for step in steps_below(top, choice):
        if is_all and isinstance(step, File):
            files += 1
            yield step
            continue
        path = step.path if isinstance(step, File) else step.origin.file
        key = "" if is_all else os.path.join(real, path[start:])
        if isinstance(step, Unreadable):
            is_part = True
            yield step
        elif isinstance(step, Skipped):
            if choice.wants(key) and key.rstrip(os.sep) not in named and _is_new(key, seen):
                passed_over[step.group] += 1
                yield step
        elif choice.wants(key):
            is_named = key in named and not choice.as_folder
            is_new = _is_new(key, seen)
            is_part = is_part or is_named or not is_new
            files += 1
            if is_new:
                yield step._replace(is_named=True) if is_named else step
    yield FolderEnd(shown(top), files, passed_over, is_part)


def read_all(
    arguments: Iterable[str], stdin_name: str = "<stdin>", *, is_asked: bool = False, limits: Limits = DEFAULTS
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of every argument, in order; what cannot be read is a value in the stream.

    `is_asked` means that what is in a folder is meant as an instance view, too.
    """
    return read_steps(steps(arguments, stdin_name), limits, is_asked=is_asked)


def read_path(
    path: str | os.PathLike[str], choice: Choice = EVERYTHING, limits: Limits = DEFAULTS
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a file or a folder; what cannot be read is a value in the stream."""
    return read_steps(steps((), choice=choice, names=[os.fspath(path)]), limits)


def read_steps(
    planned: Iterable[Step], limits: Limits = DEFAULTS, *, is_asked: bool = False
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of the steps; what cannot be read is a value in the stream."""
    found_any = False
    for step in planned:
        if isinstance(step, FolderEnd):
            yield from step.at_end(found_any=found_any)
            found_any = False
        elif isinstance(step, (Skipped, Unreadable)):
            yield step
        else:
            for item in contents(step, limits, is_asked=is_asked):
                found_any = found_any or not isinstance(item, Skipped)
                yield item
            found_any = found_any and isinstance(step, File) and not step.is_named
