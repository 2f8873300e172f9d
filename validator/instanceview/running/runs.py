"""Runs over many inputs, on one core or several: the summary of all documents, or a value for each document."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.files.stream import UnreadError
from instanceview.reading.inputs import FolderEnd
from instanceview.reading.recognise import NOT_OURS
from instanceview.running.chunks import check_lines
from instanceview.running.gates import not_clean
from instanceview.running.lines import Lines
from instanceview.running.pool import done, is_here
from instanceview.running.repeats import Repeats
from instanceview.running.tally import FEW, Tally
from instanceview.running.tasks import Files, tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model.summary import Summary
    from instanceview.reading.inputs import Step
    from instanceview.running.job import Job
    from instanceview.running.tasks import Task

    Watch = Callable[[Iterable[tuple[Task, Summary]]], Iterable[tuple[Task, Summary]]]

Value = TypeVar("Value")

LONGER = 4
"""The factor for the size of ranges of lines with coverage: to begin and end the counts of a range takes as long as to
parse 1 MB."""

_LARGE = 8 << 20
"""The bytes from which the values of a file are made one at a time, by this process.

A worker sends the values of a task in one piece; those of 8 MB of a recording take about as much memory.
"""


def summarise(steps: Iterable[Step], job: Job, jobs: int = 1, watch: Watch = iter) -> Summary:
    """Check the inputs on `jobs` cores and return one summary, the same for any number of them.

    Raises EndedError when the system ends a worker.
    """
    tally, ends = Tally(job.wanted), _Ends()
    todo = tasks(steps, job.wanted.limits, longer=LONGER if job.wanted.coverage else 1)
    for task, summary in watch(done(todo, partial(work, job), jobs)):
        for item in ends.before(task):
            tally.take(item)
        tally.absorb(summary)
        ends.after(task, has_any=bool(summary.documents or summary.unreadable))
    for item in ends.before(None):
        tally.take(item)
    return tally.summary()


def work(job: Job, task: Task, *, many: bool = True) -> Summary:
    """Check the documents of one task and return their summary.

    `many` is True where the run has enough documents for the gate to be worth its cost.
    """
    if isinstance(task, Lines) and not task.is_beyond:
        try:
            data = task.data()
        except (OSError, UnreadError) as error:
            tally = Tally(job.all_wanted())
            tally.take(task.unread(error))
            return tally.summary()
        return check_lines(
            data,
            task.name,
            task.first_line,
            job.all_wanted(),
            job.prepare,
            is_named=task.are_named,
            is_asked=job.is_asked(task),
        )
    tally = Tally(job.all_wanted(), few=0 if many else FEW)
    if isinstance(task, Files) and many:
        items = job.inputs_of_files(not_clean(task.files, job.gate_of(), tally))
    else:
        items = job.inputs_of(task)
    for item in items:
        tally.take(item)
    return tally.summary()


def mapped(
    steps: Iterable[Step], job: Job, value_of: Callable[[Document], Value], jobs: int = 1, *, once: bool = True
) -> Iterator[Value | Skipped | Unreadable]:
    """Yield the value of each document in the inputs, and the inputs that are not documents, in their order.

    The values are made on `jobs` cores, to which `value_of` is sent; they are the same for any number of cores. With
    `once`, a document that a recording has several times has one value. Raises EndedError when the system ends a
    worker.
    """
    ends = _Ends()
    values = partial(_values, job, value_of, once)
    for task, items in done(
        tasks(steps, job.wanted.limits), partial(_list, values), jobs, here=values, is_local=_is_local
    ):
        yield from ends.before(task)
        has_any = False
        for item in items:
            has_any = has_any or not isinstance(item, Skipped)
            yield item
        ends.after(task, has_any=has_any)
    yield from ends.before(None)


def _values(
    job: Job,
    value_of: Callable[[Document], Value],
    once: bool,  # noqa: FBT001 (bound by `partial` before the task)
    task: Task,
    *,
    many: bool = True,  # noqa: ARG001 (as `work` has it)
) -> Iterator[Value | Skipped | Unreadable]:
    """Yield the values of the documents of one task, and the inputs that are not documents."""
    repeats = Repeats()
    for item in job.inputs_of(task):
        if not isinstance(item, Document):
            yield item
        elif not (once and repeats.is_repeat(item)):
            yield value_of(item)


def _list(values: Callable[[Task], Iterable[Value]], task: Task, *, many: bool = True) -> list[Value]:  # noqa: ARG001
    return list(values(task))


def _is_local(task: Task) -> bool:
    return is_here(task) or (isinstance(task, Files) and task.size > _LARGE)


class _Ends:
    """The ends of folders and of files with lines, which have a fault if nothing was found in them."""

    def __init__(self) -> None:
        """Begin before the first task."""
        self._folder_has_any = False
        self._lines = ""
        self._lines_have_any = True

    def before(self, task: Task | None) -> Iterator[Skipped | Unreadable]:
        """Yield the faults of a folder or file that ends before a task; None is the end of the run."""
        lines = task.name if isinstance(task, Lines) and task.are_named else ""
        if lines != self._lines:
            if not self._lines_have_any:
                place = Origin(self._lines, line=1, column=1)
                yield Unreadable(place, f"{NOT_OURS} in any line; expected one per line")
            self._lines, self._lines_have_any = lines, not lines
        if isinstance(task, FolderEnd):
            yield from task.at_end(found_any=self._folder_has_any)

    def after(self, task: Task, *, has_any: bool) -> None:
        """Remember a task, and whether it has a document or something unreadable."""
        self._lines_have_any = self._lines_have_any or has_any
        is_of_folder = isinstance(task, (Files, Lines)) and not task.are_named
        self._folder_has_any = is_of_folder and (self._folder_has_any or has_any)
