"""The values that realistic documents choose from: `texts.json`, by the longest end of an element's path."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from instanceview.tables.vocabulary import parsed


@cache
def _table() -> dict[str, list[object]]:
    content: dict[str, list[object]] = json.loads(Path(__file__).with_name("texts.json").read_bytes())
    return content


@cache
def values_of(element: str) -> tuple[object, ...]:
    """Return the values for an element; none where `texts.json` has none.

    >>> values_of("disks.encryptionSettings.diskEncryptionKey.secretUrl")[0][:28]
    'https://example-vault.vault.'
    """
    steps = element.split(".")
    ends = (".".join(steps[start:]) for start in range(len(steps)))
    return tuple(next((_table()[end] for end in ends if end in _table()), ()))


@cache
def messages_of(element: str, code: str) -> tuple[str, ...]:
    """Return the messages of the status with a code at an element; none where captures show none."""
    whole = parsed(code)
    for place in (f"{element}.message {whole.state}" if whole else "", f"{element}.message"):
        if place in _table():
            return tuple(str(text) for text in _table()[place])
    return ()


_HOUR = 60


_DAY = 24 * _HOUR


# Minutes after the machine was set up, by element.
_AFTER = {
    "statuses.time": 1,
    "bootDiagnostics.status.time": 2,
    "patchStatus.configurationStatuses.time": 3,
    "vmAgent.extensionHandlers.status.time": 5,
    "extensions.substatuses.time": 6,
    "extensions.statuses.time": 7,
    "vmAgent.statuses.time": 12,
    "vmHealth.status.time": 13,
    "orchestrationServices.lastStatusChangeTime": 30,
    "patchStatus.availablePatchSummary.startTime": _HOUR,
    "patchStatus.availablePatchSummary.lastModifiedTime": _HOUR + 2,
    "patchStatus.lastPatchInstallationSummary.startTime": 2 * _HOUR,
    "patchStatus.lastPatchInstallationSummary.lastModifiedTime": 3 * _HOUR,
    "maintenanceRedeployStatus.preMaintenanceWindowStartTime": _DAY,
    "maintenanceRedeployStatus.preMaintenanceWindowEndTime": 8 * _DAY,
    "maintenanceRedeployStatus.maintenanceWindowStartTime": 9 * _DAY,
    "maintenanceRedeployStatus.maintenanceWindowEndTime": 16 * _DAY,
}


# Written with a fraction by the platform, in whole seconds by the agent and others.
_FRACTIONAL = {"statuses.time", "disks.statuses.time"}


_OF_AGENT = {"vmAgent.statuses.time", "vmAgent.extensionHandlers.status.time"}


def written(element: str, moment: datetime) -> str:
    """Return the time at an element of a machine that was set up at a moment, in the form that captures show.

    >>> from datetime import UTC
    >>> written("vmAgent.statuses.time", datetime(2024, 7, 1, tzinfo=UTC))
    '2024-07-01T00:12:00+00:00'
    """
    text = (moment + timedelta(minutes=_AFTER.get(element, 0))).strftime("%Y-%m-%dT%H:%M:%S")
    if element in _FRACTIONAL:
        return f"{text}.{moment.minute:02}{moment.hour:02}120+00:00"
    return f"{text}+00:00" if element in _OF_AGENT else f"{text}Z"
