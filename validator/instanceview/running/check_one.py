"""The check of one document of a run, by the choices of the caller and in the time that it may take."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from instanceview.checking.check import checked
from instanceview.model.document import Unreadable
from instanceview.model.written_limits import too_long

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from instanceview.checking.check import Checked
    from instanceview.model.document import Document
    from instanceview.model.tables import Tables
    from instanceview.rules.site import Hook
    from instanceview.running.wanted import Wanted


def check_one(
    document: Document, tables: Tables, wanted: Wanted, families: Collection[Hook], *, many: bool
) -> Checked | Unreadable:
    """Return the result of a document, or `Unreadable` where its check takes longer than a file may.

    `families` are those of the selection, and `many` allows the use of the gate.
    """
    limits = wanted.limits
    check = partial(
        checked,
        document,
        engine_name=wanted.engine_name,
        many=many,
        tables=tables,
        families=families,
        most=limits.findings_per_document,
        severity_of=partial(wanted.selection.severity_of, document.origin.file),
    )
    found = check() if limits.seconds == math.inf else _in_time(check, limits.seconds)
    return found or Unreadable(document.origin, too_long(limits, "the check"))


def _in_time(check: Callable[[], Checked], seconds: float) -> Checked | None:
    """Return the result of a check, None where it takes more seconds than these."""
    from instanceview.reading.alarms import TimeUpError, alarm  # most runs have no such limit

    try:
        with alarm(seconds):
            return check()
    except TimeUpError:
        return None
