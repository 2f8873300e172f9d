"""The tables that judge a document, and which hook a value at an element is for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.rules.rule import NAMES, Scope
from instanceview.tables.elements import tree
from instanceview.tables.vocabulary import categories_by_element

if TYPE_CHECKING:
    from instanceview.rules.rule import Hook
    from instanceview.tables.elements import Element, Member


@cache
def scope_of(kind: str, api_version: str) -> Scope:
    """Return the tables of a kind at an api-version."""
    return Scope(kind, api_version, tree(kind), categories_by_element(kind))


def hook_of_text(member: Member) -> Hook:
    """Return which hook a text at a member is for."""
    if member.format == "date-time":
        return "time"
    if is_code(member):
        return "code"
    return "open" if member.values else "text"


def is_code(member: Member) -> bool:
    """Return True if a member is a status code, or the error code of a status that has no other."""
    # A status whose code is null is a status without code, which is the one finding that it gets.
    return member.format in {"status-code", "bare-code"}


def is_status(element: Element) -> bool:
    """Return whether an element is a status, or a list of them."""
    code = element.children.get("code")
    return code is not None and hook_of_text(code.member) == "code"


def is_named(element: Element) -> bool:
    """Return whether an element has a name that tells the items of a list apart."""
    return any(name in element.children for name in NAMES)
