"""Recordings as test items: a collector for each file, an item for each document in it."""

from __future__ import annotations

import os
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pytest

from instanceview.model.document import Document, Unreadable
from instanceview.model.text import safe
from instanceview.running.repeats import Repeats
from instanceview.testing.recordings import Narrowing, arguments, read_from, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from instanceview.testing.validator import Validator

    Checkable = Document | Unreadable


class InstanceViewFile(pytest.File):
    """The documents and unreadable inputs of one file as test items."""

    def __init__(self, *, checkable: Iterable[Checkable], validator: Validator, **node: Any) -> None:  # noqa: ANN401 (pytest's own)
        super().__init__(**node)
        self.checkable = tuple(checkable)
        self.validator_of = validator.of_each(self.checkable)

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each document, named by its entry or line; a repeated name is numbered."""
        seen: Counter[str] = Counter()
        for each in self.checkable:
            name = _item_name(each, alone=len(self.checkable) == 1)
            seen[name] += 1
            unique = name if seen[name] == 1 else f"{name}#{seen[name]}"
            yield InstanceViewItem.from_parent(self, name=unique, read=each, validator=self.validator_of)


class InstanceViewItem(pytest.Item):
    """One document, which conforms if the test passes."""

    def __init__(self, *, read: Checkable, validator: Callable[[Checkable], Validator], **node: Any) -> None:  # noqa: ANN401 (pytest's own)
        super().__init__(**node)
        self.read = read
        self.validator = validator

    def runtest(self) -> None:
        """Fail with the text report unless the document conforms."""
        self.validator(self.read).assert_conforms(self.read)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 (pytest's own)
        """Return only the text report, since our frames do not help to correct the document."""
        return str(excinfo.value) if excinfo.errisinstance(AssertionError) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file, the line of the document from 0, and the headline of a failure."""
        line = self.read.origin.line
        # In a headline that is only an id or a name, verbose output would write full stops as colons.
        return self.path, None if line is None else line - 1, f"instance view {self.nodeid}"


def _item_name(read: Checkable, *, alone: bool) -> str:
    origin = read.origin
    if origin.entry:
        return safe(origin.entry)
    return "document" if alone or origin.line is None else f"line-{origin.line}"


def named_file(
    path: Path, parent: pytest.Collector, validator: Callable[[pytest.Config], Validator]
) -> InstanceViewFile | None:
    """Return the collector of a file that pytest was given, None if it is not one of the targets."""
    if path.suffix == ".py" or path not in arguments(parent.config):
        return None
    if not any(target.path == path or target.path in path.parents for target in targets(parent.config)):
        return None
    chosen = validator(parent.config)
    return _collected_file(parent, path, _checkable(path, parent.config, chosen), chosen)


def _collected_file(
    parent: pytest.Collector, path: Path, checkable: Iterable[Checkable], validator: Validator
) -> InstanceViewFile:
    # Outside of its root, pytest would leave the folder out of the id, so that two files of one name would have one id.
    # An id is printed unchanged, so that a file name could be a command to a runner of CI.
    nodeid = safe(os.path.relpath(path, parent.config.rootpath).replace(os.sep, "/"))
    return InstanceViewFile.from_parent(parent, path=path, nodeid=nodeid, checkable=checkable, validator=validator)


def files(session: pytest.Session, validator: Validator) -> Iterator[InstanceViewFile]:
    """Yield the collectors of all files of the targets, except those that pytest was given.

    Like `testpaths`, the targets of the ini file are not used where the command line names something else.
    """
    config = session.config
    named = arguments(config)
    narrowed = config.args_source is pytest.Config.ArgsSource.ARGS
    folders = frozenset(path for path in named if path.is_dir())
    seen: set[Path] = set()
    for target in targets(config):
        wanted = Narrowing(folders if narrowed and not target.is_option else None)
        if not wanted.may_hold(target.path):
            continue
        for name, group in groupby(_checkable(target.path, config, validator), key=lambda each: each.origin.file):
            path = config.invocation_params.dir / name
            if (path in named and path.is_file()) or path in seen or not wanted.holds(path):
                continue
            seen.add(path)
            yield _collected_file(session, path, group, validator)


def _checkable(path: Path, config: pytest.Config, validator: Validator) -> Iterator[Checkable]:
    """Yield the inputs of a file or folder that become tests; a repeated document of a recording is one test."""
    repeats = Repeats()
    for item in read_from(path, config.invocation_params.dir, validator.choice, validator.chosen.limits):
        if isinstance(item, Unreadable) or (isinstance(item, Document) and not repeats.is_repeat(item)):
            yield item
