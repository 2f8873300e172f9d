"""The scope of a check, which is the tables of a kind at an api-version, and the hooks of its elements."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.rules.site import NAMES, Scope
from instanceview.tables.elements import tree
from instanceview.tables.vocabulary import categories_by_element

if TYPE_CHECKING:
    from instanceview.rules.site import Hook
    from instanceview.tables.elements import Element, Member


@cache
def scope_of(kind: str, api_version: str) -> Scope:
    """Return the tables of a kind at an api-version, as rules read them."""
    return Scope(kind, api_version, tree(kind), categories_by_element(kind))


def hook_of_text(member: Member) -> Hook:
    """Return the hook at which rules are asked about a text of a member."""
    if member.format == "date-time":
        return "time"
    if is_code(member):
        return "code"
    return "open" if member.values else "text"


def is_code(member: Member) -> bool:
    """Return True if a member is a status code, or the bare error code that some statuses have instead."""
    # For a null here rules are not asked at the hook `null`: a status with a null code is a status without a code.
    return member.format in {"status-code", "bare-code"}


def is_status(element: Element) -> bool:
    """Return True if an element is a status or a list of statuses."""
    code = element.children.get("code")
    return code is not None and hook_of_text(code.member) == "code"


def is_named(element: Element) -> bool:
    """Return True if an element has a member that identifies the items of a list.

    >>> from instanceview.tables.elements import tree
    >>> is_named(tree("vm").children["disks"]), is_named(tree("vm").children["statuses"])
    (True, False)
    """
    return any(name in element.children for name in NAMES)
