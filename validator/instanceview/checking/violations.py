"""The sites that rules are asked about, from the violations of the schema.

An engine gives only paths and keywords. The names that are extra or missing are found here, so that every engine leads
to the same findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.pointer import follow
from instanceview.rules.site import Site
from instanceview.tables.descent import element_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.checking.engines.protocol import Violation
    from instanceview.places.spans import Path
    from instanceview.rules.site import Hook, Scope

_HOOKS: dict[str, Hook] = {
    "type": "type",
    "minimum": "range",
    "maximum": "range",
    "enum": "enum",
    "pattern": "pattern",
    "not": "pattern",
}
_FIRST = "type"
_LATER = ("range", "enum", "pattern", "required", "additionalProperties")


def violation_sites(scope: Scope, body: object, violations: Iterable[Violation]) -> Iterator[Site]:
    """Yield a site for each violation: types first, then ranges, listed values, patterns, missing and extra members."""
    by_hook: dict[str, list[Path]] = {hook: [] for hook in _LATER}
    for path, keyword in violations:
        hook = _HOOKS.get(keyword, keyword)
        if hook == _FIRST:  # nothing precedes it, and a text of wrong items would make a list 50 times its size
            yield from _sites_at(scope, body, path, hook)
        elif by_hook[hook][-1:] != [path]:  # an engine may report each missing name
            by_hook[hook].append(path)
    for hook in _LATER:
        for path in by_hook.pop(hook):
            yield from _sites_at(scope, body, path, hook)


def _sites_at(scope: Scope, body: object, path: Path, hook: str) -> Iterator[Site]:
    holder, value = follow(body, path)
    element = element_at(scope.root, path)
    if element is None:
        return  # the schemas do not look into undocumented members
    if hook == "additionalProperties" and isinstance(value, dict):
        documented = set(element.names_at(scope.api_version))
        for name, item in value.items():
            if name not in documented:
                yield Site("extra", scope, (*path, name), element, item, value)
    elif hook == "required" and isinstance(value, dict):
        for name in element.names_at(scope.api_version):
            if element.children[name].member.required and name not in value:
                yield Site("required", scope, (*path, name), element, None, value)
    else:
        yield Site(_HOOKS.get(hook, "range"), scope, path, element, value, holder)
