"""The end of a run that the system does not let go on."""

from __future__ import annotations


class EndedError(RuntimeError):
    """The system refused what a run needs: memory, a process, room for temporary files. The text has the next step."""
