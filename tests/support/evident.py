"""Evidence for small documents: in a folder, only what has some is checked as an instance view."""

from __future__ import annotations

from typing import Any

EVIDENCE: dict[str, Any] = {"statuses": [{"code": "PowerState/running"}]}
"""A member that only an instance view has; nothing is found in it."""


def evident(text: str) -> str:
    """Return the text of a JSON object with the evidence after its members, so that these keep their places.

    >>> evident("{}"), evident('{"disks": 1}')
    ('{"statuses": [{"code": "PowerState/running"}]}', '{"disks": 1, "statuses": [{"code": "PowerState/running"}]}')
    """
    members = text.rstrip().removesuffix("}")
    comma = "" if members.rstrip().endswith("{") else ", "
    return f'{members}{comma}"statuses": [{{"code": "PowerState/running"}}]}}'
