"""The values that realistic documents choose from, in `texts.json`, by the longest end of an element's path there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from instanceview.tables.kinds import MACHINES
from instanceview.tables.vocabulary import parsed


@cache
def _table() -> dict[str, list[object]]:
    content: dict[str, list[object]] = json.loads(Path(__file__).with_name("texts.json").read_bytes())
    return content


def of_kind(kind: str, element: str) -> str:
    """Return the name of an element in `texts.json`: its path, which follows the kind where that is not of machines.

    >>> of_kind("vm", "statuses"), of_kind("vm-extension", "statuses")
    ('statuses', 'vm-extension.statuses')
    """
    return element if kind in MACHINES else f"{kind}.{element}"


@cache
def values_of(element: str) -> tuple[object, ...]:
    """Return the values for an element, none where `texts.json` has none.

    >>> values_of("disks.encryptionSettings.diskEncryptionKey.secretUrl")[0][:28]
    'https://example-vault.vault.'
    """
    steps = element.split(".")
    ends = (".".join(steps[start:]) for start in range(len(steps)))
    return tuple(next((_table()[end] for end in ends if end in _table()), ()))


@cache
def messages_of(element: str, code: str) -> tuple[str, ...]:
    """Return the messages of a status with this code at an element, none where captures show none."""
    whole = parsed(code)
    words = (whole.component or "", whole.state) if whole else (code,)
    for place in (*(f"{element}.message {word}" for word in words), f"{element}.message"):
        if place in _table():
            return tuple(str(text) for text in _table()[place])
    return ()
