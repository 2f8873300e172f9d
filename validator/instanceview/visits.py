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
    from collections.abc import Iterator, Mapping

    from instanceview.elements import Element, Member
    from instanceview.model import Path
    from instanceview.rule import Hook


_REMEMBERED: frozenset[Hook | None] = frozenset({"time", "code", "open", "text", "number", "status", "statuses"})
_MOST = 1 << 12  # what is remembered at one element, before it is forgotten


class _Plan(NamedTuple):
    """What is asked of an element documented at an api-version; `children` are those documented there too.

    `known` are its values, or what decides for those that are objects, of which the rules had nothing to say.
    """

    element: Element
    of_text: Hook
    of_list: Hook | None
    of_null: Hook | None
    of_object: Hook | None
    is_array: bool
    children: Mapping[str, _Plan]
    known: set[object]


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
        None if member.required or _is_code(member) else "null",
        "status" if is_status(element) else None,
        member.type == "array",
        {name: _planned(child, api_version) for name, child in here.items()},
        set(),
    )


def visits(scope: Scope, body: object, *, new: bool = False) -> Iterator[Site]:
    """Yield a site for each documented value that some rule looks at, the document last: a fault within goes first.

    With `new`, values of which the rules are known to have nothing to say are left out, and so are plain times.
    """
    of_page = scope.api_version == PAGE_VERSION and scope.kind == "vmss-vm"
    for path, plan, value in _walk((), _plan(scope.kind, scope.api_version), body, new=new):
        is_item = bool(path) and isinstance(path[-1], int)
        hook = _hook(plan, value, is_item=is_item)
        known = plan.known if new and hook in _REMEMBERED else None
        if hook and (known is None or _deciding(value) not in known):
            yield Site(hook, scope, path, plan.element, value, None, known=known)
        if of_page and path and not is_item:
            yield Site("member", scope, path, plan.element, value, None)
    yield Site("document", scope, (), scope.root, body, None)


def remember(site: Site) -> None:
    """Remember that the rules have nothing to say of a value, so that they are not asked of it again."""
    deciding = _deciding(site.value)
    if site.known is not None and deciding is not None:
        if len(site.known) >= _MOST:
            site.known.clear()
        site.known.add(deciding)


def _deciding(value: object) -> object:
    """Return what decides for the rules of a text, a number, a status or several, None where that is not all of it."""
    if isinstance(value, list):
        codes = tuple([each.get("code") if isinstance(each, dict) else None for each in value])
        return codes if all(isinstance(code, str) for code in codes) else None
    if not isinstance(value, dict):
        return value
    decides = (value.get("code"), value.get("level"), value.get("displayStatus"))
    # A status without code has rules that look at its other members, too.
    is_text = isinstance(decides[0], str) and all(each is None or isinstance(each, str) for each in decides)
    return decides if is_text else None


def _walk(path: Path, plan: _Plan, value: object, *, new: bool) -> Iterator[tuple[Path, _Plan, object]]:
    """Yield (path, plan, value) of a value and of every documented member and item in it, in order."""
    yield path, plan, value
    is_item = bool(path) and isinstance(path[-1], int)
    if isinstance(value, dict) and (is_item or not plan.is_array):
        for name, item in value.items():
            child = plan.children.get(name)
            if child is None:
                continue
            if isinstance(item, (dict, list)):
                yield from _walk((*path, name), child, item, new=new)
            elif not (new and isinstance(item, str) and _is_quiet(child, item)):
                yield (*path, name), child, item
    elif isinstance(value, list) and plan.is_array and not is_item:
        for index, item in enumerate(value):
            yield from _walk((*path, index), plan, item, new=new)


def _is_quiet(plan: _Plan, text: str) -> bool:
    return text in plan.known or (plan.of_text == "time" and is_plain_time(text) is not None)


def _hook(plan: _Plan, value: object, *, is_item: bool) -> Hook | None:
    if isinstance(value, str):
        return plan.of_text
    if isinstance(value, dict):
        return plan.of_object if is_item == plan.is_array else None
    if isinstance(value, list):
        return None if is_item else plan.of_list
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "number"
    return plan.of_null if value is None and not is_item else None


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
