"""Runs the command line: `instanceview` and `python -m instanceview`."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

_FAILED = 2
_INTERRUPTED = 130
_LACKING = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN})
"""The errors of a system that has no descriptor, memory or process left: they are not about what is written."""
_YOUNG = 100_000
"""Objects before a collection of garbage: modules stay, and documents have no circles, so that little is found."""


def main() -> NoReturn:
    """Run the command line and exit; an interrupt or a closed pipe ends it quietly, as the shell expects."""
    gc.set_threshold(_YOUNG)
    _end_quietly()
    _open_streams()
    try:
        code = _run()
    except OSError as error:  # an unreadable input is in the report, so this is a report that cannot be written
        code = _failed(error)
    _exit(code)


def _run() -> int:
    """Run the command and return its exit code; raises OSError where the system refuses what it writes or needs."""
    # Imported here, so that an interrupt while modules load is quiet too.
    import click

    from instanceview.cli.main import cli

    try:
        code = cli.main(prog_name="instanceview", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return _INTERRUPTED
    return code or 0


def _failed(error: OSError) -> int:
    """Print the last word, as far as standard error takes it, and return the exit code."""
    doing = "go on" if error.errno in _LACKING else "write the report"
    with suppress(OSError):
        print(f"Error: cannot {doing}: {(error.strerror or str(error)).lower()}", file=sys.stderr)  # noqa: T201
    return _FAILED


def _exit(code: int) -> NoReturn:
    """Exit at once, without a second try to write what could not be written.

    The usual end frees every module and value, which takes an eighth of the time of a short run.
    """
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def _end_quietly() -> None:
    """Let a closed pipe and an interrupt end the program as they end others: at once, without a message.

    With an exception, native code that loads a module panics and prints a page of traceback.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a caller may have set it to be ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _open_streams() -> None:
    """Replace closed streams, and escape characters that the encoding of the output lacks.

    The standard descriptors are taken in their order, so that no file of the run gets the number of a closed one.
    """
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 (open until the end)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (open until the end)
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (open until the end)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
