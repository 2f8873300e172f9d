"""The files of a folder or a pattern that are read, and what is passed over in it, each with its reason."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, Skipped, Unreadable
from instanceview.reading.sources import File, is_telling, shown, why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    class Scope(Protocol):
        """The rules that hold in a folder, as `reading.ignoring` makes them."""

        def entered(self, name: str, /) -> Scope:
            """Return the scope of a folder in this one."""

        def with_files_of(self, folder: str, hidden: list[str], /) -> Scope:
            """Return the scope with the rules of a folder's own files."""

        def passed_over(self, name: str, /, *, is_folder: bool) -> tuple[str, str] | None:
            """Return the group and the reason by which an entry is passed over, None where it is not."""


_TOOLS = {
    "node_modules": "the packages of npm",
    "bower_components": "the packages of Bower",
    "__pycache__": "a cache of Python",
    "__pypackages__": "the packages of Python",
}
_SIGNS = {
    "pyvenv.cfg": "a virtual environment",
    "conda-meta": "an environment of conda",
    "CACHEDIR.TAG": "a cache",
}
"""What is in a folder that another tool made, and what it is then; the names `venv` and `env` alone say nothing."""


_OURS = frozenset({".git", ".gitignore", ".instanceview.toml", ".instanceview-baseline.json"})
"""The hidden files that a run uses, which are not counted as passed over."""


class Choice(NamedTuple):
    """What of a folder is read: the caller's choices.

    `exclude` are patterns as in `.gitignore` from the folder `base`, and `excluding` names where they are from.
    `no_ignore` means that no pattern and no tool's name counts. `as_folder` means that named files are members of a
    folder. `only` returns True for the real path of a file to read, or of a folder that has some; None means all.
    """

    exclude: tuple[str, ...] = ()
    excluding: str = "--exclude"
    base: str = "."
    no_ignore: bool = False
    as_folder: bool = False
    only: Callable[[str], bool] | None = None

    def wants(self, path: str) -> bool:
        """Return True if a file, or what is in a folder, is to be read, by its real path."""
        return self.only is None or self.only(path)


EVERYTHING = Choice()
"""The choices of a caller that makes none."""


def steps_below(top: str, choice: Choice) -> Iterator[File | Skipped | Unreadable]:
    """Yield the files to read below a folder, sorted, and what is passed over; nobody looks into a folder that is."""
    folders = [(top, _scope_of(top, choice))]
    is_inside = partial(_leads_inside, top)
    while folders:
        folder, scope = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = {each.name: each for each in found}
        except OSError as error:
            yield _closed_folder(folder, error, is_top=folder == top)
            continue
        sign = next((what for name, what in _SIGNS.items() if name in entries), "")
        if sign and folder != top and not choice.no_ignore:
            yield skipped(folder, "left-out", f"{sign}; --no-ignore reads it", is_folder=True)
            continue
        if (scope or ".git" in entries) and not choice.no_ignore:
            scope = _with_files_of(scope, folder, list(entries))
        below = []
        for step in _steps_in(folder, entries, scope, choice, is_inside):
            if isinstance(step, str):
                below.append((step, scope.entered(os.path.basename(step)) if scope else None))
            else:
                yield step
        folders.extend(reversed(below))


def _steps_in(
    folder: str,
    entries: dict[str, os.DirEntry[str]],
    scope: Scope | None,
    choice: Choice,
    is_inside: Callable[[str], bool],
) -> Iterator[File | Skipped | Unreadable | str]:
    """Yield the files of a folder, what is passed over, and the paths of the folders in it to look into, sorted.

    `is_inside` is a predicate on a link: True if the file that it leads to is in the folder that was named.
    """
    for name in sorted(entries):
        if name in _OURS:
            continue
        entry = entries[name]
        path = name if folder == os.curdir else entry.path
        is_folder = entry.is_dir(follow_symlinks=False)
        passed = _passed_over(name, path, scope, choice, is_folder=is_folder)
        if passed:
            yield passed
        elif is_folder:
            yield path
        elif entry.is_file(follow_symlinks=False) or (os.path.isfile(path) and is_inside(path)):
            yield File(path, is_named=False)
        else:
            yield not_a_file(path)


def _leads_inside(top: str, path: str) -> bool:
    """Return True if a file, through all links, is below a folder.

    A link in a stranger's folder must not show what else the machine has, such as `/proc/self/environ`.
    """
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(top), ""))


def _passed_over(name: str, path: str, scope: Scope | None, choice: Choice, *, is_folder: bool) -> Skipped | None:
    """Return why an entry of a folder is passed over, None where it is not."""
    if name[0] == ".":
        return skipped(path, "hidden", "hidden; name it to read it", is_folder=is_folder)
    passed = scope.passed_over(name, is_folder=is_folder) if scope else None
    if passed is None and is_folder and name in _TOOLS and not choice.no_ignore:
        passed = "left-out", f"{_TOOLS[name]}; --no-ignore reads it"
    return skipped(path, *passed, is_folder=is_folder) if passed else None


def member(path: str, choice: Choice) -> File | Skipped | Unreadable:
    """Return a file that is named as a member of a folder; of the patterns, those of `--exclude` alone count for it."""
    if choice.exclude and not choice.no_ignore:
        from instanceview.reading.ignoring import excluded  # as below

        reason = excluded(path, choice.exclude, choice.excluding, choice.base)
        if reason:
            return skipped(path, "excluded", reason)
    return not_a_file(path) if os.path.islink(path) and not os.path.exists(path) else File(path, is_named=False)


def skipped(path: str, group: str, reason: str, *, is_folder: bool = False) -> Skipped:
    """Return a path as skipped; a folder's name ends with a slash, since nobody looks into it."""
    return Skipped(Origin(f"{shown(path)}/" if is_folder else shown(path)), reason, group)


def not_a_file(path: str) -> Skipped | Unreadable:
    """Return a link, a pipe or a device as skipped."""
    if os.path.isdir(path):
        return skipped(path, "linked", "a link to a folder; name it to read it", is_folder=True)
    if os.path.isfile(path):
        return skipped(path, "linked", "a link to a file outside the folder; name it to read it")
    if os.path.exists(path):
        return skipped(path, "closed", "a pipe, a socket or a device; pass its content as standard input")
    reason = "a link to a file that does not exist"
    return Unreadable(Origin(shown(path)), reason) if is_telling(path) else skipped(path, "closed", reason)


def _closed_folder(folder: str, error: OSError, *, is_top: bool) -> Skipped | Unreadable:
    """Return a folder that cannot be read: one that is named, or that is named for instance views, should have been."""
    if is_top or is_telling(folder):
        return Unreadable(Origin(shown(folder)), why(error))
    return skipped(folder, "closed", why(error), is_folder=True)


def _scope_of(top: str, choice: Choice) -> Scope | None:
    """Return the scope of a folder that is named; None where no pattern may hold in it, as far as is known above it."""
    if choice.no_ignore or not (choice.exclude or _is_in_repository(top)):
        return None
    from instanceview.reading.ignoring import scope_of  # files and folders without patterns save a start of 2 ms

    return scope_of(top, choice.exclude, choice.excluding, choice.base)


def _is_in_repository(folder: str) -> bool:
    """Return True if a folder above a folder may be the top of a repository."""
    above = os.path.dirname(os.path.realpath(folder))
    while not os.path.lexists(os.path.join(above, ".git")):
        if above == os.path.dirname(above):
            return False
        above = os.path.dirname(above)
    return True


def _with_files_of(scope: Scope | None, folder: str, names: list[str]) -> Scope:
    """Return the scope of a folder with the rules of its own files; each of them has a hidden name."""
    if scope is None:
        from instanceview.reading.ignoring import Scope as NoRules  # as above

        scope = NoRules()
    return scope.with_files_of(folder, names)
