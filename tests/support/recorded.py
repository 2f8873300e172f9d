"""Makes recordings: session records, whose entries are requests with the bodies of their answers."""

from __future__ import annotations

import json

RESOURCES = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute"
SET_VM = f"{RESOURCES}/virtualMachineScaleSets/a/virtualMachines"
VERSION = "2024-07-01"


def url(path: str = f"{SET_VM}/0/instanceView", api_version: str | None = VERSION) -> str:
    """Return the address of a request; `path` is that of a resource of Azure."""
    query = f"?api-version={api_version}" if api_version else ""
    return f"https://management.azure.com{path}{query}"


def entry(body: object, address: str = url(), status: int = 200) -> dict[str, object]:
    """Return an entry; the body is text, or is recorded parsed."""
    return {"RequestUri": address, "RequestMethod": "GET", "StatusCode": status, "ResponseBody": body}


def recording(*entries: dict[str, object]) -> str:
    """Return the text of a recording."""
    return json.dumps({"Entries": entries}, indent=1)
