"""A walk over a document -> the sites that rules are asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.elements import walk
from instanceview.resolve import PAGE_VERSION
from instanceview.rule import NAMES, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.elements import Element, Member
    from instanceview.rule import Hook, Scope


def visits(scope: Scope, body: object) -> Iterator[Site]:
    """Yield a site for each documented value that some rule looks at, the document last: a fault within goes first."""
    of_page = scope.api_version == PAGE_VERSION and scope.kind == "vmss-vm"
    for path, element, value in walk(scope.root, scope.api_version, body):
        is_item = bool(path) and isinstance(path[-1], int)
        hook: Hook | None = None
        if isinstance(value, str):
            hook = _text_hook(element.member)
        elif isinstance(value, list):
            hook = None if is_item else "statuses" if _is_status(element) else "named" if _is_named(element) else None
        elif isinstance(value, dict):
            hook = "status" if _is_status(element) and is_item == (element.member.type == "array") else None
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            hook = "number"
        elif value is None and not is_item and not element.member.required and not _is_code(element.member):
            hook = "null"
        if hook:
            yield Site(hook, scope, path, element, value, None)
        if of_page and path and not is_item:
            yield Site("member", scope, path, element, value, None)
    yield Site("document", scope, (), scope.root, body, None)


def _text_hook(member: Member) -> Hook:
    if member.format == "date-time":
        return "time"
    if _is_code(member):
        return "code"
    return "open" if member.values else "text"


def _is_code(member: Member) -> bool:
    # A status whose code is null is a status without code, which is the one finding that it gets.
    return member.format in {"status-code", "bare-code"}


def _is_status(element: Element) -> bool:
    code = element.children.get("code")
    return code is not None and _text_hook(code.member) == "code"


def _is_named(element: Element) -> bool:
    return any(name in element.children for name in NAMES)
