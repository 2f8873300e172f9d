"""A walk over a document -> the sites that rules are asked about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.elements import tree
from instanceview.resolve import PAGE_VERSION
from instanceview.rule import NAMES, Scope, Site
from instanceview.rules.malformed_time import is_plain_time
from instanceview.vocabulary import places

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from instanceview.elements import Element, Member
    from instanceview.model import Path
    from instanceview.rule import Hook


PLAIN_TIME = "plain time"
"""The key of each time that no rule has anything to say of."""


class _Plan(NamedTuple):
    """What is asked of an element documented at an api-version; `children` are those documented there too."""

    element: Element
    of_text: Hook
    of_list: Hook | None
    of_null: bool
    is_status: bool
    is_array: bool
    children: Mapping[str, _Plan]


@cache
def scope_of(kind: str, api_version: str) -> Scope:
    """Return the tables of a kind at an api-version."""
    return Scope(kind, api_version, tree(kind), places(kind))


@cache
def _plan(kind: str, api_version: str) -> _Plan:
    return _planned(tree(kind), api_version)


def _planned(element: Element, api_version: str) -> _Plan:
    member = element.member
    here = {name: child for name, child in element.children.items() if child.documented_at(api_version)}
    return _Plan(
        element,
        hook_of_text(member),
        "statuses" if is_status(element) else "named" if is_named(element) else None,
        not member.required and not _is_code(member),
        is_status(element),
        member.type == "array",
        {name: _planned(child, api_version) for name, child in here.items()},
    )


def visits(scope: Scope, body: object, known: Container[object] | None = None) -> Iterator[Site]:
    """Yield a site for each documented value that some rule looks at, the document last: a fault within goes first.

    `known` holds the keys of sites that the rules have nothing to say of: with it those are left out, and plain times.
    """
    plan = _plan(scope.kind, scope.api_version)
    of_page = scope.api_version == PAGE_VERSION and scope.kind == "vmss-vm"
    for path, at, value in _walk((), plan, body, is_item=False):
        hook = _hook(at, value, is_item=bool(path) and isinstance(path[-1], int))
        key = _key(hook, at.element.path, value) if hook and known is not None else None
        if hook and (known is None or key is None or key not in known):
            yield Site(hook, scope, path, at.element, value, None, key=key)
        if of_page and path and not isinstance(path[-1], int):
            yield Site("member", scope, path, at.element, value, None)
    yield Site("document", scope, (), scope.root, body, None)


def _walk(path: Path, plan: _Plan, value: object, *, is_item: bool) -> Iterator[tuple[Path, _Plan, object]]:
    """Yield (path, plan, value) of a value and of every documented member and item in it, in order."""
    yield path, plan, value
    if isinstance(value, dict) and (is_item or not plan.is_array):
        for name, item in value.items():
            child = plan.children.get(name)
            if child is None:
                continue
            if isinstance(item, (dict, list)):
                yield from _walk((*path, name), child, item, is_item=False)
            else:
                yield (*path, name), child, item
    elif isinstance(value, list) and plan.is_array and not is_item:
        for index, item in enumerate(value):
            yield from _walk((*path, index), plan, item, is_item=True)


def _hook(at: _Plan, value: object, *, is_item: bool) -> Hook | None:
    if isinstance(value, str):
        return at.of_text
    if isinstance(value, dict):
        return "status" if at.is_status and is_item == at.is_array else None
    if isinstance(value, list):
        return None if is_item else at.of_list
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "number"
    return "null" if value is None and not is_item and at.of_null else None


def _key(hook: Hook, path: str, value: object) -> object:
    """Return what decides for the rules, as something hashable, None where that is not all there is to it."""
    if hook == "time" and is_plain_time(str(value)):
        return PLAIN_TIME
    if isinstance(value, (str, int, float)):
        return hook, path, value
    if isinstance(value, dict) and hook == "status":
        decides = (value.get("code"), value.get("level"), value.get("displayStatus"))
        # A status without code has rules that look at its other members, too.
        if isinstance(decides[0], str) and all(each is None or isinstance(each, str) for each in decides):
            return path, *decides
    return None


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
