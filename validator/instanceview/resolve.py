"""Which tables judge a document, and whether it is an instance view at all."""

from __future__ import annotations

from functools import cache

from instanceview.catalog import KINDS, api_versions
from instanceview.elements import tree
from instanceview.model import Judged
from instanceview.suggest import nearest
from instanceview.text import quote

PAGE_VERSION = "2016-04-30-preview"
"""The api-version that the documentation page describes."""

NOT_OURS = "no instance view"
"""How the reason begins where a JSON value is not ours to judge."""

# Members that tell the instance views of other resources, all of them met in captures, which have statuses too.
_OTHERS = {
    "typeHandlerVersion": "an extension",
    "substatuses": "an extension",
    "assetId": "a dedicated host",
    "availableCapacity": "a dedicated host",
    "executionState": "a run command",
    "utilizationInfo": "a capacity reservation",
}

_KINDS_NAMED = "instance view of a scale-set VM, a VM or a scale set"


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


def judged_by(body: dict[str, object], kind: str | None, api_version: str | None, source: str) -> Judged:
    """Return the kind and api-version that judge a document; `source` says where a given api-version is from.

    Without an api-version the newest one judges, or that of the page where a member stands that only the page has; in
    place of one that is not listed, the newest listed one that is not later (DESIGN §6), or else the oldest.
    """
    kind = kind or kind_of(body)
    if api_version is not None:
        listed = _listed(api_version)
        return Judged(kind, listed, source, None if listed == api_version else api_version)
    if kind == "vmss-vm" and not _page_only().isdisjoint(body):
        return Judged(kind, PAGE_VERSION, "page-only element")
    return Judged(kind, api_versions()[-1], "default")


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


@cache
def _root_names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for kind in KINDS for name in tree(kind).children))


def _resembles(body: dict[str, object]) -> bool:
    """Return whether a member is documented but for its case, or more members are near a documented name than not.

    One near name says little: the `version` of many a file is near `osVersion`.
    """
    if not _folded_names().isdisjoint(name.lower() for name in body):
        return True
    return sum(2 if nearest(name, _root_names()) else 0 for name in body) > len(body)


@cache
def _folded_names() -> frozenset[str]:
    return frozenset(name.lower() for name in _root_names())


def _inside(body: dict[str, object]) -> str | None:
    """Return where the instance views are that an answer holds, and what to pass; None when it seems to hold none."""
    inner, items = body.get("properties"), body.get("value")
    if "instanceView" in body or (isinstance(inner, dict) and "instanceView" in inner):
        where = "instanceView" if "instanceView" in body else "properties.instanceView"
        return f"a resource that holds one; pass the value of {where}"
    if isinstance(items, list):
        pass_on = "; pass the properties.instanceView of its items" if items else ""
        return f"a list answer with {quote(items)}{pass_on}"
    return None


def why_not(body: object) -> str | None:
    """Return why a JSON value is no instance view, None when it is one.

    An object is one when it is empty or has documented members, be they misspelt.

    >>> why_not({"statusses": []}) is None, why_not({"error": {"code": "NotFound", "message": "gone"}})
    (True, 'no instance view: an error answer, code "NotFound"')
    """
    if not isinstance(body, dict):
        return f"{NOT_OURS}: expected an object, the {_KINDS_NAMED}; found {quote(body)}"
    other = next((view for name, view in _OTHERS.items() if name in body), None)
    if other:
        return f"{NOT_OURS} of ours: it is {other}'s; expected the {_KINDS_NAMED}"
    if not body or _resembles(body):
        return None
    error = body.get("error")
    if isinstance(error, dict) and isinstance(error.get("code"), str):
        return f"{NOT_OURS}: an error answer, code {quote(error['code'])}"
    where = _inside(body)
    if where:
        return f"{NOT_OURS} by itself: {where}"
    names = ", ".join(quote(name) for name in list(body)[:3])
    return f"{NOT_OURS}: none of its members is documented in the {_KINDS_NAMED}; found {names}"
