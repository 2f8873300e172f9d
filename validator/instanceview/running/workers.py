"""Worker processes, each with its own pipe: a task goes in, its result comes out.

Goal: a worker that the system ends, most often for lack of memory, ends the run with one line, whenever that happens.

Plan: this process gives tasks to the workers in turn, and takes the results in the same turn. Two threads of this
process serve each worker: one sends what waits in a queue, the other puts what comes into a queue. So neither side
waits for the other, however large a task or a result is.

Invariants:
- A worker does its tasks in their order, so that results need no numbers.
- A pipe has one writer in each direction, so that it ends when a worker ends, even in the middle of a result.
- The threads start after all workers, since a forked process has only the thread that forked it.
- Only a thread of a worker writes to it. A write to a worker that was killed sends SIGPIPE, which that thread holds
  back, since it would end this program.
- A worker ends when its parent ends, however that happens: one of its threads waits for the parent.

Tried: `concurrent.futures.ProcessPoolExecutor` has one pipe for the results of all workers. A worker that is killed
while it sends a result leaves a part of it there, and the pool waits for the rest without end: 2 of 100 kills in
`tests/faults/test_signals.py` with Python 3.11. `multiprocessing.Pool` never reports a worker that was killed.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from instanceview.model.ended import EndedError
from instanceview.running.held_back import held_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

_LOST = "the system ended a process, most likely for lack of memory; try --jobs 1"
_END = b""
"""The message that ends a worker, in place of a task; no pickled value is empty."""


class Worker:
    """A process that does one task after another."""

    def __init__(self, context: BaseContext) -> None:
        """Start the process; raises OSError where the system does not allow it."""
        self._tasks: SimpleQueue[bytes] = SimpleQueue()
        self._results: SimpleQueue[bytes] = SimpleQueue()
        self._pipe, theirs = context.Pipe()
        # A worker ends with its parent, and never gets an interrupt, which would print a page of traceback.
        with held_back("SIGINT"):
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]  # typeshed has it in the contexts that can start one
            self._process.start()
        theirs.close()

    def listen(self) -> None:
        """Start the threads that serve the process."""
        with held_back("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE"):
            threading.Thread(target=self._send, daemon=True).start()
            threading.Thread(target=self._receive, daemon=True).start()

    def give(self, work: Callable[..., object], *arguments: object) -> None:
        """Make the worker call a function; the function and its arguments must be picklable."""
        self._tasks.put(pickle.dumps((work, arguments), pickle.HIGHEST_PROTOCOL))

    def take(self) -> Any:  # noqa: ANN401 (what the function returns)
        """Return the result of the first call whose result was not taken, or raise its exception.

        Raises EndedError when the system ended the worker.
        """
        if not (answer := self._results.get()):
            self._results.put(_END)  # it is also the answer to every other call
            raise EndedError(_LOST)
        result, error = pickle.loads(answer)  # noqa: S301 (written by a worker, into a pipe without name)
        if error is not None:
            raise error
        return result

    def end(self) -> None:
        """End the process after its last task."""
        self._tasks.put(_END)
        self._process.join()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()

    def _send(self) -> None:
        with suppress(OSError):  # the worker was lost, which the other thread reports
            while task := self._tasks.get():
                self._pipe.send_bytes(task)
            self._pipe.send_bytes(_END)

    def _receive(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._results.put(self._pipe.recv_bytes())
        self._results.put(_END)


@contextmanager
def started(number: int, context: BaseContext) -> Iterator[list[Worker]]:
    """Yield this number of workers; they end with the block, or at once where it raises an exception."""
    with ExitStack() as to_end:
        workers: list[Worker] = []
        for _ in range(number):
            workers.append(Worker(context))
            to_end.callback(workers[-1].kill)
        for worker in workers:
            worker.listen()
        yield workers
        for worker in workers:
            worker.end()


def _serve(pipe: Connection) -> None:
    """Do each task that comes; this runs in a worker."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a worker without its parent ends without a message
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):  # the parent is gone
        while task := pipe.recv_bytes():
            pipe.send_bytes(_answer(task))


def _answer(task: bytes) -> bytes:
    """Return the pickled result of a task and None, or None and the exception, which has the traceback as a note."""
    try:
        work, arguments = pickle.loads(task)  # noqa: S301 (written by the parent, into a pipe without name)
        return pickle.dumps((work(*arguments), None), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 (raised again by the parent)
        error.add_note("".join(traceback.format_exception(error)))
        return pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)


def _end_with_parent() -> None:
    """Wait for the parent, and end with it: a parent that was killed cannot stop its workers."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
