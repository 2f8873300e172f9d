"""Work on several processor cores: tasks -> results, in the order of the tasks, for any number of cores.

Goal: two cores take half the time of one, and every output is the same for any `--jobs`.

Plan: `tasks` cuts the inputs into work that any process can do. This process does the first task alone. If much lies
ahead, it starts worker processes and keeps two tasks for each worker under way. It takes their results in the order of
the tasks; the caller decides what a result is. This process does standard input in its turn, since only it can read it.

Invariants:
- Results are taken in the order of the tasks, never in that of their completion: findings and limits depend on it.
- At most `2 * jobs` tasks are under way, so that memory does not grow with the input.
- The work can be pickled: a system without `fork` sends it. A predicate from the configuration cannot be pickled, so
  each worker makes its own (`Job.all_wanted`).
- A worker that the system ends, most often for lack of memory, is one line of error and not a traceback (`workers`).

Tried, with its cost:
- Starting the workers before the first task: each loads tables, rules and gate. After it, a fork inherits them.
- Workers for little work: importing `multiprocessing` alone takes 36 ms, hence `_MUCH`.
- `spawn`: each worker loads the package again, as a cold start does; it is for systems without a safe `fork`.
- Tasks by file: one large file would keep one core busy, hence ranges of lines. Larger groups of files left a core
  idle at 2,000 files.
Two jobs gain 1.61 to 1.68 on 300 MB, where two separate runs at once gain 1.94 (the ceiling of that machine). This
process alone finds the ranges of lines and writes the report.

To measure again: `python tests/benchmarks/run.py` (rows "one job against two"); `tests/running/test_jobs.py` compares
the outputs and looks for workers that are still there.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from itertools import chain, cycle, islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from instanceview.running.tally import FEW
from instanceview.running.tasks import Files, Here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from instanceview.running.tasks import Task
    from instanceview.running.workers import Worker

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)

_MUCH = 16
"""The least number of tasks for workers; for fewer tasks, starting them costs more than the work.

16 tasks are 16 MB of lines, which one core checks in 0.16 s (RESULTS.md: 300 MB in 2.9 s), or 4 MB of small files.
"""
_METHOD = None if sys.platform in {"darwin", "win32"} else "fork"
"""The start method of workers where the caller has set none: a fork starts at once and inherits what is loaded.

Windows has no fork, and on macOS the libraries of the system may crash in one (source: Python's documentation).
"""


class Work(Protocol[Result_co]):
    """Does one task."""

    def __call__(self, task: Task, /, *, many: bool = True) -> Result_co:
        """Return the result; `many` is True where the run has enough documents for the gate to be worth its cost."""


def cores() -> int:
    """Return the number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def is_here(task: Task) -> bool:
    """Return True for standard input that is not NDJSON, which only this process can read."""
    return isinstance(task, Here)


def done(
    todo: Iterator[Task],
    work: Work[Result],
    jobs: int,
    *,
    here: Work[Result] | None = None,
    is_local: Callable[[Task], bool] = is_here,
) -> Iterator[tuple[Task, Result]]:
    """Yield each task with its result, in order; if there are many tasks, all but the first are done on several cores.

    `here` does the tasks of this process in place of `work`, such as lazily; `is_local` returns True for a task that
    this process has to do. Raises EndedError when the system ends a worker.
    """
    here = here or work
    # A worker inherits what the first task loads.
    first = list(islice(todo, 1))
    yield from _here(first, here)
    ahead = list(islice(todo, _MUCH + 1)) if jobs > 1 else []
    left = chain(ahead, todo)
    if len(ahead) <= _MUCH:
        yield from _here(left, here, sum(map(_files, first)))
        return
    with _workers(jobs) as workers:
        turn = cycle(workers)
        yield from _in_order(
            left, lambda task: _done(here, task) if is_local(task) else _given(next(turn), work, task), jobs
        )


def _given(worker: Worker, work: Work[Result], task: Task) -> Callable[[], Result]:
    """Give a task to a worker, and return the function that waits for its result."""
    worker.give(work, task)
    return worker.take


def _done(work: Work[Result], task: Task) -> Callable[[], Result]:
    """Do a task in this process, and return a function that returns its result."""
    result = work(task)
    return lambda: result


def _here(todo: Iterable[Task], work: Work[Result], files: int = 0) -> Iterator[tuple[Task, Result]]:
    """Yield each task with its result; `files` is the number of files that the run has read before."""
    for task in todo:
        files += _files(task)
        yield task, work(task, many=files > FEW)


def _files(task: Task) -> int:
    return len(task.files) if isinstance(task, Files) else 0


def _workers(jobs: int) -> AbstractContextManager[list[Worker]]:
    import multiprocessing  # a run with little work saves 36 ms, here and below

    from instanceview.running.workers import started

    method = multiprocessing.get_start_method(allow_none=True) or _METHOD
    if method == "forkserver":  # its folder in TMPDIR would stay, since the program ends at once
        method = "spawn"
    if method != "fork" and sys.platform != "win32":
        # The first spawned process starts this one too, and lets an interrupt through that it should never get.
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()
    return started(jobs, multiprocessing.get_context(method))


def _in_order(
    todo: Iterable[Task], begin: Callable[[Task], Callable[[], Result]], jobs: int
) -> Iterator[tuple[Task, Result]]:
    begun = ((task, begin(task)) for task in todo)
    waiting: deque[tuple[Task, Callable[[], Result]]] = deque(islice(begun, 2 * jobs))
    while waiting:
        task, wait = waiting.popleft()
        result = wait()
        waiting.extend(islice(begun, 1))
        yield task, result
