"""Recognise a JSON value as an instance view, by evidence: what says so, or why it is not one.

What is asked for needs less than the rest: a value of Python, a document with `--kind`, the root of a named file and a
member called `instanceView` are meant as instance views. In a folder, or somewhere in a larger value, only a
structure counts that nothing else has. Every real document in the captures that the project was tried on has one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.names import fold, nearest
from instanceview.model.text import quote
from instanceview.reading.dialects import printed_by_client
from instanceview.reading.dialects.printed import Printed, paths_of
from instanceview.tables.catalog import SCHEMA_MEMBER
from instanceview.tables.elements import folded_root_names, root_names, tree
from instanceview.tables.kinds import KIND_VALUES, KINDS, any_of
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode
from instanceview.tables.vocabulary import categories

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.tables.elements import Element

USE_KIND = "; use --kind to check it"
"""The end of a reason where --kind is the next step."""

NOT_OURS = "no instance view"
"""The beginning of the reason where a JSON value is not ours to check."""

KINDS_NAMED = f"instance view of {any_of([kind.holder for kind in KIND_VALUES.values()])}"
"""The words for an instance view of any kind."""

NO_BODY = f"{NOT_OURS}: no body"
"""The reason where an answer was recorded without its body."""


_ENOUGH = 3  # members at the root without a structure: two, such as osName and osVersion, occur in inventories
_NEAR = 100  # members of an object up to which misspelt ones are looked for: four times as many as are documented
_JSON_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


class Verdict(NamedTuple):
    """What a JSON value is: the evidence that it is an instance view, or the reason why it is not one.

    `evidence` names the member that says so. With `is_part`, more members of the value are foreign than documented:
    only its `statuses` are an instance view's. `printed` is the document with the service's names, where a client
    printed it.
    """

    evidence: str = ""
    reason: str = ""
    is_part: bool = False
    printed: Printed | None = None


def recognise(value: object, *, asked: bool = False, is_flat: bool = False) -> Verdict:
    """Return the verdict on a JSON value; `asked` means that it is meant as an instance view, so that less is enough.

    `is_flat` means that it is beside the name of its resource, as clients print it.

    >>> recognise({"statuses": [{"code": "PowerState/running"}]}).evidence
    'statuses'
    >>> recognise({"osName": "Linux"}).evidence, recognise({"osName": "Linux"}, asked=True).evidence
    ('', 'osName')
    >>> recognise({"error": {"code": 1}}, asked=True).reason.partition("; ")[2]
    'found "error"'
    """
    if isinstance(value, list) and is_list_of_statuses(value):
        return Verdict("statuses", printed=_around_statuses(value))
    if not isinstance(value, dict):
        return Verdict(reason=f"expected an object, the {KINDS_NAMED}; found {quote(value)}")
    if SCHEMA_MEMBER in value:  # for editors; it says nothing of what the value is
        value = {name: item for name, item in value.items() if name != SCHEMA_MEMBER}
    printed = printed_by_client(value, is_flat=is_flat)
    verdict = _verdict(printed.body if printed else value, asked=asked)
    return verdict._replace(printed=printed) if printed else verdict


def _verdict(value: dict[str, object], *, asked: bool) -> Verdict:
    if not value:
        return Verdict("{}") if asked else Verdict(reason="the object is empty")
    names = root_names()
    known = [name for name in value if name in names]
    if len(known) == len(value):
        if asked and not _is_list_of_words(known[0], value[known[0]]):
            return Verdict(known[0])
    else:
        from instanceview.reading.others import other_view  # needed where a member is not documented

        other = other_view(value)
        if other:
            return Verdict(reason=f"this is {other}; expected the {KINDS_NAMED}")
    return _by_members(value, known, asked=asked)


def _by_members(value: dict[str, object], known: list[str], *, asked: bool) -> Verdict:
    """Return the verdict on an object by its members, of which the known ones are documented."""
    is_foreign = 2 * len(known) < len(value) and _foreign(value, known) > len(known)
    if is_foreign or (len(known) < len(value) and _is_of_part(value)):
        is_part = "statuses" in known and _is_structure("statuses", value["statuses"])
        return Verdict("statuses", is_part=True) if is_part else Verdict(reason=_why_foreign(value))
    structure = next((name for name in known or value if _is_structure(name, value[name])), "")
    if structure:
        return Verdict(structure)
    fitting = [name for name in known if _fits(name, value[name])]
    if len(fitting) >= _ENOUGH and 2 * len(fitting) > len(value):
        return Verdict(" and ".join(fitting[:_ENOUGH]))
    named = known or [name for name in value if _meant(name).lower() == name.lower()]
    telling = [name for name in named if not _is_list_of_words(name, value[name])] if asked else []
    if telling:
        return Verdict(telling[0])
    words = next((name for name in named if _is_list_of_words(name, value[name])), None)
    if words:
        return Verdict(reason=f"{quote(words)} is a list without objects; expected the {KINDS_NAMED}")
    return Verdict(reason=_why_weak(named) if named else _why_foreign(value))


def _foreign(value: dict[str, object], known: list[str]) -> int:
    """Return the number of members that are neither documented nor near a documented name."""
    others = [name for name in value if name not in root_members()]
    near = [name for name in others if nearest(name, tuple(root_members()))] if len(value) <= _NEAR else []
    return len(value) - len(known) - len(near)


def _meant(name: str) -> str:
    """Return the documented name at the root that a name is or may be a misspelling of, empty for none."""
    if name in root_members():
        return name
    return next(iter(nearest(name, tuple(root_members()))), "")


def is_list_of_statuses(value: list[object]) -> bool:
    """Return True if a list has statuses alone, as `--query instanceView.statuses` prints them.

    >>> is_list_of_statuses([{"code": "PowerState/running", "level": "Info"}]), is_list_of_statuses([{"code": "a/b"}])
    (True, False)
    """
    return bool(value) and all(isinstance(item, dict) and _is_status(item) for item in value)


def _is_status(value: dict[str, object]) -> bool:
    status = root_members()["statuses"][0].children
    names = {fold(name): name for name in status}
    code = next((item for name, item in value.items() if fold(name) == "code"), None)
    is_code_of_view = isinstance(code, str) and _begins_as_code(code) and not code.startswith("ComponentStatus/")
    return is_code_of_view and all(fold(name) in names for name in value)


def _around_statuses(value: list[object]) -> Printed:
    """Return a list of statuses as a document, with their paths as they are written."""
    body: dict[str, object] = {"statuses": value}
    printed = printed_by_client(body)
    written = {} if printed is None else dict(printed.written)
    body = printed.body if printed else body
    return Printed(body, "fragment", {path: written.get(path, path)[1:] for path in paths_of(body)})


def may_be_view(value: dict[str, object]) -> bool:
    """Return True if an object has a member that is documented at the root, in any spelling; False is certain."""
    return not (root_members().keys().isdisjoint(value) and folded_root_names().isdisjoint(map(fold, value)))


@cache
def root_members() -> Mapping[str, tuple[Element, ...]]:
    """Return the elements of each name that some kind documents at its root."""
    names = dict.fromkeys(name for kind in KINDS for name in tree(kind).children)
    return {name: tuple(tree(kind).children[name] for kind in KINDS if name in tree(kind).children) for name in names}


def _fits(name: str, value: object) -> bool:
    """Return True if a value has the type of a member at the root, and no foreign members in the case of an object."""
    element = root_members()[name][0]
    if not isinstance(value, _JSON_TYPES[element.member.type]):
        return False
    return not isinstance(value, dict) or value.keys() <= element.children.keys()


def _is_structure(name: str, value: object) -> bool:
    """Return True if the value of a member at the root is a structure that nothing but an instance view has."""
    elements = root_members().get(_meant(name), ())
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


def _is_of_part(value: dict[str, object]) -> bool:
    """Return True if all members are those of an element below the root, such as a disk."""
    return any(value.keys() <= element.children.keys() for element in _parts())


@cache
def _parts() -> tuple[Element, ...]:
    """Return the elements at the root that have members."""
    return tuple(element for elements in root_members().values() for element in elements if element.children)


def is_code(text: str) -> bool:
    """Return True if a text has the form of a status code: no path and no URL, two segments at least.

    >>> is_code("PowerState/runing"), is_code("open"), is_code("text/html; charset=utf-8")
    (True, False, True)
    """
    try:
        return bool(StatusCode.parse(text).category)
    except MalformedStatusCodeError:
        return False


def _begins_as_code(text: str) -> bool:
    """Return True if a text begins with a category of the vocabulary and a slash, perhaps behind a fault."""
    category, slash, _ = text.lstrip(" /").partition("/")
    return bool(slash) and category.strip().lower() in categories()


def _is_list_of_words(name: str, value: object) -> bool:
    """Return True if a list that should hold objects holds none, and no text with a slash."""
    if not isinstance(value, list) or not value:
        return False
    if any(isinstance(item, (dict, list)) or (isinstance(item, str) and "/" in item) for item in value):
        return False
    return bool(root_members()[_meant(name)][0].children)


def _why_foreign(value: dict[str, object]) -> str:
    names = [name for name in value if name not in root_members()]
    found = ", ".join(quote(name) for name in names[:3])
    if len(names) == len(value):
        return f"none of its members is documented in the {KINDS_NAMED}; found {found}"
    return f"most of its members are not documented in the {KINDS_NAMED}; found {found}"


def _why_weak(known: list[str]) -> str:
    names = " and ".join(quote(name) for name in known[:_ENOUGH])
    verb = "are" if known[1:] else "alone is"
    return f"{names} {verb} not enough evidence of the {KINDS_NAMED}{USE_KIND}"
