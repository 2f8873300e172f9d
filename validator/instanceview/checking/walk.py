"""A walk over a document -> the sites that rules are asked about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.memo import decides
from instanceview.checking.scope import _is_code, hook_of_text, is_named, is_status
from instanceview.rules.malformed_time import plain_time
from instanceview.rules.rule import NAMES, Scope, Site
from instanceview.tables.elements import tree, walk
from instanceview.tables.kinds import is_of_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.places.spans import Path
    from instanceview.rules.rule import Hook
    from instanceview.tables.elements import Element


_REMEMBERED: frozenset[Hook | None] = frozenset({"time", "code", "open", "text", "number", "status", "statuses"})
_MOST = 1 << 12  # what is remembered at one element, before it is forgotten


class _Plan(NamedTuple):
    """What is asked of an element documented at an api-version; `children` are those documented there too.

    `named_by` is the member that tells the items of a list apart, empty where none does. `known` are the values, or
    what decides for those that are objects, of which the rules had nothing to say.
    """

    element: Element
    of_text: Hook
    of_list: Hook | None
    of_null: Hook | None
    of_object: Hook | None
    is_array: bool
    named_by: str
    children: Mapping[str, _Plan]
    known: set[object]


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
        next((name for name in NAMES if name in element.children), ""),
        {name: _planned(child, api_version) for name, child in here.items()},
        set(),
    )


class _Walk(NamedTuple):
    """A walk over a document: its tables, the sites met, and what finds a plain time, if those known are left out."""

    scope: Scope
    sites: list[Site]
    is_plain: Callable[[str], object] | None


def visits(scope: Scope, body: object, *, new: bool = False, may_hold_secret: bool = True) -> list[Site]:
    """Return a site for each documented value that some rule looks at, the document last: a fault within goes first.

    With `new`, values of which the rules are known to have nothing to say are left out, and so are plain times; the
    document too, unless its text may hold a secret.
    """
    walk_over = _Walk(scope, [], plain_time() if new else None)
    plan = _plan(scope.kind, scope.api_version)
    if isinstance(body, dict):
        _members(walk_over, (), plan, body)
    if is_of_page(scope.kind, scope.api_version):
        walk_over.sites.extend(_page_members(scope, body))
    key = decides(body, scope.kind) if new and not may_hold_secret else None
    if key is None or key not in plan.known:
        walk_over.sites.append(Site("document", scope, (), scope.root, body, None, known=plan.known if key else None))
    return walk_over.sites


def _page_members(scope: Scope, body: object) -> Iterator[Site]:
    for path, element, value in walk(scope.root, scope.api_version, body):
        if path and not isinstance(path[-1], int):
            yield Site("member", scope, path, element, value, None)


def _members(at: _Walk, path: Path, plan: _Plan, value: dict[str, object]) -> None:
    is_plain, children = at.is_plain, plan.children
    for name, item in value.items():
        child = children.get(name)
        if child is None:
            continue
        if isinstance(item, str):
            # Most are quiet, so that they are looked at here and not a call further down. Rules look for placeholders
            # in texts of no other meaning, and for secrets in the document as a whole.
            if is_plain and (
                ("<" not in item and "{" not in item)
                if child.of_text == "text"
                else (item in child.known or (child.of_text == "time" and is_plain(item)))
            ):
                continue
            _add(at, child.of_text, (*path, name), child, item)
        elif isinstance(item, list) and child.is_array:
            _items(at, (*path, name), child, item)
        elif isinstance(item, dict):
            if child.of_object and not child.is_array:
                _add(at, child.of_object, (*path, name), child, item)
            if not child.is_array:
                _members(at, (*path, name), child, item)
        else:
            _scalar(at, (*path, name), child, item, child.of_null)


def _items(at: _Walk, path: Path, plan: _Plan, items: list[object]) -> None:
    if plan.of_list and not (at.is_plain and plan.of_list == "named" and _are_distinct(items, plan.named_by)):
        _add(at, plan.of_list, path, plan, items)
    for index, item in enumerate(items):
        if isinstance(item, dict):
            below = (*path, index)
            if plan.of_object:
                _add(at, plan.of_object, below, plan, item)
            _members(at, below, plan, item)
        elif isinstance(item, str):
            _add(at, plan.of_text, (*path, index), plan, item)
        else:
            _scalar(at, (*path, index), plan, item, None)


def _scalar(at: _Walk, path: Path, plan: _Plan, value: object, of_null: Hook | None) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        _add(at, "number", path, plan, value)
    elif value is None:
        _add(at, of_null, path, plan, value)


def _add(at: _Walk, hook: Hook | None, path: Path, plan: _Plan, value: object) -> None:
    known = plan.known if at.is_plain and hook in _REMEMBERED else None
    if hook and (known is None or not _is_known(value, known)):
        at.sites.append(Site(hook, at.scope, path, plan.element, value, None, known=known))


def _is_known(value: object, known: set[object]) -> bool:
    """Return whether what decides for the rules of a value is among what is remembered."""
    try:
        if isinstance(value, dict):
            return (value.get("code"), value.get("level"), value.get("displayStatus")) in known
        if isinstance(value, list):
            return tuple([each["code"] for each in value]) in known
    except (KeyError, TypeError):  # no code, or one that is an object
        return False
    return value in known


def _are_distinct(items: list[Any], name: str) -> bool:
    """Return whether all items have a name and no two the same, so that no rule has to say of their names."""
    try:
        return len({each[name].lower() for each in items}) == len(items)
    except (KeyError, TypeError, AttributeError):
        return False


def remember(site: Site) -> None:
    """Remember that the rules have nothing to say of a value, so that they are not asked of it again."""
    if site.known is None:
        return
    deciding = decides(site.value, site.scope.kind) if site.hook == "document" else _deciding(site.value)
    if deciding is not None:
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
