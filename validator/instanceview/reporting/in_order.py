"""The files of one input, in its order, each with its entries from several lists that have this order too."""

from __future__ import annotations

from collections import Counter, deque
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from instanceview.model.document import Skipped, Unreadable
from instanceview.model.report import CheckedDocument
from instanceview.reporting.places import path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Outcome = TypeVar("Outcome", CheckedDocument, Skipped, Unreadable)


class Run(NamedTuple):
    """Successive entries of one file: the file, their number, and the number of those for which a predicate holds."""

    file: str
    size: int = 0
    counted: int = 0


class Ahead(Generic[Outcome]):
    """A list in runs of one file each; only the runs are kept in memory."""

    def __init__(self, items: Sequence[Outcome], is_counted: Callable[[Outcome], bool] = lambda _: False) -> None:
        """Read the list once, and keep its runs."""
        file_of = lru_cache(maxsize=16)(path)  # many entries have one file
        self._items: Iterator[Outcome] = iter(items)
        self._runs = deque(_run(*each, is_counted) for each in groupby(items, lambda item: file_of(item.origin.file)))
        self._left = Counter(run.file for run in self._runs)

    @property
    def file(self) -> str | None:
        """The file of the next entry, None at the end."""
        return self._runs[0].file if self._runs else None

    def has_later(self, file: str) -> bool:
        """Return True if a file comes later, and not next."""
        return self.file != file and self._left[file] > 0

    def next_of(self, file: str) -> tuple[Run, Iterator[Outcome]]:
        """Return the next run, with its entries, if it is of this file, else an empty one."""
        if self.file != file:
            return Run(file), iter(())
        run = self._runs.popleft()
        self._left[file] -= 1
        return run, islice(self._items, run.size)


def _run(file: str, items: Iterator[Outcome], is_counted: Callable[[Outcome], bool]) -> Run:
    counted = Counter(is_counted(item) for item in items)
    return Run(file, counted.total(), counted[True])


def files_in_order(*lists: Ahead[CheckedDocument] | Ahead[Skipped] | Ahead[Unreadable]) -> Iterator[str]:
    """Yield each file when all its entries are next in the lists; the caller takes them from each list.

    A file that the input has twice counts as two.
    """
    while files := [each.file for each in lists if each.file is not None]:
        ready = (file for file in files if not any(each.has_later(file) for each in lists))
        yield next(ready, files[0])
