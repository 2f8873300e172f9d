"""Which tables judge a document, and whether it is an instance view at all."""

from __future__ import annotations

from functools import cache

from instanceview.model.document import Tables
from instanceview.tables.catalog import api_versions
from instanceview.tables.elements import tree

PAGE_VERSION = "2016-04-30-preview"
"""The api-version that the documentation page describes."""


def kind_of(body: dict[str, object]) -> str:
    """Return the kind of a document by its shape, where neither an option nor a URL says it.

    >>> kind_of({"virtualMachine": {"statusesSummary": []}}), kind_of({"patchStatus": {}}), kind_of({})
    ('vmss', 'vm', 'vmss-vm')
    """
    machine = body.get("virtualMachine")
    if isinstance(machine, dict) and "statusesSummary" in machine:
        return "vmss"
    return "vm" if "placementGroupId" not in body and not of_vm_alone().isdisjoint(body) else "vmss-vm"


@cache
def of_vm_alone() -> frozenset[str]:
    """Return the members that a VM's instance view has and a scale-set VM's has not, such as `patchStatus`."""
    return frozenset(tree("vm").children.keys() - tree("vmss-vm").children.keys())


def choose_tables(body: dict[str, object], kind: str | None, api_version: str | None, source: str) -> Tables:
    """Return the kind and api-version that judge a document; `source` says where a given api-version is from.

    Without an api-version the newest one judges, or that of the page where a member stands that only the page has; in
    place of one that is not listed, the newest listed one that is not later (DESIGN §6), or else the oldest.
    """
    kind = kind or kind_of(body)
    if api_version is not None:
        listed = _listed(api_version)
        return Tables(kind, listed, source, None if listed == api_version else api_version)
    if kind == "vmss-vm" and not _page_only().isdisjoint(body):
        return Tables(kind, PAGE_VERSION, "page-only element")
    return Tables(kind, api_versions()[-1], "default")


@cache
def _listed(api_version: str) -> str:
    """Return an api-version if it is listed, else the newest listed one that is not later, else the oldest.

    >>> _listed("2024-07-01"), _listed("2024-08-01"), _listed("2014-12-01-preview")
    ('2024-07-01', '2024-07-01', '2015-06-15')
    """
    versions = api_versions()
    return max((version for version in versions if version <= api_version), default=versions[0])


@cache
def _page_only() -> frozenset[str]:
    children = tree("vmss-vm").children
    return frozenset(name for name, child in children.items() if child.member.basis == ("page",))
