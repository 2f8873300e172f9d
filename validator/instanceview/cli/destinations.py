"""The destinations of reports: `--format` and `--output` -> a file for each format, or standard output for one."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

import click

from instanceview.cli.named_values import FORMAT
from instanceview.model.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from instanceview.cli.value_types import NameType

STDOUT = "-"
"""The name of standard output in place of a file."""


class Destination(NamedTuple):
    """A format and the file that its report goes to; None is standard output."""

    format: str
    file: Path | None


class Forms(NamedTuple):
    """The formats of a command: the type of its option, and those of a file with some suffix, the usual one first."""

    kind: NameType
    fitting: Mapping[str, Sequence[str]]


REPORTS = Forms(
    FORMAT,
    {
        ".sarif": ("sarif",),
        ".sarif.json": ("sarif",),
        ".json": ("json", "sarif", "gitlab"),
        ".xml": ("junit",),
        ".md": ("markdown", "text", "concise"),
    },
)
"""The formats of the reports of `check`."""


def destinations(formats: Sequence[str], outputs: Iterable[str], forms: Forms = REPORTS) -> tuple[Destination, ...]:
    """Return the destination of each report, standard output last.

    `outputs` are `FORMAT=FILE`, which asks for that format too, or `FILE`. Such a file has the one format of `formats`
    that has no other file and fits its suffix, else the format of its suffix. The file `-` is standard output. Without
    any format, standard output has `text`. Raises click.BadParameter where two reports would go to one place.

    >>> [(each.format, str(each.file)) for each in destinations([], ["sarif=a.sarif"])]
    [('sarif', 'a.sarif'), ('text', 'None')]
    >>> [(each.format, str(each.file)) for each in destinations(["json"], ["a.json"])]
    [('json', 'a.json')]
    >>> [(each.format, str(each.file)) for each in destinations([], ["a.xml", "b.md"])]
    [('junit', 'a.xml'), ('markdown', 'b.md'), ('text', 'None')]
    >>> [(each.format, str(each.file)) for each in destinations([], ["json=-"])]
    [('json', 'None')]
    """
    given = [_pair(output, forms.kind) for output in outputs]
    shown = [name for name, file in given if file is None and name]
    formats = [*formats, *shown]
    pairs = _inferred(formats, [(name, file) for name, file in given if file is not None], forms)
    of_format = {name: file for name, file in pairs if name}
    plain = [file for name, file in pairs if not name]
    left = [name for name in dict.fromkeys(formats or ["text"]) if name not in of_format]
    if len(of_format) + len(plain) < len(pairs) or not of_format.keys().isdisjoint(shown):
        raise bad_output("a format has two files; use one file per format")
    if plain and (len(left), len(plain)) != (1, 1):
        could = f"could be for {' or '.join(left)}" if left and len(plain) == 1 else "has no format"
        raise bad_output(f"{named(plain[-1])} {could}; write FORMAT=FILE")
    if len(left) > 1:
        message = f"only one of {' and '.join(left)} can go to standard output; write --output FORMAT=FILE"
        raise click.BadParameter(message, param_hint="--format")
    files = [*of_format.values(), *plain]
    if len(set(files)) < len(files):
        raise bad_output("two formats have the same file; use one file per format")
    to_files = (Destination(*each) for each in of_format.items())
    return (*to_files, *(Destination(name, plain[0] if plain else None) for name in left))


def _inferred(formats: Sequence[str], pairs: list[tuple[str, Path]], forms: Forms) -> list[tuple[str, Path]]:
    """Return the formats and files of the outputs; a file without a format gets that of its suffix."""
    named = {name for name, _ in pairs}
    left = [name for name in dict.fromkeys(formats) if name not in named]
    without_format = sum(not name for name, _ in pairs)
    is_only = without_format == 1
    return [(name or _format_of(file, left, forms.fitting, is_only=is_only), file) for name, file in pairs]


def _format_of(file: Path, left: list[str], fitting: Mapping[str, Sequence[str]], *, is_only: bool) -> str:
    """Return the format of a file by its suffix, empty where the suffix has none or `--format` names another one."""
    suffixes = sorted((suffix for suffix in fitting if file.name.lower().endswith(suffix)), key=len)
    if not suffixes:
        return ""
    first, *others = fitting[suffixes[-1]]
    is_given = is_only and len(left) == 1 and left[0] in others
    return "" if is_given else first


def _pair(output: str, kind: NameType) -> tuple[str, Path | None]:
    """Return the format that an output names, empty where it names none, and its file; None is standard output."""
    name, equals, file = output.partition("=")
    if not equals and name in kind.names(None):
        raise bad_output(f'"{name}" is a format; write {name}=FILE, or ./{name} for a file of that name')
    if not equals or not re.fullmatch("[a-z-]+", name):
        return "", file_of(output, "--output")
    try:
        kind.convert(name, None, None)
    except click.BadParameter as error:
        raise bad_output(f"{error.message}; for a file of that name, write ./{safe(output)}") from None
    return name, file_of(file, "--output")


def file_of(name: str, option: str) -> Path | None:
    """Return the file that an option names, None for `-`, which is standard output.

    Raises BadParameter for an empty name and for a folder. A slash at the end means a folder, and a `Path` drops it.
    """
    from pathlib import Path  # a run without files of reports saves 3 ms

    if name == STDOUT:
        return None
    if not name:
        raise click.BadParameter("no file name; name a file", param_hint=option)
    if name[-1] in {"/", os.sep} or os.path.isdir(name):  # noqa: PTH112 (a Path raises for a name that is too long)
        raise click.BadParameter(f"{named(name)} is a folder; name a file in it", param_hint=option)
    return Path(name)


def named(file: Path | str) -> str:
    """Return a file as messages name it, in quotes and never cut, since a cut path does not exist."""
    return f'"{safe(str(file))}"'


def bad_output(message: str) -> click.BadParameter:
    """Return the error about a value of `--output`."""
    return click.BadParameter(message, param_hint="--output")
