"""Runs the command line: `instanceview` and `python -m instanceview`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import NoReturn

_FAILED = 2
_INTERRUPTED = 130
_YOUNG = 100_000
"""Objects before a collection of garbage: modules stay, and documents have no circles, so that little is found."""


def main() -> NoReturn:
    """Run the command line and exit; an interrupt or a closed pipe ends it quietly, as the shell expects."""
    gc.set_threshold(_YOUNG)
    _end_quietly()
    _open_streams()
    # Imported here, so that an interrupt while modules load is quiet too.
    import click

    from instanceview.cli.main import cli

    try:
        code = cli.main(prog_name="instanceview", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(_INTERRUPTED)
    except OSError as error:  # an unreadable input is in the report, so this is a report that cannot be written
        print(f"Error: cannot write the report: {(error.strerror or str(error)).lower()}", file=sys.stderr)  # noqa: T201 (the last word)
        # The interpreter would flush stdout once more on its way out, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_FAILED)
    _exit(code or 0)


def _exit(code: int) -> NoReturn:
    """Exit at once: the usual end frees every module and value, an eighth of the time of a short run."""
    if sys.stderr:
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
    """Replace closed streams, and escape characters that the encoding of the output lacks."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 (open until the end)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (open until the end)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
