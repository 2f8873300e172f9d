"""The types of what may have no finding: one for each element of a kind at an api-version, made for msgspec.

Reading a text into them is parsing, the schema and some of the rules in one pass of native code: what the element
tables do not have is refused, and so are null, negative numbers and values outside a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType, defstruct

from instanceview.checking.scope import is_named, scope_of
from instanceview.rules import rules_for

if TYPE_CHECKING:
    from instanceview.rules.rule import Hook
    from instanceview.tables.elements import Element

_INT32 = Annotated[int, Meta(ge=0, le=2**31 - 1)]
_SCALARS = {"integer": _INT32, "boolean": bool, "string": str}


def clean_type(kind: str, api_version: str) -> type[Struct]:
    """Return the type of the documents of a kind at an api-version; what a document lacks is UNSET in it.

    What `is_kept_whole` is left as the text that it is.

    >>> import msgspec
    >>> msgspec.json.decode(b'{"platformFaultDomain": 1}', type=clean_type("vm", "2024-07-01")).platformFaultDomain
    1
    """
    return _struct(scope_of(kind, api_version).root, api_version)


def full_type(element: Element, api_version: str) -> Any:  # noqa: ANN401 (a type made for the element)
    """Return the type of an element with all that is in it."""
    of = _struct(element, api_version, full=True)
    return list[of] if element.member.type == "array" else of  # type: ignore[valid-type]  # made here


def reads(hook: Hook) -> tuple[str, ...]:
    """Return the members that decide for the rules of a hook."""
    return tuple(dict.fromkeys(name for rule in rules_for(hook) for name in rule.reads))


def is_kept_whole(element: Element) -> bool:
    """Return whether a list is remembered as one text: handlers and extensions, which are the same on many machines.

    These are the lists of named items that rules of whole documents look into.
    """
    is_read = any(path.startswith(f"{element.path}.") for path in reads("document"))
    return is_read and element.member.type == "array" and is_named(element)


def _struct(element: Element, api_version: str, *, full: bool = False) -> type[Struct]:
    fields = [_field(name, element.children[name], api_version, full=full) for name in element.names_at(api_version)]
    # They hold no cycles for the garbage collector to look for.
    return defstruct("Clean", fields, forbid_unknown_fields=True, gc=False)


def _field(name: str, element: Element, api_version: str, *, full: bool) -> Any:  # noqa: ANN401 (what defstruct takes)
    member = element.member
    values = member.values_at(api_version)
    of: Any = Literal[values] if values else _SCALARS.get(member.type)
    if not full and is_kept_whole(element):
        return (name, Raw, UNSET)
    if element.children:
        of = _struct(element, api_version, full=full)
    if member.type == "array":
        of = list[of]
    return (name, of) if member.required else (name, of | UnsetType, UNSET)
