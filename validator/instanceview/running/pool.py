"""Work on several processor cores: inputs -> tasks -> summaries, in input order, for any number of cores.

Goal: two cores take half the time of one, and every output is the same for any `--jobs`.

Plan: `tasks` cuts the inputs into work that any process can do. This process does the first task alone. If much lies
ahead, it starts worker processes and keeps two tasks a worker under way. It takes their summaries in the order of the
tasks and adds them up in one `Tally`. Standard input, which only this process can read, is done here in its turn.

Invariants:
- Results are taken in the order of the tasks, never in that of their ends: findings and limits depend on it.
- At most `2 * jobs` tasks are under way, so that memory does not grow with the input.
- A `Job` can be pickled: a system without `fork` sends it. A predicate made of the configuration cannot be, so that
  each worker makes its own (`all_wanted`).
- A worker ends when its parent ends, however that ends: a thread of it waits for the parent.
- A worker that the system ends (most often for want of memory) is one line of error, and not a traceback.

Tried, with its cost:
- Start of the workers before the first task: each loads tables, rules and gate itself. After it, a fork inherits them.
- Workers for little work: importing `multiprocessing` alone takes 36 ms, hence `_MUCH`.
- `spawn`: each worker loads the package again, as a cold start does; it is left for systems without `fork`.
- Tasks by file: one large file would keep one core busy, hence ranges of lines. Larger groups of files left a core
  idle at 2,000 files.
Two jobs gain 1.61 to 1.68 on 300 MB, where two separate runs at once gain 1.94 (the ceiling of that machine). This
process alone finds the ranges of lines and writes the report.

To measure again: `python tests/benchmarks/run.py` (rows "one job against two"); `tests/running/test_jobs.py` compares
the outputs and looks for workers that are left.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, Skipped, Unreadable
from instanceview.reading.contents import contents
from instanceview.reading.inputs import FolderEnd
from instanceview.reading.recognise import NOT_OURS
from instanceview.running.chunks import check_lines, gate_of_file, not_clean, with_evidence
from instanceview.running.overrides import overridden
from instanceview.running.tally import FEW, Tally, Wanted
from instanceview.running.tasks import Files, Here, Lines, tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

    from instanceview.model.document import Document
    from instanceview.model.summary import Summary
    from instanceview.reading.inputs import Step
    from instanceview.reading.sources import File
    from instanceview.running.chunks import Gate
    from instanceview.running.configuration.settings import Configuration
    from instanceview.running.tasks import Task

_MUCH = 16
"""Tasks: below this, starting workers costs more than the work.

16 tasks are 16 MB of lines, which one core checks in 0.16 s (RESULTS.md: 300 MB in 2.9 s), or 4 MB of small files.
"""


class EndedError(RuntimeError):
    """The system ended a worker, and with it the run; the text says the next step."""


class Job(NamedTuple):
    """The choices of a run, which can be sent to a worker: what is wanted, and what documents default to."""

    wanted: Wanted = Wanted()
    kind: str | None = None
    api_version: str | None = None
    configuration: Configuration | None = None

    def prepare(self, inputs: Iterable[Document | Skipped | Unreadable]) -> Iterator[Document | Skipped | Unreadable]:
        """Return the inputs with the kind and api-version that options and configuration give them."""
        inputs = overridden(inputs, self.kind, self.api_version)
        if not (self.configuration and self.configuration.values):
            return inputs
        from instanceview.running.configuration.per_file import configured  # a run without a configuration saves 0.3 ms

        return configured(inputs, self.configuration)

    def all_wanted(self) -> Wanted:
        """Return the caller's choices with the predicate of the configuration, which cannot be sent to a worker."""
        if not (self.configuration and self.configuration.has_sections):
            return self.wanted
        from instanceview.running.configuration.per_file import ignoring  # as above

        return self.wanted._replace(selection=self.wanted.selection._replace(ignored=ignoring(self.configuration)))

    def gate_of(self) -> Callable[[File], Gate | None]:
        """Return a function from a file to its gate: one gate for all, unless the configuration has sections."""
        if self.configuration and self.configuration.has_sections:
            return lambda file: self._asked(file, gate_of_file(Origin(file.name), self.wanted, self.prepare))
        gate = gate_of_file(Origin(""), self.wanted, self.prepare)
        return lambda file: self._asked(file, gate)

    def _asked(self, file: File, gate: Gate | None) -> Gate | None:
        """Return a gate that passes what is an instance view by itself, where a file is not meant as one."""
        return gate if gate is None or file.is_named or self.kind else with_evidence(gate)


def cores() -> int:
    """Return the number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def summarise(
    steps: Iterable[Step],
    job: Job,
    jobs: int = 1,
    watch: Callable[[Iterable[tuple[Task, Summary]]], Iterable[tuple[Task, Summary]]] = iter,
) -> Summary:
    """Check the inputs on `jobs` cores and return one summary, the same for any number of them.

    Raises EndedError when the system ends a worker.
    """
    tally = Tally(job.wanted)
    has_any = False  # a document or an unreadable file since the last end of a folder
    for task, summary in _with_ends(watch(_done(tasks(steps), job, jobs)), job):
        if isinstance(task, FolderEnd):
            for item in task.at_end(found_any=has_any):
                tally.take(item)
            has_any = False
            continue
        tally.absorb(summary)
        is_of_folder = isinstance(task, (Files, Lines)) and not task.are_named
        has_any = is_of_folder and (has_any or bool(summary.documents or summary.unreadable))
    return tally.summary()


def _with_ends(done: Iterable[tuple[Task, Summary]], job: Job) -> Iterator[tuple[Task, Summary]]:
    """Yield the finished tasks, and an Unreadable behind the lines of a file that the caller named, if none is ours."""
    name, has_any = "", True
    for task, summary in done:
        lines = task.name if isinstance(task, Lines) and task.are_named else ""
        if lines != name:
            yield from [] if has_any else [_without_any(name, job)]
            name, has_any = lines, not lines
        has_any = has_any or bool(summary.documents or summary.unreadable)
        yield task, summary
    yield from [] if has_any else [_without_any(name, job)]


def _without_any(name: str, job: Job) -> tuple[Task, Summary]:
    task = Unreadable(Origin(name, line=1, column=1), f"{NOT_OURS} in any line; expected one per line")
    return task, work(job, task)


def work(job: Job, task: Task, *, many: bool = True) -> Summary:
    """Do one task and return its summary; `many` is True where the run has enough documents for the gate to pay."""
    tally = Tally(job.all_wanted(), few=0 if many else FEW)
    if isinstance(task, Files):
        files = not_clean(task.files, job.gate_of(), tally) if many else task.files
        for item in job.prepare(item for file in files for item in _read(file, is_asked=job.kind is not None)):
            tally.take(item)
    elif isinstance(task, Here):
        for item in job.prepare(task.items):
            tally.take(item)
    elif isinstance(task, Unreadable):
        tally.take(task)
    elif not isinstance(task, FolderEnd):
        is_named = task.are_named
        is_asked = is_named or job.kind is not None
        wanted, prepare = job.all_wanted(), job.prepare
        return check_lines(
            task.data(), task.name, task.first_line, wanted, prepare, is_named=is_named, is_asked=is_asked
        )
    return tally.summary()


def _read(file: File | Skipped, *, is_asked: bool) -> Iterable[Document | Skipped | Unreadable]:
    return [file] if isinstance(file, Skipped) else contents(file, is_asked=is_asked)


def _done(todo: Iterator[Task], job: Job, jobs: int) -> Iterator[tuple[Task, Summary]]:
    """Yield each task with its summary, in order; all but the first on several cores, if they are many."""
    # A worker inherits what the first task loads.
    first = list(islice(todo, 1))
    yield from _here(first, job)
    ahead = list(islice(todo, _MUCH + 1)) if jobs > 1 else []
    left = chain(ahead, todo)
    yield from _on_cores(left, job, jobs) if len(ahead) > _MUCH else _here(left, job, sum(map(_files, first)))


def _here(todo: Iterable[Task], job: Job, files: int = 0) -> Iterator[tuple[Task, Summary]]:
    """Yield each task with its summary; `files` is the number of files that the run has read before."""
    for task in todo:
        files += _files(task)
        yield task, work(job, task, many=files > FEW)


def _files(task: Task) -> int:
    return len(task.files) if isinstance(task, Files) else 0


def _on_cores(todo: Iterator[Task], job: Job, jobs: int) -> Iterator[tuple[Task, Summary]]:
    import multiprocessing  # a run with little work saves 36 ms, here and below
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    # A fork starts at once and inherits what is loaded; elsewhere the job is sent.
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
                reason = "the system ended a process, most likely for lack of memory; try --jobs 1"
                raise EndedError(reason) from None
            yield task, summary


def _begun(pool: ProcessPoolExecutor, job: Job, task: Task) -> Future[Summary]:
    """Return the future of a task; it is done already if only this process can do it."""
    if not isinstance(task, Here):
        return pool.submit(work, job, task)
    from concurrent.futures import Future

    done: Future[Summary] = Future()
    done.set_result(work(job, task))
    return done


def _begin() -> None:
    """Let a new worker end with its parent."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent, and end with it: a parent that was killed cannot stop its workers."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
