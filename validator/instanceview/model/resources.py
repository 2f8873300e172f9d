"""The names of machines, scale sets and their parts in URLs and resource IDs."""

from __future__ import annotations

import re
from urllib.parse import unquote

_WHOLE = (
    "virtualMachines|machines|hostGroups|capacityReservationGroups|cloudServices|restorePointCollections"
    "|proximityPlacementGroups|availabilitySets|interconnectBlocks"
)
_PARTS = "extensions|runCommands|diagnosticRunCommands|hosts|capacityReservations|roleInstances|restorePoints"
_NAMED = re.compile(
    r"(?i)(?:/virtualMachineScaleSets/(?P<set>[^/?#]+)(?:/virtualMachines(?:/(?P<instance>[^/?#]+)|(?P<all>))|)(?=[/?#]|$)"
    rf"|/(?:{_WHOLE})/(?P<machine>[^/?#]+))"
    rf"(?:/(?:{_PARTS})(?:/(?P<part>[^/?#]+)|(?P<parts>)/?(?=[?#]|$)))?"
)


def name_in(url: str) -> str | None:
    """Return the name of the machine or scale set in a URL or resource ID, None where it names none or many.

    A part of one, such as an extension, has its own name after a slash.

    >>> [name_in(f"https://x/{path}") for path in ("virtualMachines/a%2Db?x", "virtualMachines?x", "virtualMachines")]
    ['a-b', None, None]
    >>> [name_in(f"/virtualMachineScaleSets/web{rest}") for rest in ("/instanceView", "/virtualMachines/3", "")]
    ['web', 'web/3', 'web']
    >>> name_in("/virtualMachineScaleSets/web/virtualMachines?$expand=instanceView") is None
    True
    >>> name_in("/virtualMachines/app/extensions/setup?$expand=instanceView")
    'app/setup'
    """
    found = _NAMED.search(url)
    if not found or found["all"] is not None:
        return None
    names = (found["set"], found["instance"], found["machine"], found["part"])
    return unquote("/".join(name for name in names if name))


def lists_parts(url: str) -> bool:
    """Return True if a URL names all parts of one kind that a resource has.

    >>> [lists_parts(f"/cloudServices/c{rest}") for rest in ("/roleInstances?$expand=instanceView", "/roleInstances/r")]
    [True, False]
    """
    found = _NAMED.search(url)
    return bool(found and found["parts"] is not None)
