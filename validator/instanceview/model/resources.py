"""The names of machines, scale sets and their parts in URLs and resource IDs."""

from __future__ import annotations

import re
from urllib.parse import unquote

_NAMED = re.compile(
    r"(?i)(?:/virtualMachineScaleSets/(?P<set>[^/?#]+)(?:/virtualMachines(?:/(?P<instance>[^/?#]+)|(?P<all>))|)(?=[/?#]|$)"
    r"|/(?:virtualMachines|machines|hostGroups|capacityReservationGroups|cloudServices)/(?P<machine>[^/?#]+))"
    r"(?:/(?:extensions|runCommands|diagnosticRunCommands|hosts|capacityReservations|roleInstances)/(?P<part>[^/?#]+))?"
)


def name_in(url: str) -> str | None:
    """Return the name of the machine or scale set in a URL or resource ID, None where it names none or many.

    A part of one, such as an extension, has its own name behind a slash.

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
