"""The types of documents that may have no finding: one for each element at an api-version, generated for msgspec.

Reading a text into them parses it and checks the schema and some of the rules, in one pass of native code. They refuse
members that the element tables lack, nulls, floating-point numbers and listed values that some rule reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Raw, Struct, defstruct

from instanceview.checking.scope import hook_of_text, is_named
from instanceview.rules import rules_for
from instanceview.rules.quiet import AtLeast
from instanceview.rules.site import Site
from instanceview.tables.catalog import SCHEMA_MEMBER

if TYPE_CHECKING:
    from instanceview.rules.site import Hook, Scope
    from instanceview.tables.elements import Element

_INT32_MIN, _INT32_MAX = -(2**31), 2**31 - 1  # the format int32, the only one that our tables have for numbers
_NO_TEXT = Annotated[str, Meta(min_length=1, max_length=0)]
_FOR_EDITORS = "schema_of_editors"  # the name of the field: that of the member is not an identifier
_SCALARS = {"boolean": bool, "string": str}


def clean_type(scope: Scope) -> type[Struct]:
    """Return the type of the documents of a scope; a member that a document lacks is None.

    A list that `is_kept_whole` stays JSON text.

    >>> import msgspec
    >>> from instanceview.checking.scope import scope_of
    >>> type_ = clean_type(scope_of("vm", "2024-07-01"))
    >>> msgspec.json.decode(b'{"platformFaultDomain": 1}', type=type_).platformFaultDomain
    1
    """
    return _struct(scope, scope.root)


def full_type(scope: Scope, element: Element) -> Any:  # noqa: ANN401 (a type made for the element)
    """Return the type of an element without lists that stay JSON text."""
    of = _struct(scope, element, full=True)
    return list[of] if element.member.type == "array" else of  # type: ignore[valid-type]  # made here


def document_reads() -> tuple[str, ...]:
    """Return the dotted paths that rules for whole documents declare as their `reads`."""
    return tuple(dict.fromkeys(path for rule in rules_for("document") for path in rule.reads))


def is_kept_whole(scope: Scope, element: Element) -> bool:
    """Return True if a list is cached as one text: handlers and extensions, which are the same on many machines.

    They are the lists of named items below which rules for whole documents read. Without this a clean document takes
    17 % longer (median of 3 runs of 9 rounds of 2 MB).
    """
    is_read = any(path.startswith(f"{element.path}.") for path in document_reads())
    return is_read and is_named(element) and is_single_list(scope, element)


def is_single_list(scope: Scope, element: Element) -> bool:
    """Return True if an element is a list that is not inside another list: a document has at most one of it."""
    around = scope.root
    for name in element.path.split(".")[:-1]:
        around = around.children[name]
        if around.member.type == "array":
            return False
    return element.member.type == "array"


def least_number() -> int | None:
    """Return the least number from which on no rule reports one, None if some rule declares no such number."""
    least = [
        [each.least for each in rule.quiet.get("number", ()) if isinstance(each, AtLeast)]
        for rule in rules_for("number")
    ]
    return max(map(min, least), default=_INT32_MIN) if all(least) else None


def is_reported(scope: Scope, hook: Hook, element: Element, value: object) -> bool:
    """Return True if some rule reports a value at an element."""
    site = Site(hook, scope, (element.path,), element, value, None)
    return any(True for rule in rules_for(hook) for _ in rule.check(site))


def _struct(scope: Scope, element: Element, *, full: bool = False) -> type[Struct]:
    names = element.names_at(scope.api_version)
    fields = [_field(scope, name, element.children[name], full=full) for name in names]
    fields += [] if element.path else [(_FOR_EDITORS, str, None)]
    # The values have no cycles, so the garbage collector need not track them. Absent members are not written again.
    renamed = {_FOR_EDITORS: SCHEMA_MEMBER}
    return defstruct("Clean", fields, rename=renamed, forbid_unknown_fields=True, omit_defaults=True, gc=False)


def _field(scope: Scope, name: str, element: Element, *, full: bool) -> Any:  # noqa: ANN401 (what defstruct takes)
    member = element.member
    of: Any = _quiet_values(scope, element) if member.values else _SCALARS.get(member.items or member.type)
    if member.type == "integer":
        least = least_number()
        of = Annotated[int, Meta(ge=_INT32_MIN if least is None else max(least, _INT32_MIN), le=_INT32_MAX)]
    if not full and is_kept_whole(scope, element):
        return (name, Raw, None)
    if element.children:
        of = _struct(scope, element, full=full)
    if member.type == "array":
        of = list[of]
    return (name, of) if member.required else (name, of, None)


def _quiet_values(scope: Scope, element: Element) -> Any:  # noqa: ANN401 (a type made for the element)
    """Return the type of the documented values that no rule reports."""
    hook = hook_of_text(element.member)
    values = [v for v in element.member.values_at(scope.api_version) if not is_reported(scope, hook, element, v)]
    return Literal[tuple(values)] if values else _NO_TEXT
