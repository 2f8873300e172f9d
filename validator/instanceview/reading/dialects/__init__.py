"""Dialects: an instance view as a client prints it, which has other names than the service's answer.

Sources: `az vm get-instance-view` and knack, which prints it (it sorts the members of every object and keeps nulls);
`as_dict()` of azure-mgmt-compute up to release 36 and `as_attribute_dict()` of azure-core; the classes of Az.Compute,
printed by ConvertTo-Json; Azure.ResourceManager.Compute, printed by System.Text.Json.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.names import fold
from instanceview.reading.dialects.printed import ADDED, Printed, objects, paths_of
from instanceview.tables.catalog import tables_json
from instanceview.tables.elements import folded_root_names, root_names
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.model.document import Document
    from instanceview.reading.dialects.flattened import Flattened

_IN_ORDER_OF_AZ = frozenset({"displayStatus", "level"})
_MANY = 5  # members that are in order by chance in one document of 120
_NULLS = 3  # a person who writes null by hand writes one or two


def printed_by_client(view: dict[str, object], *, is_flat: bool = False, kind: str = "") -> Printed | None:
    """Return an instance view that a client printed with the service's names; None if it has the service's already.

    `is_flat` means that it is beside the name of its resource, as a client prints it. A document that mixes spellings
    is not a client's: its wrong names are misspelt. `kind` is that of a document that is not a machine's.

    >>> printed_by_client({"vm_agent": {"vm_agent_version": "2.7"}}).body
    {'vmAgent': {'vmAgentVersion': '2.7'}}
    >>> printed_by_client({"vmAgent": {"vmAgentVersion": "2.7"}}) is None
    True
    """
    flat = _flattened(view) if kind else None
    if flat:
        return _of_flattened(flat, kind)
    writer = _writer_of_kind(view, kind, is_flat=is_flat) if kind else _writer(view, is_flat=is_flat)
    if writer is None:
        return None
    from instanceview.reading.dialects.translation import translated  # most documents are the service's

    return translated(view, writer, kind)


def _flattened(view: dict[str, object]) -> Flattened | None:
    from instanceview.reading.dialects.flattened import flattened  # as above

    return flattened(view)


def _of_flattened(flat: Flattened, kind: str) -> Printed:
    """Return the view that an object of PowerShell has among its own members, with the service's names."""
    from instanceview.reading.dialects.translation import translated  # as above

    printed = translated(flat.body, "powershell", kind)
    written = {path: flat.place(printed.written.get(path, path)) for path in paths_of(printed.body)}
    return printed._replace(written=written)


def as_client_output(document: Document, printed: Printed) -> Document:
    """Return a document that a client printed with the service's names and with the paths as they are written."""
    return document._replace(body=printed.body, written_by=printed.writer, written=printed.written)


def _writer(view: dict[str, object], *, is_flat: bool) -> str | None:
    """Return the writer of a document, None for the service and for what has no documented name."""
    if not is_flat and is_of_service(view):
        return None
    names = _compound_names()
    if names.isdisjoint(view):
        if not is_flat and folded_root_names().isdisjoint(map(fold, view)):
            return None
        # Names of one word are the same to every client; names below them may differ.
        if not _are_words(view) or all(names.isdisjoint(each) for each in objects(view)):
            from instanceview.reading.dialects.names import writer_by_names  # most documents are the service's

            return writer_by_names(view) or ("az" if is_flat or _is_az(view) else None)
    return "az" if is_flat or _is_az(view) else None


def _writer_of_kind(view: dict[str, object], kind: str, *, is_flat: bool) -> str | None:
    """Return the writer of a document that is not a machine's, None for the service."""
    from instanceview.reading.dialects.names import writer_by_names  # as above

    # A view with a place of its own comes from a query, which puts it beside any columns.
    is_of_az = (is_flat and not KIND_VALUES[kind].within) or _is_az(view) or _is_sorted_with_null(view)
    return writer_by_names(view, kind) or ("az" if is_of_az else None)


def _is_sorted_with_null(view: dict[str, object]) -> bool:
    """Return True if a document is in az's order with a null, in a status or beside many members.

    The service writes neither null, and its order is another one.
    """
    every = list(objects(view))
    many = [view] if len(view) >= _MANY else []
    told = [*many, *(each for each in every if "displayStatus" in each and "level" in each)]
    return any(None in each.values() for each in told) and all(map(_is_sorted, every))


def is_of_service(view: dict[str, object]) -> bool:
    """Return True if a look at the root and at the first status shows the service: its names, and not in az's order.

    It answers for nearly all documents of the service, in a microsecond.
    """
    statuses = view.get("statuses")
    first = statuses[0] if type(statuses) is list and statuses else None
    if type(first) is not dict or "displayStatus" not in first or not root_names().issuperset(view):
        return False
    for name in first:
        if name in _IN_ORDER_OF_AZ:  # the service has `level` before `displayStatus`
            return name == "level" or list(first) != sorted(first)
    return False


@cache
def _compound_names() -> frozenset[str]:
    """Return the service's names that have a capital, since names of one word are the same to others."""
    tables = tables_json()["tables"].values()
    return frozenset(name for table in tables for name in table["members"] if not name.islower())


def _is_az(view: dict[str, object]) -> bool:
    """Return True if the az CLI wrote a document: by its additions, or by its order with many nulls or its names.

    >>> _is_az({"additionalProperties": {}}), _is_az({"disks": None, "extensions": None, "statuses": []})
    (True, False)
    >>> _is_az({"isVmInStandbyPool": True, "osName": "ubuntu"}), _is_az({"isVMInStandbyPool": True, "osName": "ubuntu"})
    (True, False)
    """
    if ADDED in view:
        return True
    if not _is_sorted(view):
        return False
    if _has_name_of_az(view):
        return True
    nulls = 0
    for each in objects(view):
        if ADDED in each:
            return True
        if not _is_sorted(each):
            return False
        nulls += sum(value is None for value in each.values())
    return nulls >= _NULLS


def _is_sorted(value: dict[str, object]) -> bool:
    names = list(value)
    return names == sorted(names)


def _has_name_of_az(view: dict[str, object]) -> bool:
    """Return True if one of several members has the CLI's name and not the service's."""
    service, folded = _compound_names(), folded_root_names()
    odd = [name for name in view if name not in service and not name.islower() and name.lower() in folded]
    if not odd or len(view) == 1:  # one name alone is always in order
        return False
    from instanceview.reading.dialects.names import is_of_az

    return any(is_of_az(name) for name in odd)


def _are_words(names: Iterable[str]) -> bool:
    return all(name.islower() and "_" not in name for name in names)
