"""Recordings for tests: found among the targets of a run, named from its folder, and loaded for a test."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.text import safe
from instanceview.reading.folders import EVERYTHING
from instanceview.reading.inputs import read_path
from instanceview.reading.paths import files_matching
from instanceview.testing.subjects import NOT_EXPANDED, is_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.folders import Choice


def read_from(
    path: Path, start: Path, choice: Choice = EVERYTHING, limits: Limits = DEFAULTS
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the inputs in a file or folder; the name of a file inside `start` is relative to that folder."""
    for item in read_path(path, choice, limits):
        file = Path(item.origin.file)
        name = str(file.relative_to(start)) if file.is_relative_to(start) else str(file)
        origin = item.origin._replace(file=name)
        yield item._replace(origin=origin)


def loaded(named: str | os.PathLike[str], folder: Path, start: Path) -> tuple[Document, ...]:
    """Return the documents of a recording; the test fails if there are none, or one cannot be read.

    A relative path starts at `folder`, that of the test, or at the working folder if there is a file only there.
    """
    __tracebackhide__ = True
    path = folder / named
    if not os.path.lexists(path) and os.path.lexists(named):
        path = Path(named).absolute()
    if is_pattern(path):
        pytest.fail(f"{safe(os.fspath(named))}: {NOT_EXPANDED}")
    items = list(read_from(path, start))
    for item in items:
        if isinstance(item, Unreadable):
            place = (item.origin.file, item.origin.entry, item.origin.line, item.origin.column)
            shown = ":".join(str(part) for part in place if part is not None)
            pytest.fail(f"{safe(shown)}: {safe(item.reason)}")
    documents = tuple(item for item in items if isinstance(item, Document))
    if not documents:
        reasons = "; ".join(dict.fromkeys(item.reason for item in items if isinstance(item, Skipped)))
        pytest.fail(f"{safe(str(path))}: no instance view: {safe(reasons)}")
    return documents


class Target(NamedTuple):
    """A file or folder to test, or a pattern without a match; `is_option` is True if an option names it."""

    path: Path
    is_option: bool


def targets(config: pytest.Config) -> list[Target]:
    """Return the targets of the option and the ini file, with patterns expanded, each once, in order."""
    start = config.invocation_params.dir
    ini = config.inipath.parent if config.inipath else start
    named = [(start / each, True) for each in config.getoption("instanceview_paths") or ()]
    named += [(ini / each, False) for each in config.getini("instanceview_paths")]
    found: dict[Path, Target] = {}
    for pattern, is_option in named:
        matching = files_matching(str(pattern)) if is_pattern(pattern) else []
        for each in matching or [str(pattern)]:
            path = Path(os.path.normpath(each))
            found.setdefault(path, Target(path, is_option))
    return list(found.values())


def arguments(config: pytest.Config) -> frozenset[Path]:
    """Return the files and folders that pytest was given, or that its `testpaths` name."""
    start = config.invocation_params.dir
    return frozenset(Path(os.path.normpath(start / argument.partition("::")[0])) for argument in config.args)


class Narrowing(NamedTuple):
    """The places to which the command line narrows a run, None for all."""

    places: frozenset[Path] | None

    def holds(self, path: Path) -> bool:
        """Return True if a file is in one of the places."""
        return self.places is None or any(place in path.parents for place in self.places)

    def may_hold(self, path: Path) -> bool:
        """Return True if a file or folder, or something in it, may be in one of the places."""
        return self.holds(path) or any(place == path or path in place.parents for place in self.places or ())
