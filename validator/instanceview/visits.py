"""A walk over a document -> the sites that rules are asked about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.elements import tree, walk
from instanceview.resolve import PAGE_VERSION
from instanceview.rule import NAMES, Scope, Site
from instanceview.vocabulary import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.elements import Element, Member
    from instanceview.rule import Hook


@cache
def scope_of(kind: str, api_version: str) -> Scope:
    """Return the tables of a kind at an api-version."""
    return Scope(kind, api_version, tree(kind), places(kind))


def visits(scope: Scope, body: object) -> Iterator[Site]:
    """Yield a site for each documented value that some rule looks at, the document last: a fault within goes first."""
    of_page = scope.api_version == PAGE_VERSION and scope.kind == "vmss-vm"
    for path, element, value in walk(scope.root, scope.api_version, body):
        is_item = bool(path) and isinstance(path[-1], int)
        hook: Hook | None = None
        if isinstance(value, str):
            hook = hook_of_text(element.member)
        elif isinstance(value, list):
            hook = None if is_item else "statuses" if is_status(element) else "named" if is_named(element) else None
        elif isinstance(value, dict):
            hook = "status" if is_status(element) and is_item == (element.member.type == "array") else None
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            hook = "number"
        elif value is None and not is_item and not element.member.required and not _is_code(element.member):
            hook = "null"
        if hook:
            yield Site(hook, scope, path, element, value, None)
        if of_page and path and not is_item:
            yield Site("member", scope, path, element, value, None)
    yield Site("document", scope, (), scope.root, body, None)


def hook_of_text(member: Member) -> Hook:
    """Return which hook a text at a member is for."""
    if member.format == "date-time":
        return "time"
    if _is_code(member):
        return "code"
    return "open" if member.values else "text"


def _is_code(member: Member) -> bool:
    # A status whose code is null is a status without code, which is the one finding that it gets.
    return member.format in {"status-code", "bare-code"}


def is_status(element: Element) -> bool:
    """Return whether an element is a status, or a list of them."""
    code = element.children.get("code")
    return code is not None and hook_of_text(code.member) == "code"


def is_named(element: Element) -> bool:
    """Return whether an element has a name that tells the items of a list apart."""
    return any(name in element.children for name in NAMES)
