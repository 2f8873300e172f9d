"""Schema violations -> the sites that rules are asked about.

Engines say only where which keyword failed; what is extra or missing is worked out here, so that every engine
leads to the same findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.elements import at_path
from instanceview.rule import Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.engines import Violation
    from instanceview.model import Path
    from instanceview.rule import Hook, Scope

_HOOKS: dict[str, Hook] = {
    "type": "type",
    "minimum": "range",
    "maximum": "range",
    "enum": "enum",
    "pattern": "pattern",
    "not": "pattern",
}


def sites(scope: Scope, body: object, violations: Iterable[Violation]) -> Iterator[Site]:
    """Yield a site for each violation, type before values before pattern at one place."""
    order = ("type", "range", "enum", "pattern", "required", "additionalProperties")
    hooked = {(path, _HOOKS.get(keyword, keyword)) for path, keyword in violations}
    for path, hook in sorted(hooked, key=lambda each: order.index(each[1])):
        yield from _sites_at(scope, body, path, hook)


def _sites_at(scope: Scope, body: object, path: Path, hook: str) -> Iterator[Site]:
    holder, value = follow(body, path)
    element = at_path(scope.root, path)
    if element is None:
        return  # the schemas don't look into undocumented members
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


def follow(body: object, path: Path) -> tuple[object, object]:
    """Return what stands at a path in a document, and the object or array that holds it (None for the root).

    >>> follow({"disks": [{"name": "os"}]}, ("disks", 0, "name"))
    ({'name': 'os'}, 'os')
    """
    holder, value = None, body
    for step in path:
        holder = value
        value = value[step] if isinstance(value, (dict, list)) else None  # type: ignore[index]  # path fits
    return holder, value


def stands(body: object, path: Path) -> bool:
    """Return whether something stands at a path in a document.

    >>> stands({"disks": [1]}, ("disks", 0)), stands({"disks": []}, ("disks", "name"))
    (True, False)
    """
    try:
        follow(body, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True
