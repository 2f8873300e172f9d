"""Checks of a document that types cannot express: a generated function for each kind and api-version.

The function asks the rules about a value only if its key is new: keys that no rule reported are cached. Statuses repeat
from machine to machine, and so do whole lists of handlers and of extensions. It is generated because a call and a loop
for each element take twice as long.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import MsgspecError, json

from instanceview.checking.gate.asking import cached, holder_asker, list_cache, scalar_asker, texts_in_status_key
from instanceview.checking.gate.codegen import GeneratedSource, compile_function, indented, new_source
from instanceview.checking.gate.repeated_keys import repeated_keys
from instanceview.checking.gate.types import document_reads, full_type, is_kept_whole, is_single_list, least_number
from instanceview.checking.memo import compared_member, shortcut
from instanceview.checking.scope import hook_of_text, is_named, is_status, scope_of
from instanceview.checking.text_scan import covered_hooks, scannable_condition
from instanceview.rules.quiet import Distinct, Fewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.rules.quiet import Quiet
    from instanceview.rules.site import Hook, Scope
    from instanceview.tables.elements import Element


class _Making(NamedTuple):
    """The source of a function in the making, its scope, and whether it is for a list that is cached as a whole."""

    scope: Scope
    source: GeneratedSource
    is_whole: bool = False


@cache
def structure_check(kind: str, api_version: str) -> Callable[[Any], bool]:
    """Return a predicate on a document read as its `clean_type`: True if no rule reports it.

    Texts and times are left to the scan of the JSON text.

    >>> import msgspec
    >>> from instanceview.checking.gate.types import clean_type
    >>> type_ = clean_type(scope_of("vm", "2024-07-01"))
    >>> check = structure_check("vm", "2024-07-01")
    >>> check(msgspec.convert({"statuses": [{"code": "PowerState/gone"}]}, type_))
    False
    """
    making = _Making(scope_of(kind, api_version), new_source(api_version))
    root = making.scope.root
    lines = list(_lines_of_object(making, root, 0))
    document = _lines_asking(
        making, "document", root, "v0", lambda paths: making.source.members_expression(root, "v0", paths)
    )
    tokens = [f"{variable} = None" for variable in making.source.kept.values()]
    lines = [*tokens, *lines, *document, "return True"]
    return compile_function(making.source, f"{kind} at {api_version}", "v0", lines)


def _lines_asking(
    making: _Making, hook: Hook, element: Element, value: str, read: Callable[[Iterable[str]], str]
) -> Iterator[str]:
    """Yield the line that asks the rules of a hook about a value, unless their declarations allow to skip it.

    `read` returns the expression for the key: the members at the paths that the rules read.
    """
    declared = shortcut(hook)
    # The scan of the document's text answers for these.
    needed = [each for each in declared.needed if hook != "document" or not scannable_condition(each)]
    ask = holder_asker(making.scope, hook, element)
    conditions = [_condition(element, each, value) for each in needed]
    if declared.is_open or None in conditions:
        yield f"if {making.source.new_name('ask', ask)}({value}): return False"
        return
    quiet = [_condition(element, each, value) for each in declared.quiet or ()]
    known, learn = cached(ask)
    paths = [path for path in declared.reads if path != "*"]  # the types refuse members that no table has
    key = read(paths)
    if _is_in_document_key(making, element, paths):
        key = making.source.keep(element, paths)
        yield f"{key} = {read(paths)}"
    known_name, learn_name = making.source.new_name("known", known), making.source.new_name("learn", learn)
    asks = f"(k := {key}) not in {known_name} and {learn_name}(k, {value})"
    if quiet and None not in quiet:
        asks = f"not {_bracketed(' and ', map(str, quiet))} and {asks}"
    yield f"if {''.join(f'not {each} or ' for each in conditions)}{asks}: return False"


def _condition(element: Element, conditions: Iterable[Quiet], value: str) -> str | None:
    """Return the expression that is true if one of the conditions holds of a value, None if none can be generated."""
    parts = [f"len({value}) < {each.items}" for each in conditions if isinstance(each, Fewer)]
    names = [compared_member(each, element) for each in conditions if isinstance(each, Distinct)]
    parts += [f"len({{str(each.{name}).lower() for each in {value}}}) == len({value})" for name in names if name]
    return _bracketed(" or ", parts) if parts else None


def _bracketed(operator: str, parts: Iterable[str]) -> str:
    """Return parts joined by an operator, in brackets if there are several."""
    first, *others = parts
    return f"({operator.join([first, *others])})" if others else first


def _is_in_document_key(making: _Making, element: Element, paths: Iterable[str]) -> bool:
    """Return True if the key of a list is a part of the key of the document, so that it is read once for both."""
    below = {path.removeprefix(f"{element.path}.") for path in document_reads() if path.startswith(f"{element.path}.")}
    return not making.is_whole and is_single_list(making.scope, element) and below == set(paths)


def _lines_of_object(making: _Making, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that check an object and its members; its variable is `v` and its depth."""
    value = f"v{depth}"
    here = {name: element.children[name] for name in element.names_at(making.scope.api_version)}
    in_key: tuple[str, ...] = ()
    if is_status(element) and element.path:
        yield from _lines_asking(
            making, "status", element, value, lambda paths: making.source.members_expression(element, value, paths)
        )
        in_key = texts_in_status_key()
    for name, child in here.items():
        if child.children:
            yield from _lines_of_holder(making, f"{value}.{name}", child, depth + 1)
        elif name not in in_key:
            yield from _lines_of_scalar(making, f"{value}.{name}", child)


def _lines_of_scalar(making: _Making, place: str, element: Element) -> Iterator[str]:
    """Yield the line that asks about the scalar at a place, unless types or the scan answer for it."""
    hook: Hook = "number" if element.member.type == "integer" else hook_of_text(element.member)
    # No rule is asked about a boolean. The types have only the numbers and the listed values that no rule reports.
    is_typed = least_number() is not None if hook == "number" else bool(element.member.values)
    if element.member.type == "boolean" or is_typed or hook in covered_hooks():
        return
    known, learn = cached(scalar_asker(making.scope, hook, element))
    known_name, learn_name = making.source.new_name("known", known), making.source.new_name("learn", learn)
    yield f"if (k := {place}) is not None and k not in {known_name} and {learn_name}(k, k): return False"


def _lines_of_holder(making: _Making, place: str, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that check the object, or the list and its objects, at a place."""
    name = f"v{depth}" if element.member.type == "object" else f"l{depth}"
    if element.member.type == "object":
        lines = list(_lines_of_object(making, element, depth))
    elif is_kept_whole(making.scope, element) and not making.is_whole:
        yield from _lines_of_whole_list(making, place, element)
        return
    else:
        lines = list(_lines_of_list(making, element, depth))
    if lines:
        yield f"{name} = {place}"
        yield f"if {name} is not None:"
        yield from indented(lines)


def _lines_of_list(making: _Making, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that check a list and its items; its variable is `l` and its depth."""
    items = f"l{depth}"
    hook: Hook | None = "statuses" if is_status(element) else "named" if is_named(element) else None
    if hook:
        yield from _lines_asking(
            making, hook, element, items, lambda paths: making.source.items_expression(element, items, paths)
        )
    lines = list(_lines_of_object(making, element, depth))
    if lines:
        yield f"for v{depth} in {items}:"
        yield from indented(lines)


def _lines_of_whole_list(making: _Making, place: str, element: Element) -> Iterator[str]:
    """Yield the lines that look up the text of a list, and learn it if it is new."""
    known, learn = list_cache(_key_of_text(making, element))
    known_name, learn_name = making.source.new_name("known", known), making.source.new_name("learn", learn)
    token = making.source.keep(element)
    yield f"{token} = {place}"
    yield f"if {token} is not None:"
    yield f" {token} = bytes({token})"
    yield f" {token} = {known_name}({token}) or {learn_name}({token})"
    yield f" if {token} is None: return False"


def _key_of_text(making: _Making, element: Element) -> Callable[[bytes], Any]:
    """Return a function from the text of a list to its part of the document's key, None if a rule reports it."""
    scope = making.scope
    title = f"{element.path} of {scope.kind} at {scope.api_version}"
    inner = _Making(scope, new_source(scope.api_version), is_whole=True)
    is_clean = compile_function(inner.source, title, "l0", [*_lines_of_list(inner, element, 0), "return True"])
    below = [path.removeprefix(f"{element.path}.") for path in document_reads() if path.startswith(f"{element.path}.")]
    key_line = f"return {inner.source.items_expression(element, 'l0', below)}"
    read_key = compile_function(inner.source, f"key of {title}", "l0", [key_line])
    read = json.Decoder(full_type(scope, element)).decode
    may_repeat_keys = repeated_keys()

    def key_of_text(text: bytes) -> Any:  # noqa: ANN401 (a tuple of members)
        try:
            items = read(text)
        except MsgspecError:
            return None
        return read_key(items) if is_clean(items) and not may_repeat_keys(items, text) else None

    return key_of_text
