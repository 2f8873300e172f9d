"""The arguments and options that name inputs -> the steps of a run: paths, lists of names, changed files."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click
from click.core import ParameterSource

from instanceview.model.text import quote, safe
from instanceview.reading.folders import Choice
from instanceview.reading.inputs import steps
from instanceview.reading.paths import STDIN, paths_of
from instanceview.reading.sources import why

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.reading.changed import Changed
    from instanceview.reading.inputs import Step

_UTF16 = (b"\xff\xfe", b"\xfe\xff")  # the beginnings of output that Windows PowerShell redirects


class UnusableInputError(click.ClickException):
    """A list of names, a revision or a report that cannot be read; the text is the reason and the next step."""

    exit_code = 2


class Inputs(NamedTuple):
    """The inputs of a command: its paths, the names of a list, and the choices for folders.

    `nothing` is the line to print where there is nothing to read, and that is not an error.
    """

    paths: Sequence[str]
    names: Sequence[str]
    choice: Choice
    stdin_name: str
    nothing: str = ""

    def steps(self) -> Iterator[Step]:
        """Yield the files to read, and the inputs that are not read."""
        return steps(self.paths, self.stdin_name, self.choice, self.names)


def inputs_of(context: click.Context) -> Inputs:
    """Return the inputs of a command; without a path, its input is the current folder.

    Raises UsageError where standard input was meant, and UnusableInputError where a list or a revision cannot be read.
    """
    given: dict[str, Any] = context.params
    paths, since = tuple(given["paths"]), _revision(given)
    names = _names(given.get("files_from"), paths)
    if not paths and names is None:
        _refuse_standard_input(is_meant=since is None)
        paths = (os.curdir,)
    choice = _choice(context)
    if names is None and not given["paths"] and since is None and choice.as_folder:
        return Inputs((), (), choice, "", "nothing to check: --as-folder names no file")
    nothing = "" if paths or names else f"nothing to check: {quote(given['files_from'])} names no file"
    if since is not None:
        choice = choice._replace(as_folder=True, only=_differing(paths, names or (), since).has)
        nothing = f"nothing to check: no file{_below(paths)} differs from {safe(since)}"
    return Inputs(paths, names or (), choice, given.get("stdin_filename") or "<stdin>", nothing)


def _differing(paths: Sequence[str], names: Sequence[str], since: str) -> Changed:
    """Return the files that differ from a revision; raises UnusableInputError where git cannot say it."""
    if STDIN in paths:
        message = "standard input is not in a repository; pass files or folders"
        raise click.BadParameter(message, param_hint="--changed")
    from instanceview.reading.changed import NotComparedError, changed  # asks git

    try:
        return changed((*paths_of(paths), *names), since)
    except NotComparedError as error:
        raise UnusableInputError(str(error)) from None


def _below(paths: Sequence[str]) -> str:
    """Return the words for the place of files below the paths of a command, empty where there are several."""
    if len(paths) != 1:
        return ""
    return " below the current folder" if paths[0] == os.curdir else f" below {safe(paths[0])}"


def _revision(given: dict[str, Any]) -> str | None:
    """Return the revision to compare with, None where all files are read.

    Raises UsageError for an empty one: a script passes one where its variable is not set.
    """
    revision: str | None = given.get("changed_since")
    if revision == "":
        raise click.UsageError("--changed-since names no revision; name a commit, a branch or a tag")
    return revision or ("HEAD" if given.get("changed") else None)


def _refuse_standard_input(*, is_meant: bool) -> None:
    """Raise UsageError where standard input is a pipe or a file, which would be passed over.

    Jobs of CI often have an empty one, such as /dev/null, which is a device.
    """
    if is_meant and _is_pipe_or_file(sys.stdin):
        message = "standard input is a pipe or a file; pass - to read it, or . for the current folder"
        raise click.UsageError(message)


def _is_pipe_or_file(stream: TextIO | None) -> bool:
    """Return True if a stream is a pipe or a file; None and a closed stream are neither."""
    if stream is None or stream.closed:
        return False
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except OSError as error:
        return not error.errno  # a stream in memory has no number of an error; a closed descriptor has one
    return not stat.S_ISCHR(mode)


def _names(source: str | None, paths: Sequence[str]) -> list[str] | None:
    """Return the names in a list, which NUL or line ends separate; None without a list."""
    if source is None:
        return None
    from instanceview.reading.files.whole import whole  # most runs have no list

    if source == STDIN and STDIN in paths:
        message = "standard input cannot be the list of names and a document; write the names to a file"
        raise click.BadParameter(message, param_hint="--files-from")
    try:
        if source == STDIN:
            data = whole(sys.stdin.buffer)
        else:
            with open(source, "rb") as file:
                data = whole(file)
    except (OSError, ValueError) as error:
        raise UnusableInputError(f"--files-from: {quote(source)} {why(error)}") from None
    if data.startswith(_UTF16):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    names = data.split(b"\0") if b"\0" in data else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(name) for name in names if name]


def _choice(context: click.Context) -> Choice:
    """Return the choices for folders; the patterns of a configuration are relative to its folder."""
    given = context.params
    if context.get_parameter_source("exclude") == ParameterSource.DEFAULT_MAP:
        patterns, file, base = tuple(given["exclude"]), context.obj.file, context.obj.folder
    else:
        patterns = tuple(each for value in given["exclude"] for each in value.split(",") if each.strip())
        file, base = "--exclude", os.curdir
    patterns = tuple(_rebased(each, base) for each in patterns)
    return Choice(patterns, file, base, given["no_ignore"], bool(given.get("as_folder")))


def _rebased(pattern: str, base: str) -> str:
    """Return a pattern relative to a folder: one that begins with `./` or with the folder's path is anchored there."""
    mark, body = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    body = body.replace(os.sep, "/")
    if body.startswith("./"):
        return f"{mark}{body[1:]}"
    for folder in {os.path.abspath(base), os.path.realpath(base)}:
        above = folder.replace(os.sep, "/").rstrip("/") + "/"
        if body.startswith(above) and above != "/":
            return f"{mark}/{body.removeprefix(above)}"
    return pattern if os.sep == "/" else f"{mark}{body}"
