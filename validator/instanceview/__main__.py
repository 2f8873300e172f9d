"""Runs the command line: `instanceview` and `python -m instanceview`."""

from __future__ import annotations

import os
import sys

_INTERRUPTED = 130
_PIPE_CLOSED = 141


def main() -> None:
    """Run the command line and exit; an interrupt or a closed pipe ends it quietly, with the shell's exit codes."""
    try:
        # Imported here, so that an interrupt while modules load is quiet too.
        from instanceview.cli import cli

        _run(cli)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # The interpreter would flush stdout once more on its way out, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_PIPE_CLOSED)


def _run(cli: object) -> None:
    import click

    try:
        code = cli.main(prog_name="instanceview", standalone_mode=False)  # type: ignore[attr-defined]
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(_INTERRUPTED)
    sys.stdout.flush()
    sys.exit(code)


if __name__ == "__main__":
    main()
