"""The sources of the tables: the meaning of each basis, and the public address to read it at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.tables.catalog import tables_json, versions_of
from instanceview.tables.kinds import MACHINES, PAGE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BASES = ("page", "service", "observed", "published")
"""Every basis, in the order in which rows name them."""


def meaning(basis: str, counted: str = "", kinds: Iterable[str] = MACHINES) -> str:
    """Return the meaning of a basis in words, with that of its number where `elements` or `codes` were counted.

    `kinds` are those of the documents that were counted.

    >>> meaning("observed"), meaning("observed", "elements")
    ('recorded responses of Azure', '"in N captures": N of 2,863 recorded responses of Azure have it')
    """
    if basis == "observed" and counted:
        captures = _captures(counted, kinds)
        if not captures:
            return "public queries that read it; no recorded response was seen"
        return f'"in N captures": N of {captures:,} recorded responses of Azure have it'
    return {
        "page": f"the documentation page of the operation, as it was for {PAGE_VERSION}, at its address now",
        "service": "the service definitions of the api-version",
        "observed": "recorded responses of Azure",
        "published": "documentation, SDKs, tools and examples that others published",
    }[basis]


def _captures(counted: str, kinds: Iterable[str]) -> int:
    """Return the number of captures; those of machines were counted together, which is the number of `elements`."""
    numbers: dict[str, int] = tables_json()["sources"]["captures"]
    if counted != "elements":
        return numbers[counted]
    return sum(numbers.get(each, 0) for each in {counted if kind in MACHINES else kind for kind in kinds})


def links(kind: str, api_version: str) -> dict[str, str]:
    """Return the public address of each basis that has one: the page of the operation, and the service definitions.

    >>> links("vm", "2024-07-01")["page"]
    'https://learn.microsoft.com/en-us/rest/api/compute/virtual-machines/instance-view?view=rest-compute-2024-07-01'
    >>> links("vm", "2024-07-01")["service"].rpartition("/specification/")[2]
    'compute/resource-manager/Microsoft.Compute/ComputeRP/stable/2024-07-01/virtualMachine.json'
    """
    return dict(_links(kind, api_version))


def _links(kind: str, api_version: str) -> Iterator[tuple[str, str]]:
    sources = tables_json()["sources"]
    page = sources["pages"][kind]
    yield "page", f"{page}?view=rest-compute-{api_version}" if api_version in sources["editions"] else page
    definitions = sources["definitions"].get(api_version)
    address = definitions.get(kind) if isinstance(definitions, dict) else definitions
    if address:
        yield "service", address


def link(basis: Iterable[str], kind: str, api_version: str | None = None) -> str:
    """Return the one address that says most about a finding or a rule: of its first basis with one, else the page.

    Without an api-version it is that of the newest.

    >>> link(("page", "service"), "vmss", "2016-03-30")
    'https://learn.microsoft.com/en-us/rest/api/compute/virtual-machine-scale-sets/get-instance-view'
    >>> link(("observed",), "vmss", "2016-03-30") == link(("page",), "vmss", "2016-03-30")
    True
    """
    known = links(kind, api_version or versions_of(kind)[-1])
    return next((known[each] for each in basis if each in known), known["page"])
