"""The rules that can find something at an element, by its row and by a trial of each rule on small values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.scope import scope_of
from instanceview.checking.walk import every_visit
from instanceview.cli.commands.rule_texts import bad_finding, bad_value
from instanceview.model.pointer import element_name
from instanceview.rules import RULES, rules_for
from instanceview.rules.site import MANY, NAMES, OFF, Site
from instanceview.tables.catalog import versions_of
from instanceview.tables.descent import is_element, line_of, text_at_page
from instanceview.tables.kinds import KINDS, PAGE_VERSION, is_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path
    from instanceview.rules.rule import Rule
    from instanceview.rules.site import Hook, Scope
    from instanceview.tables.elements import Element

# At these hooks a rule is asked about an object or list, or the document, and points at a member in it.
_OF_HOLDERS = frozenset({"status", "statuses", "named", "document"})
_LIKE_NO_OTHER = "x"
"""A name that does not resemble any other."""
_SAMPLES: dict[str, object] = {"string": "text", "integer": 0, "number": 0, "boolean": True, "any": "text"}


def rules_at(path: str) -> tuple[Rule, ...]:
    """Return the rules that can find something at an element of any kind, in reading order.

    >>> [rule.name for rule in rules_at("disks.statuses.time")][:4]
    ['duplicate-key', 'placeholder', 'wrong-type', 'null-element']
    """
    names = {rule.name for kind in KINDS if is_element(kind, path) for rule in _rules_at(kind, path)}
    return tuple(rule for rule in RULES if rule.name in names)


def _rules_at(kind: str, path: str) -> Iterator[Rule]:
    *_, holder, element = line_of(kind, path)
    yield from _of_value(kind, element)
    yield from _of_holder(kind, holder, element)
    yield from _of_names(kind, holder, element)


def _of_value(kind: str, element: Element) -> Iterator[Rule]:
    """Yield the rules that are asked about the value itself."""
    for hook in _hooks(kind, element):
        for rule in rules_for(hook):
            # Some rules pass over free text, so they are tried with a value that they report elsewhere.
            site = Site(hook, _scope(kind, element), _path_of_element(element), element, bad_value(rule), None)
            if not element.member.free_text or list(rule.check(site)):
                yield rule


def _hooks(kind: str, element: Element) -> set[Hook]:
    """Return the hooks of a value: the violations that its row allows, and the hooks of the walk."""
    member = element.member
    hooks: set[Hook] = {"type", "duplicate"}
    hooks |= {"range"} if member.format == "int32" else set()
    hooks |= {"enum"} if member.closed else set()
    hooks |= {"pattern"} if member.format in {"status-code", "bare-code"} else set()
    # A value outside a closed list has its finding before the rules for open lists are asked.
    not_here: set[Hook] = {"member", "open"} if member.closed else {"member"}
    not_here |= {"number"} if member.type not in {"integer", "number"} else set()
    return (hooks | _walk_hooks(kind, element)) - _OF_HOLDERS - not_here


def _walk_hooks(kind: str, element: Element) -> set[Hook]:
    """Return the hooks at which the walk over a document visits an element, with a value and with null."""
    scope = _scope(kind, element)
    bodies = (_document(kind, element, value) for value in (_sample(element), None))
    return {
        visit.site.hook
        for body in bodies
        for visit in every_visit(scope, body)
        if visit.site.element.path == element.path
    }


def _of_holder(kind: str, holder: Element, element: Element) -> Iterator[Rule]:
    """Yield the rules that are asked about the holder and point at this member, as their bad examples show."""
    walk_hooks, name = _walk_hooks(kind, holder), _last(element.path)
    walk_hooks |= set(OFF) if "status" in walk_hooks else set()
    for rule in RULES:
        hooks = walk_hooks.intersection(rule.hooks)
        if hooks & {"status", "statuses", *OFF} and name == _last(bad_finding(rule).element):
            yield rule
        if "named" in rule.hooks and _points_at(rule, holder, element, is_named="named" in hooks):
            yield rule
        if "required" in rule.hooks and element.member.required:
            yield rule
        if "document" in rule.hooks and _found_in_document(rule, kind, element):
            yield rule


def _points_at(rule: Rule, holder: Element, element: Element, *, is_named: bool) -> bool:
    """Return True if a rule for lists points at an element: the one of its bad example, or the name of any items."""
    shown = bad_finding(rule).element
    if shown == element.path:
        return True
    names = [each for each in NAMES if each in holder.children]
    return is_named and _last(shown) in NAMES and _last(element.path) == names[0]


def _found_in_document(rule: Rule, kind: str, element: Element) -> bool:
    """Return True if a rule for whole documents points at an element, or at any text and so at this one."""
    if bad_finding(rule).element == element.path:
        return True
    value = bad_value(rule)
    if element.member.type != "string" or not isinstance(value, str):
        return False
    scope = _scope(kind, element)
    body = _document(kind, element, value)
    found = rule.check(Site("document", scope, (), scope.root, body, None))
    return any(element_name(each.path) == element.path for each in found)


def _of_names(kind: str, holder: Element, element: Element) -> Iterator[Rule]:
    """Yield the rules that report a name: an undocumented one, one of only the page, or a misspelt one inside."""
    for version in versions_of(kind):
        if holder.documented_at(version) and not element.documented_at(version):
            site = Site("extra", scope_of(kind, version), _path_of_element(element), holder, None, {})
            yield from _rules_finding(site)
    of_page = is_of_page(kind, PAGE_VERSION) or element.path in text_at_page(kind, PAGE_VERSION)
    if of_page and element.documented_at(PAGE_VERSION):
        for value in ("2", 2):
            yield from _rules_finding(
                Site("member", scope_of(kind, PAGE_VERSION), _path_of_element(element), element, value, None)
            )
    for child in list(element.children)[:1]:
        for name in (child.upper(), _LIKE_NO_OTHER):
            yield from _rules_finding(
                Site("extra", _scope(kind, element), (*_path_of_element(element), name), element, None, {})
            )


def _rules_finding(site: Site) -> Iterator[Rule]:
    """Yield the rules that find something at a site; at a site of one place, only the first in reading order."""
    found = [rule for rule in rules_for(site.hook) if list(rule.check(site))]
    yield from found if site.hook in MANY else found[:1]


def _scope(kind: str, element: Element) -> Scope:
    """Return the tables of the newest api-version that has the element."""
    return scope_of(kind, [version for version in versions_of(kind) if element.documented_at(version)][-1])


def _path_of_element(element: Element) -> Path:
    return tuple(element.path.split("."))


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _sample(element: Element) -> object:
    value = _SAMPLES.get(element.member.type, {})
    return [value] if element.member.type == "array" else value


def _document(kind: str, element: Element, value: object) -> object:
    """Return the smallest document that has a value at an element."""
    for step in reversed(line_of(kind, element.path)[1:]):
        holds = [value] if step.member.type == "array" and step.path != element.path else value
        value = {_last(step.path): holds}
    return value
