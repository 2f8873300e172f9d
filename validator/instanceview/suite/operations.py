"""A request URL of a test -> what its answer holds: Azure's own, or a mock's that has its last part only."""

from __future__ import annotations

import re

from instanceview.operation import Request, request_of

_MOCKED = re.compile(r"/virtualMachine(?:s|ScaleSets)(?:[/?].*)?$", re.IGNORECASE | re.DOTALL)


def operation_of(url: str) -> Request:
    """Return what a URL asks for, absolute or relative, in any case; the provider may be left out before its resource.

    >>> operation_of("/x/virtualMachineScaleSets/web/virtualMachines/0/instanceView?api-version=2024-07-01").kind
    'vmss-vm'
    >>> operation_of("http://127.0.0.1:8000/VIRTUALMACHINES/app?API-Version=2024-07-02&%24expand=instanceView").embedded
    True
    """
    request = request_of(url)
    mocked = None if request.resource else _MOCKED.search(url)
    return request_of(f"/providers/Microsoft.Compute{mocked[0]}") if mocked else request
