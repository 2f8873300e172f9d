"""The plan of a walk: for each element the hooks of its values and their skips, made once for a kind and api-version.

The first documents have a plan without skips, since making those takes longer than these documents.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.scope import hook_of_text, is_code, is_named, is_status
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Mapping

    from instanceview.checking.skips import Skips
    from instanceview.rules.site import Hook
    from instanceview.tables.elements import Element


class Plan(NamedTuple):
    """The hooks of an element and their skips, with the plans of the children documented at the api-version.

    `texts` is for a text, `numbers` for a number, `lists` for the list as a whole, `objects` for an object; a plan of a
    walk that skips nothing has none. `known` and `is_quiet` are those of `texts`: every text needs them, and reading
    them here saves a look-up each.
    """

    element: Element
    of_text: Hook
    of_null: Hook | None
    of_list: Hook | None
    of_object: Hook | None
    is_array: bool
    known: Container[Hashable]
    is_quiet: Callable[[str], object] | None
    texts: Skips | None
    numbers: Skips | None
    lists: Skips | None
    objects: Skips | None
    children: Mapping[str, Plan]


@cache
def plan_of(kind: str, api_version: str) -> Plan:
    """Return the plan of a walk that skips nothing."""
    return _of_element(tree(kind), api_version, lambda _hook, _element: None)


@cache
def skipping_plan_of(kind: str, api_version: str) -> Plan:
    """Return the plan of a walk that skips what no rule reports."""
    from instanceview.checking.skips import Skips  # takes 5 ms with the plan, which the first documents do without

    return _of_element(tree(kind), api_version, Skips)


def _of_element(element: Element, api_version: str, skips_at: Callable[[Hook, Element], Skips | None]) -> Plan:
    member = element.member
    here = {name: child for name, child in element.children.items() if child.documented_at(api_version)}
    of_text = hook_of_text(member)
    texts = skips_at(of_text, element)
    of_list: Hook | None = "statuses" if is_status(element) else "named" if is_named(element) else None
    of_object: Hook | None = "document" if not element.path else "status" if is_status(element) else None
    return Plan(
        element,
        of_text,
        None if member.required or is_code(member) else "null",
        of_list,
        of_object,
        member.type == "array",
        texts.known if texts else (),
        texts.is_quiet if texts else None,
        texts,
        skips_at("number", element),
        skips_at(of_list, element) if of_list else None,
        skips_at(of_object, element) if of_object else None,
        {name: _of_element(child, api_version, skips_at) for name, child in here.items()},
    )
