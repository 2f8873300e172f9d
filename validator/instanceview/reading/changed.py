"""The files that differ from a revision, as git says: changed in the working tree or the index, and new ones."""

# Goal: the names of changed files, whatever the configuration of git and of the repository is, which may be hostile.
#
# Plan: git compares the working tree with the tree of the revision and lists what it does not track and not ignore.
# Names come apart by NUL, as bytes, below the folder in which git runs.
#
# Invariants:
# - No text of the caller is an option of git: the revision is resolved first, and paths are `.` alone.
# - No program of a configuration runs: no external diff or text conversion, no file system monitor, no pager.
# - A filter that the repository's own configuration names may run, as git-lfs does. So a folder of a checkout that has
#   the files of a repository itself is refused: git would take it for one, with the filters of a stranger.
# - A hook of git sets variables such as GIT_DIR for the repository that it runs in. They are left out, since a named
#   path may be in another one.

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = "HEAD"
_GIT = ("git", "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_DIFF = ("diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv", "--no-renames", "--diff-filter=d")
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_SHOWN = 200  # characters of what git says that fit in one line


class NotComparedError(ValueError):
    """A question that git cannot answer; the text is one line with the next step."""


class Changed(NamedTuple):
    """The real paths of changed files, the folders that they are in, and new repositories, of which all is new."""

    files: frozenset[str]
    folders: frozenset[str]
    whole: tuple[str, ...]

    def has(self, path: str) -> bool:
        """Return True if the file at a real path is changed, or one in the folder that is there."""
        plain = path.rstrip(os.sep)
        return plain in self.files or plain in self.folders or path.startswith(self.whole)


def changed(paths: Iterable[str], revision: str = HEAD) -> Changed:
    """Return the files below some paths that differ from a revision; a missing path is left out.

    A deleted file is not there any more, a renamed one has its new name. The comparison is with the revision itself,
    and not with the last commit that it shares with this one. Raises NotComparedError.
    """
    found: set[str] = set()
    for folder in {_folder_of(path) for path in paths if os.path.lexists(path)}:
        tree = _tree(folder, revision)
        names = _ask(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
        if tree:
            names += _ask(folder, *_DIFF, "--ignore-submodules=all", "--relative", tree, "--", ".")
        else:  # before the first commit, all that git tracks is new
            names += _ask(folder, "ls-files", "-z", "--cached", "--", ".")
        found.update(os.path.join(folder, os.fsdecode(name).replace("/", os.sep)) for name in names)
    files = frozenset(found)
    folders = {above for path in files for above in _above(path)}
    return Changed(files, frozenset(folders), tuple(path for path in files if path.endswith(os.sep)))


def _folder_of(path: str) -> str:
    real = os.path.realpath(path)
    return real if os.path.isdir(real) else os.path.dirname(real)


def _above(path: str) -> Iterable[str]:
    """Yield the folders above a path, but for the root.

    >>> list(_above("/a/b/c.json"))
    ['/a/b', '/a']
    """
    above = os.path.dirname(path.rstrip(os.sep))
    while above != os.path.dirname(above):
        yield above
        above = os.path.dirname(above)


def _tree(folder: str, revision: str) -> str:
    """Return the name of the tree of a revision; empty for HEAD before the first commit."""
    (repository,) = _ask(folder, "rev-parse", "--absolute-git-dir")
    if os.path.join(folder, "").startswith(os.path.join(os.path.realpath(os.fsdecode(repository).strip()), "")):
        message = f"{quote(folder)} has the files of a git repository itself, whose configuration may run programs"
        raise NotComparedError(f"{message}; name the files to check")
    if revision and not revision.startswith("-") and "\0" not in revision:
        code, output, _ = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}")
        if code == 0:
            return os.fsdecode(output).strip()
        if revision == HEAD:
            return ""
    message = f"{quote(revision)} is not a revision of this repository; name a commit, a branch or a tag, and fetch it"
    raise NotComparedError(f"{message}: a shallow clone has no older ones")


def _ask(folder: str, *arguments: str) -> list[bytes]:
    """Return the names that git prints; raises NotComparedError."""
    code, output, complaint = _run(folder, *arguments)
    if code == 0:
        return [name for name in output.split(b"\0") if name]
    if arguments[0] == "rev-parse":
        reason = complaint.decode("utf-8", "replace").strip().partition("\n")[0][:_SHOWN]
        message = f"{quote(folder)} is not in a usable git repository ({reason}); name the files to check"
        raise NotComparedError(message)
    reason = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2][:_SHOWN]
    message = f"git cannot compare the files of {quote(folder)}: {reason or 'it was stopped'}; name the files to check"
    raise NotComparedError(message)


def _run(folder: str, *arguments: str) -> tuple[int, bytes, bytes]:
    import subprocess  # a run without git saves 8 ms

    kept = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    command = [*_GIT, "-C", folder, *arguments]
    try:
        ran = subprocess.run(  # noqa: S603 (no shell, and no text of the caller but a revision)
            command, env={**kept, "LC_ALL": "C"}, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except FileNotFoundError:
        message = "git was not found; install it, or name the files to check"
        raise NotComparedError(message) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NotComparedError(f"git cannot be run: {reason}; name the files to check") from None
    return ran.returncode, ran.stdout, ran.stderr
