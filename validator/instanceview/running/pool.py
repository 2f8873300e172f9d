"""Work on several processor cores: what is to be read -> tasks -> summaries, in input order, whatever their number."""

from __future__ import annotations

import os
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, Unreadable
from instanceview.reading.inputs import FolderEnd, contents
from instanceview.running.chunks import check_lines, gate_of_file, not_clean
from instanceview.running.overrides import overridden
from instanceview.running.tally import FEW, Tally, Wanted
from instanceview.running.tasks import Files, Here, Lines, tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

    from instanceview.model.document import Document, Skipped
    from instanceview.model.summary import Summary
    from instanceview.reading.inputs import File, Step
    from instanceview.running.configuration.settings import Configuration
    from instanceview.running.tasks import Task

_MUCH = 16  # tasks that are done before other processes would have started


class EndedError(RuntimeError):
    """The system ended one of the processes, and with it the run; the text says what to do."""


class Job(NamedTuple):
    """How the documents of a run are judged, and what is wanted of them; it can be sent to another process."""

    wanted: Wanted = Wanted()
    kind: str | None = None
    api_version: str | None = None
    configuration: Configuration | None = None

    def prepare(self, inputs: Iterable[Document | Skipped | Unreadable]) -> Iterator[Document | Skipped | Unreadable]:
        """Yield the inputs with the kind and api-version that options and configuration give them."""
        inputs = overridden(inputs, self.kind, self.api_version)
        if not (self.configuration and self.configuration.values):
            return inputs
        from instanceview.running.configuration.per_file import configured  # a run without a configuration saves 0.4 ms

        return configured(inputs, self.configuration)

    def all_wanted(self) -> Wanted:
        """Return what is wanted, with what the configuration ignores, which cannot be sent to another process."""
        if not (self.configuration and self.configuration.has_sections):
            return self.wanted
        from instanceview.running.configuration.per_file import ignoring  # as above

        return self.wanted._replace(selection=self.wanted.selection._replace(ignored=ignoring(self.configuration)))

    def gate_of(self) -> Callable[[File], Callable[[bytes], bool] | None]:
        """Return what gives the gate of a file: one for all, unless the configuration has several."""
        if self.configuration and self.configuration.has_sections:
            return lambda file: gate_of_file(Origin(file.name), self.wanted, self.prepare)
        gate = gate_of_file(Origin(""), self.wanted, self.prepare)
        return lambda _: gate


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def summarise(
    steps: Iterable[Step],
    job: Job,
    jobs: int = 1,
    watch: Callable[[Iterable[tuple[Task, Summary]]], Iterable[tuple[Task, Summary]]] = iter,
) -> Summary:
    """Judge what is to be read, on so many cores, and return one summary, the same for any number of them.

    Raises EndedError when the system ends one of the processes.
    """
    tally = Tally(job.wanted)
    met = False
    for task, summary in watch(_done(tasks(steps), job, jobs)):
        if isinstance(task, FolderEnd):
            for item in task.told(met=met):
                tally.take(item)
            met = False
            continue
        tally.absorb(summary)
        is_met = isinstance(task, (Files, Lines)) and not task.are_named
        met = is_met and (met or bool(summary.documents or summary.unreadable))
    return tally.summary()


def work(job: Job, task: Task, *, many: bool = True) -> Summary:
    """Do one task; `many` says that it is one of so many that the gate pays."""
    tally = Tally(job.all_wanted(), few=0 if many else FEW)
    if isinstance(task, Files):
        files = not_clean(task.files, job.gate_of()) if many else task.files
        tally.clean(len(task.files) - len(files))
        for item in job.prepare(item for file in files for item in contents(file)):
            tally.take(item)
    elif isinstance(task, Here):
        for item in job.prepare(task.items):
            tally.take(item)
    elif isinstance(task, Unreadable):
        tally.take(task)
    elif not isinstance(task, FolderEnd):
        return check_lines(task.data(), task.name, task.first_line, job.all_wanted(), job.prepare)
    return tally.summary()


def _done(todo: Iterator[Task], job: Job, jobs: int) -> Iterator[tuple[Task, Summary]]:
    """Yield each task with its summary, in order: all but the first on several cores, if that is much."""
    # What the first one loads is there in the other processes, too.
    first = list(islice(todo, 1))
    yield from _here(first, job)
    ahead = list(islice(todo, _MUCH + 1)) if jobs > 1 else []
    left = chain(ahead, todo)
    yield from _on_cores(left, job, jobs) if len(ahead) > _MUCH else _here(left, job, sum(map(_files, first)))


def _here(todo: Iterable[Task], job: Job, files: int = 0) -> Iterator[tuple[Task, Summary]]:
    """Yield each task with its summary, after so many files."""
    for task in todo:
        files += _files(task)
        yield task, work(job, task, many=files > FEW)


def _files(task: Task) -> int:
    return len(task.files) if isinstance(task, Files) else 0


def _on_cores(todo: Iterator[Task], job: Job, jobs: int) -> Iterator[tuple[Task, Summary]]:
    import multiprocessing  # slow to load, and needed for much work only
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    # A fork starts at once and inherits what is loaded; where there is none, the job is sent.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, context, _begin) as pool:
        begun = ((task, _begun(pool, job, task)) for task in todo)
        waiting: deque[tuple[Task, Future[Summary]]] = deque(islice(begun, 2 * jobs))
        while waiting:
            task, future = waiting.popleft()
            try:
                summary = future.result()
                waiting.extend(islice(begun, 1))
            except BrokenExecutor:
                reason = "a process was ended by the system, most often for want of memory; try --jobs 1"
                raise EndedError(reason) from None
            yield task, summary


def _begun(pool: ProcessPoolExecutor, job: Job, task: Task) -> Future[Summary]:
    """Return a task that is under way, or done already if only this process can do it."""
    if not isinstance(task, Here):
        return pool.submit(work, job, task)
    from concurrent.futures import Future

    done: Future[Summary] = Future()
    done.set_result(work(job, task))
    return done


def _begin() -> None:
    import threading

    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent: one that was killed can tell nobody to stop."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
