"""Which files a run of pytest tests: those of the option and of the ini file, less what its arguments leave out."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pytest


class Target(NamedTuple):
    """A file or folder to test, or a pattern that matches none; whether an option of this run names it."""

    path: Path
    asked_for: bool


def targets(config: pytest.Config) -> list[Target]:
    """Return what the option and the ini file name, patterns expanded, each once, in their order."""
    start = config.invocation_params.dir
    ini = config.inipath.parent if config.inipath else start
    named = [(start / each, True) for each in config.getoption("instanceview_paths") or ()]
    named += [(ini / each, False) for each in config.getini("instanceview_paths")]
    found: dict[Path, Target] = {}
    for pattern, asked_for in named:
        matching = sorted(glob.glob(str(pattern), recursive=True)) if _is_pattern(pattern) else []  # noqa: PTH207 (absolute)
        for each in matching or [str(pattern)]:
            path = Path(os.path.normpath(each))
            found.setdefault(path, Target(path, asked_for))
    return list(found.values())


def _is_pattern(path: Path) -> bool:
    return glob.has_magic(str(path)) and not os.path.lexists(path)


def arguments(config: pytest.Config) -> frozenset[Path]:
    """Return the files and folders that pytest was given, or that its `testpaths` name."""
    start = config.invocation_params.dir
    return frozenset(Path(os.path.normpath(start / argument.partition("::")[0])) for argument in config.args)


class Wanted(NamedTuple):
    """The places that the command line narrows a run to; None for all."""

    places: frozenset[Path] | None

    def holds(self, path: Path) -> bool:
        """Return whether a file lies in one of the places."""
        return self.places is None or any(place in path.parents for place in self.places)

    def may_hold(self, path: Path) -> bool:
        """Return whether a file or folder, or something in it, may lie in one of the places."""
        return self.holds(path) or any(place == path or path in place.parents for place in self.places or ())
