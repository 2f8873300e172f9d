"""A request URL -> what its answer holds, where in it, and by which api-version."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from instanceview.catalog import api_versions

_SET_MEMBERS = r"/virtualMachineScaleSets/[^/]+/virtualMachines"
_PATHS = (
    (_SET_MEMBERS + r"/[^/]+/instanceView", "vmss-vm", False),
    (_SET_MEMBERS + r"(?:/[^/]+)?", "vmss-vm", True),
    (r"/virtualMachineScaleSets/[^/]+/instanceView", "vmss", False),
    (r"/virtualMachines/[^/]+/instanceView", "vm", False),
    (r"/virtualMachines(?:/[^/]+)?", "vm", True),
)


class Operation(NamedTuple):
    """What the answer to a request holds: a kind of view, alone or in resources, and the api-version asked for.

    `kind` is None for a path that is not known, and `embedded` says nothing then.
    """

    kind: str | None
    embedded: bool
    api_version: str | None


def operation_of(url: str) -> Operation:
    """Return the operation of a URL, absolute or relative, in any case.

    >>> operation_of("/x/virtualMachineScaleSets/web/virtualMachines/0/instanceView?api-version=2024-07-01")
    Operation(kind='vmss-vm', embedded=False, api_version='2024-07-01')
    >>> operation_of("http://127.0.0.1:8000/VIRTUALMACHINES/app?API-Version=2024-07-02&%24expand=instanceView")
    Operation(kind='vm', embedded=True, api_version='2024-07-01')
    """
    parts = urlsplit(url)
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}.get("api-version")
    for pattern, kind, embedded in _PATHS:
        if re.search(pattern + "/?$", parts.path, re.IGNORECASE):
            return Operation(kind, embedded, _listed(asked))
    return Operation(None, False, _listed(asked))  # noqa: FBT003 (a field of a named tuple)


def _listed(asked: str | None) -> str | None:
    """Return the newest listed api-version that is not later than the one asked for; None where that is no date."""
    if asked is None or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", asked):
        return None
    earlier = [version for version in api_versions() if version <= asked]
    return earlier[-1] if earlier else api_versions()[0]
