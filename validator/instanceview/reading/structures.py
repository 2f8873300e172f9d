"""The structures that only an instance view has: members, objects and codes as the tables have them at its root."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.names import fold, nearest
from instanceview.tables.elements import folded_root_names, tree
from instanceview.tables.kinds import MACHINES
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode
from instanceview.tables.vocabulary import categories

if TYPE_CHECKING:
    from instanceview.tables.elements import Element

_JSON_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def may_be_view(value: dict[str, object]) -> bool:
    """Return True if an object has a member that is documented at the root, in any spelling; False is certain."""
    return not (root_members().keys().isdisjoint(value) and folded_root_names().isdisjoint(map(fold, value)))


@cache
def root_members() -> Mapping[str, tuple[Element, ...]]:
    """Return the elements of each name that some kind of machine document has at its root."""
    roots = [tree(kind).children for kind in MACHINES]
    names = dict.fromkeys(name for root in roots for name in root)
    return {name: tuple(root[name] for root in roots if name in root) for name in names}


def fits(name: str, value: object) -> bool:
    """Return True if a value has the type of a member at the root, and no foreign members in the case of an object."""
    element = root_members()[name][0]
    if not isinstance(value, _JSON_TYPES[element.member.type]):
        return False
    return not isinstance(value, dict) or value.keys() <= element.children.keys()


def meant(name: str) -> str:
    """Return the documented name at the root that a name is or may be a misspelling of, empty for none."""
    if name in root_members():
        return name
    return next(iter(nearest(name, tuple(root_members()))), "")


def is_list_of_statuses(value: list[object]) -> bool:
    """Return True if a list has statuses alone, as `--query` prints those of a machine, or of a script.

    >>> is_list_of_statuses([{"code": "PowerState/running", "level": "Info"}]), is_list_of_statuses([{"code": "a/b"}])
    (True, False)
    >>> is_list_of_statuses([{"code": "PowerState/running", "count": 1}]), is_list_of_statuses([])
    (False, False)
    """
    return bool(value) and all(isinstance(item, dict) and _is_status(item) for item in value) and _are_of_one(value)


def _is_status(value: dict[str, object]) -> bool:
    status = root_members()["statuses"][0].children
    names = {fold(name): name for name in status}
    code = next((item for name, item in value.items() if fold(name) == "code"), None)
    return isinstance(code, str) and _begins_as_code(code) and all(fold(name) in names for name in value)


def _are_of_one(statuses: list[object]) -> bool:
    """Return True unless statuses of components are beside those of a machine."""
    return is_of_script(statuses) or not any(map(_is_of_component, statuses))


def is_of_script(statuses: list[object]) -> bool:
    """Return True if each status of a list is what a script wrote: of a component, or with both outputs as message.

    >>> is_of_script([{"code": "ComponentStatus/StdOut/succeeded"}]), is_of_script([{"code": "PowerState/running"}])
    (True, False)
    """
    return bool(statuses) and all(_is_of_component(each) or "[stdout]" in _text(each, "message") for each in statuses)


def _is_of_component(status: object) -> bool:
    return _text(status, "code").startswith("ComponentStatus/")


def _text(status: object, member: str) -> str:
    """Return the text of a member of a status in any spelling, empty without one."""
    items = status.items() if isinstance(status, Mapping) else ()
    return next((item for name, item in items if isinstance(item, str) and fold(str(name)) == member), "")


def is_structure(name: str, value: object) -> bool:
    """Return True if the value of a member at the root is a structure that nothing but an instance view has."""
    elements = root_members().get(meant(name), ())
    return any(_has_structure(element, value) for element in elements)


def _has_structure(element: Element, value: object) -> bool:
    """Return True if a value is of the type of an element that has members, and an object in it has telling ones."""
    if not isinstance(value, _JSON_TYPES[element.member.type]) or not element.children:
        return False
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, dict) and _is_telling(element, item) for item in items)


def _is_telling(element: Element, value: dict[str, object]) -> bool:
    """Return True if an object has at least as many documented members as others, and one of them that is telling.

    That is a code of a known category, or of the grammar's form with a documented level; a name of several words with a
    value of its type; a list or object beside another documented member; or one with such an object.
    """
    known = {name: element.children[name] for name in value if name in element.children}
    return 2 * len(known) >= len(value) and any(
        _tells(child, value, name, is_alone=len(known) == 1) for name, child in known.items()
    )


def _tells(child: Element, holder: dict[str, object], name: str, *, is_alone: bool) -> bool:
    value = holder[name]
    if child.member.format == "status-code":
        return isinstance(value, str) and (_begins_as_code(value) or (is_code(value) and _has_level(holder)))
    if not isinstance(value, _JSON_TYPES[child.member.type]) or value is True:
        return False
    has_words = not name.islower() or (bool(child.children) and not is_alone)
    return has_words or _has_structure(child, value)


def _has_level(status: dict[str, object]) -> bool:
    """Return True if a status has a documented level, in any case: other codes with a slash have none."""
    level, values = status.get("level"), root_members()["statuses"][0].children["level"].member.values or {}
    return isinstance(level, str) and level.lower() in {each.lower() for each in values}


def is_of_part(value: dict[str, object]) -> bool:
    """Return True if all members are those of an element below the root, such as a disk."""
    return any(value.keys() <= element.children.keys() for element in _parts())


@cache
def _parts() -> tuple[Element, ...]:
    """Return the elements at the root that have members."""
    return tuple(element for elements in root_members().values() for element in elements if element.children)


def is_code(text: str) -> bool:
    """Return True if a text has the form of a status code: neither a path nor a URL, with at least two segments.

    >>> is_code("PowerState/runing"), is_code("open"), is_code("text/html; charset=utf-8")
    (True, False, True)
    """
    try:
        return bool(StatusCode.parse(text).category)
    except MalformedStatusCodeError:
        return False


def _begins_as_code(text: str) -> bool:
    """Return True if a text begins with a category of the vocabulary and a slash, perhaps after a fault."""
    category, slash, _ = text.lstrip(" /").partition("/")
    return bool(slash) and category.strip().lower() in categories()


def is_list_of_words(name: str, value: object) -> bool:
    """Return True if a list that should hold objects holds none, and no text with a slash."""
    if not isinstance(value, list) or not value:
        return False
    if any(isinstance(item, (dict, list)) or (isinstance(item, str) and "/" in item) for item in value):
        return False
    return bool(root_members()[meant(name)][0].children)
