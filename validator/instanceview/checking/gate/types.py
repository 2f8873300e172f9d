"""The types of documents that may have no finding: one for each element at an api-version, generated for msgspec.

Reading a text into them is parsing, the schema and some of the rules in one pass of native code. What the element
tables do not have is refused, and so are nulls, floating-point numbers and values of a list that some rule reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Raw, Struct, defstruct

from instanceview.checking.scope import hook_of_text, is_named
from instanceview.rules import rules_for
from instanceview.rules.rule import AtLeast, Site

if TYPE_CHECKING:
    from instanceview.rules.rule import Hook, Scope
    from instanceview.tables.elements import Element

_LEAST, _MOST = -(2**31), 2**31 - 1  # of the format int32, the only one of numbers
_NOTHING = Annotated[str, Meta(min_length=1, max_length=0)]
_SCALARS = {"boolean": bool, "string": str}


def clean_type(scope: Scope) -> type[Struct]:
    """Return the type of the documents of a scope; what a document lacks is None in it.

    A list that `is_kept_whole` is left as the text that it is.

    >>> import msgspec
    >>> from instanceview.checking.scope import scope_of
    >>> type_ = clean_type(scope_of("vm", "2024-07-01"))
    >>> msgspec.json.decode(b'{"platformFaultDomain": 1}', type=type_).platformFaultDomain
    1
    """
    return _struct(scope, scope.root)


def full_type(scope: Scope, element: Element) -> Any:  # noqa: ANN401 (a type made for the element)
    """Return the type of an element with all that is in it."""
    of = _struct(scope, element, full=True)
    return list[of] if element.member.type == "array" else of  # type: ignore[valid-type]  # made here


def document_reads() -> tuple[str, ...]:
    """Return the dotted paths that rules for whole documents read."""
    return tuple(dict.fromkeys(path for rule in rules_for("document") for path in rule.reads))


def is_kept_whole(scope: Scope, element: Element) -> bool:
    """Return True if a list is cached as one text: handlers and extensions, which are the same on many machines.

    These are the lists of named items that rules for whole documents look into. Without it a clean document takes 17 %
    longer (median of 3 runs of 9 rounds of 2 MB).
    """
    is_read = any(path.startswith(f"{element.path}.") for path in document_reads())
    return is_read and is_named(element) and is_single_list(scope, element)


def is_single_list(scope: Scope, element: Element) -> bool:
    """Return True if an element is a list of which a document has at most one: no list is around it."""
    around = scope.root
    for name in element.path.split(".")[:-1]:
        around = around.children[name]
        if around.member.type == "array":
            return False
    return element.member.type == "array"


def least_number() -> int | None:
    """Return the number from which on no rule reports any, None where some rule declares none."""
    least = [
        [each.least for each in rule.quiet.get("number", ()) if isinstance(each, AtLeast)]
        for rule in rules_for("number")
    ]
    return max(map(min, least), default=_LEAST) if all(least) else None


def is_reported(scope: Scope, hook: Hook, element: Element, value: object) -> bool:
    """Return True if some rule reports a value at an element."""
    site = Site(hook, scope, (element.path,), element, value, None)
    return any(True for rule in rules_for(hook) for _ in rule.check(site))


def _struct(scope: Scope, element: Element, *, full: bool = False) -> type[Struct]:
    names = element.names_at(scope.api_version)
    fields = [_field(scope, name, element.children[name], full=full) for name in names]
    # They hold no cycles for the garbage collector to look for. What is absent is not written again.
    return defstruct("Clean", fields, forbid_unknown_fields=True, omit_defaults=True, gc=False)


def _field(scope: Scope, name: str, element: Element, *, full: bool) -> Any:  # noqa: ANN401 (what defstruct takes)
    member = element.member
    of: Any = _values(scope, element) if member.values else _SCALARS.get(member.type)
    if member.type == "integer":
        least = least_number()
        of = Annotated[int, Meta(ge=_LEAST if least is None else max(least, _LEAST), le=_MOST)]
    if not full and is_kept_whole(scope, element):
        return (name, Raw, None)
    if element.children:
        of = _struct(scope, element, full=full)
    if member.type == "array":
        of = list[of]
    return (name, of) if member.required else (name, of, None)


def _values(scope: Scope, element: Element) -> Any:  # noqa: ANN401 (a type made for the element)
    """Return the type of the documented values that no rule reports."""
    hook = hook_of_text(element.member)
    values = [v for v in element.member.values_at(scope.api_version) if not is_reported(scope, hook, element, v)]
    return Literal[tuple(values)] if values else _NOTHING
