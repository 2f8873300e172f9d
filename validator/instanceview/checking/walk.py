"""A walk over a document: the sites at which rules are asked, and the faults that they find there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.scope import is_status
from instanceview.checking.walk_plan import plan_of, skipping_plan_of
from instanceview.rules import rules_for
from instanceview.rules.site import MANY, Site
from instanceview.tables.descent import text_at_page, walk
from instanceview.tables.kinds import is_of_page

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from instanceview.checking.skips import Skips
    from instanceview.checking.walk_plan import Plan
    from instanceview.places.spans import Path
    from instanceview.rules.rule import Found, Rule
    from instanceview.rules.site import Hook, Scope


# Goal: most values have nothing to report, so that such a value costs a look-up and not a call of a rule.
#
# Plan: each element has a plan, see `walk_plan.py`. A skip allows a value that no rule reports, by what the rules
# declare, or because they were asked about it before.
#
# Invariants: a walk with skips finds what a walk without them finds. A skip learns a value only after every rule of its
# hook was asked and none reported it.


class Visit(NamedTuple):
    """A site at which rules are asked, and the skips that learn its value if no rule reports it."""

    site: Site
    skips: Skips | None = None


class _Walk(NamedTuple):
    """A walk over a document: its scope, what takes each visit, and hooks that report no text."""

    scope: Scope
    take: Callable[[Visit], object]
    quiet: Container[Hook]


def every_visit(scope: Scope, body: object) -> list[Visit]:
    """Return a visit of each documented value at which rules are asked; the document is last, after what is in it.

    >>> from instanceview.checking.scope import scope_of
    >>> [visit.site.hook for visit in every_visit(scope_of("vm", "2024-07-01"), {"computerName": "app"})]
    ['text', 'document']
    """
    visits: list[Visit] = []
    walk_document(scope, body, visits.append)
    return visits


def walk_document(
    scope: Scope, body: object, take: Callable[[Visit], object], quiet: Container[Hook] | None = None
) -> None:
    """Give `take` each visit of `every_visit` as the walk comes to it: all of them take more memory than the document.

    `quiet` are the hooks at which no rule reports a text of the document; the sites that certainly no rule reports are
    skipped then. None skips nothing.
    """
    plan = (plan_of if quiet is None else skipping_plan_of)(scope.kind, scope.api_version)
    at = _Walk(scope, take, quiet or ())
    if isinstance(body, dict):
        _walk_members(at, (), plan, body)
    if is_of_page(scope.kind, scope.api_version) or text_at_page(scope.kind, scope.api_version):
        for site in _page_sites(scope, body):
            take(Visit(site))
    if not ("document" in at.quiet and plan.objects and plan.objects.allow(body)):
        take(Visit(Site("document", scope, (), scope.root, body, None), plan.objects))


def family_visits(scope: Scope, body: object, families: Iterable[Hook]) -> Iterator[Visit]:
    """Yield a visit of each status for each family of rules that are off by default."""
    for path, element, value in walk(scope.root, scope.api_version, body):
        if isinstance(value, dict) and is_status(element):
            yield from (Visit(Site(family, scope, path, element, value, None)) for family in families)


def _page_sites(scope: Scope, body: object) -> Iterator[Site]:
    # Of a kind that the page does not describe, another page has numbers as text, and nothing else of its own.
    elements = text_at_page(scope.kind, scope.api_version)
    is_whole = is_of_page(scope.kind, scope.api_version)
    for path, element, value in walk(scope.root, scope.api_version, body):
        if path and not isinstance(path[-1], int) and (is_whole or element.path in elements):
            yield Site("member", scope, path, element, value, None)


def _walk_members(at: _Walk, path: Path, plan: Plan, value: dict[str, object]) -> None:
    quiet, children = at.quiet, plan.children
    for name, item in value.items():
        child = children.get(name)
        if child is None:
            continue
        if isinstance(item, str):
            # Most values are texts that are skipped: no call is made for one.
            hook = child.of_text
            if hook not in quiet and item not in child.known and not (child.is_quiet and child.is_quiet(item)):
                _visit(at, hook, (*path, name), child, item, child.texts)
        elif isinstance(item, list) and child.is_array:
            _walk_items(at, (*path, name), child, item)
        elif isinstance(item, dict):
            if not child.is_array:
                below, objects = (*path, name), child.objects
                if child.of_object and not (objects and objects.allow(item)):
                    _visit(at, child.of_object, below, child, item, objects)
                _walk_members(at, below, child, item)
        else:
            _visit_scalar(at, (*path, name), child, item, child.of_null)


def _walk_items(at: _Walk, path: Path, plan: Plan, items: list[object]) -> None:
    lists = plan.lists
    if plan.of_list and not (lists and lists.allow(items)):
        _visit(at, plan.of_list, path, plan, items, lists)
    objects, hook = plan.objects, plan.of_object
    for index, item in enumerate(items):
        if isinstance(item, dict):
            below = (*path, index)
            if hook and not (objects and objects.allow(item)):
                _visit(at, hook, below, plan, item, objects)
            _walk_members(at, below, plan, item)
        elif isinstance(item, str):
            if not (plan.texts and plan.texts.allow(item)):
                _visit(at, plan.of_text, (*path, index), plan, item, plan.texts)
        else:
            _visit_scalar(at, (*path, index), plan, item, None)


def _visit_scalar(at: _Walk, path: Path, plan: Plan, value: object, of_null: Hook | None) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not (plan.numbers and plan.numbers.allow(value)):
            _visit(at, "number", path, plan, value, plan.numbers)
    elif value is None and of_null:
        _visit(at, of_null, path, plan, value, None)


def _visit(at: _Walk, hook: Hook, path: Path, plan: Plan, value: object, skips: Skips | None) -> None:  # noqa: PLR0913, PLR0917 (the parts of a site)
    at.take(Visit(Site(hook, at.scope, path, plan.element, value, None), skips))


def faults_at(visit: Visit) -> Iterator[tuple[Rule, Found]]:
    """Ask the rules at a site, and yield each fault with its rule."""
    site, skips = visit
    is_reported = False
    for rule in rules_for(site.hook):
        for found in rule.check(site):
            is_reported = True
            yield rule, found
        if is_reported and site.hook not in MANY:
            return
    if skips and not is_reported:
        skips.learn(site.value)
