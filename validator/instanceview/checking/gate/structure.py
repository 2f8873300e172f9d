"""What no type can say of a document, generated as one function for each kind and api-version.

It asks the rules once of each value: keys that no rule reported are cached. Statuses repeat, and so do the texts of
handlers and extensions as a whole. Generated, since a call and a loop for each element take twice as long.
"""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import MsgspecError, json

from instanceview.checking.gate.codegen import Source, compiled, indented, new_source
from instanceview.checking.gate.repeated_keys import repeated_keys
from instanceview.checking.gate.types import (
    document_reads,
    full_type,
    is_kept_whole,
    is_reported,
    is_single_list,
    least_number,
)
from instanceview.checking.memo import Memo, first_of, shortcut
from instanceview.checking.scope import hook_of_text, is_named, is_status, scope_of
from instanceview.checking.text_scan import covered_hooks, scanned
from instanceview.rules.rule import Distinct, Fewer

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from instanceview.rules.rule import Hook, Quiet, Scope
    from instanceview.tables.elements import Element

_MOST_LISTS = 1 << 10  # lists of one element: a fleet has some dozens, and each may take 8 KB
_LONGEST_LIST = 1 << 13  # bytes; handlers of a machine take 2 to 6 KB


class _Making(NamedTuple):
    """A function in the making, the tables that it is for, and whether it is for a list that is cached as a whole."""

    scope: Scope
    source: Source
    is_whole: bool = False


@cache
def structure_check(kind: str, api_version: str) -> Callable[[Any], bool]:
    """Return a predicate on a document read as its `clean_type`: True if no rule reports it, its texts and times aside.

    >>> import msgspec
    >>> from instanceview.checking.gate.types import clean_type
    >>> type_ = clean_type(scope_of("vm", "2024-07-01"))
    >>> check = structure_check("vm", "2024-07-01")
    >>> check(msgspec.convert({"statuses": [{"code": "PowerState/gone"}]}, type_))
    False
    """
    making = _Making(scope_of(kind, api_version), new_source(api_version))
    root = making.scope.root
    lines = list(_object(making, root, 0))
    document = _asked(making, "document", root, "v0", lambda paths: making.source.reading(root, "v0", paths))
    tokens = [f"{variable} = None" for variable in making.source.kept.values()]
    return compiled(making.source, f"{kind} at {api_version}", "v0", [*tokens, *lines, *document, "return True"])


def _asked(
    making: _Making, hook: Hook, element: Element, value: str, read: Callable[[Iterable[str]], str]
) -> Iterator[str]:
    """Yield the line that asks the rules of a hook about a value, unless what they declare says that none reports it.

    `read` returns the expression for what is at the members that a rule reads.
    """
    declared = shortcut(hook)
    # What a document's texts must not hold is looked for by the scan of its text.
    needed = [each for each in declared.needed if hook != "document" or not scanned(each)]
    ask = _asker(making.scope, hook, element)
    conditions = [_condition(element, each, value) for each in needed]
    if declared.is_open or None in conditions:
        yield f"if {making.source.name(ask)}({value}): return False"
        return
    quiet = [_condition(element, each, value) for each in declared.quiet or ()]
    known, learn = _cached(ask)
    paths = [path for path in declared.reads if path != "*"]  # the types refuse what no table has
    key = read(paths)
    if _is_read_again(making, element, paths):
        key = making.source.keep(element, paths)
        yield f"{key} = {read(paths)}"
    asks = f"(k := {key}) not in {making.source.name(known)} and {making.source.name(learn)}(k, {value})"
    if quiet and None not in quiet:
        asks = f"not ({' and '.join(map(str, quiet))}) and {asks}"
    yield f"if {''.join(f'not {each} or ' for each in conditions)}{asks}: return False"


def _condition(element: Element, conditions: Iterable[Quiet], value: str) -> str | None:
    """Return the expression that is true if one of the conditions holds of a value, None where none is known here."""
    parts = [f"len({value}) < {each.items}" for each in conditions if isinstance(each, Fewer)]
    names = [first_of(each, element) for each in conditions if isinstance(each, Distinct)]
    parts += [f"len({{str(each.{name}).lower() for each in {value}}}) == len({value})" for name in names if name]
    return f"({' or '.join(parts)})" if parts else None


def _is_read_again(making: _Making, element: Element, paths: Iterable[str]) -> bool:
    """Return True if the key of a list, which occurs once in a document, is in the key of the document too."""
    below = {path.removeprefix(f"{element.path}.") for path in document_reads() if path.startswith(f"{element.path}.")}
    return not making.is_whole and is_single_list(making.scope, element) and below == set(paths)


def _in_key() -> tuple[str, ...]:
    """Return the members of a status whose texts are asked about with it, where it is asked whenever they are new."""
    declared = shortcut("status")
    return () if declared.quiet else declared.reads


def _asker(scope: Scope, hook: Hook, element: Element) -> Callable[[Any], bool]:
    """Return a predicate on a value that was read into a type: True if a rule reports it, or a text of its key."""
    texts = [element.children[name] for name in (_in_key() if hook == "status" else ()) if name in element.children]

    def ask(value: Any) -> bool:  # noqa: ANN401 (of a generated type)
        plain = json.decode(json.encode(value))  # rules look for objects and lists
        if is_reported(scope, hook, element, plain):
            return True
        held = [(child, plain[name]) for child in texts if (name := child.path.rpartition(".")[2]) in plain]
        return any(_is_text_reported(scope, child, text) for child, text in held)

    return ask


def _is_text_reported(scope: Scope, element: Element, text: str) -> bool:
    hook = hook_of_text(element.member)
    # The schema has the grammar of codes, whose rules are asked here too.
    hooks: tuple[Hook, ...] = ("pattern", "code") if hook == "code" else (hook,)
    return any(is_reported(scope, each, element, text) for each in hooks)


def _cached(ask: Callable[[Any], bool]) -> tuple[dict[Hashable, object], Callable[[Hashable, Any], bool]]:
    """Return the keys that are known, and a function that asks about a value and caches its key."""
    memo = Memo()

    def learn(key: Hashable, value: object) -> bool:
        if ask(value):
            return True
        memo.add(key)
        return False

    return memo.known, learn


def _object(making: _Making, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at an object, which is called `v` and its depth, and at what it holds."""
    value = f"v{depth}"
    here = {name: element.children[name] for name in element.names_at(making.scope.api_version)}
    in_key: tuple[str, ...] = ()
    if is_status(element) and element.path:
        yield from _asked(making, "status", element, value, lambda paths: making.source.reading(element, value, paths))
        in_key = _in_key()
    for name, child in here.items():
        if child.children:
            yield from _held(making, f"{value}.{name}", child, depth + 1)
        elif name not in in_key:
            yield from _scalars(making, f"{value}.{name}", child)


def _scalars(making: _Making, place: str, element: Element) -> Iterator[str]:
    """Yield the line that asks about the scalar at a place."""
    hook: Hook = "number" if element.member.type == "integer" else hook_of_text(element.member)
    # The type has only values that no rule reports, and what a scan answers for is not asked here.
    if element.member.type == "boolean" or element.member.values:
        return
    if least_number() is not None if hook == "number" else hook in covered_hooks():
        return
    known, learn = _cached(_scalar_asker(making.scope, hook, element))
    known_name, learn_name = making.source.name(known), making.source.name(learn)
    yield f"if (k := {place}) is not None and k not in {known_name} and {learn_name}(k, k): return False"


def _scalar_asker(scope: Scope, hook: Hook, element: Element) -> Callable[[Any], bool]:
    if hook == "code":
        return lambda text: _is_text_reported(scope, element, text)
    return lambda value: is_reported(scope, hook, element, value)


def _held(making: _Making, place: str, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at the object, or at the objects of the list, at a place."""
    name = f"v{depth}" if element.member.type == "object" else f"l{depth}"
    if element.member.type == "object":
        lines = list(_object(making, element, depth))
    elif is_kept_whole(making.scope, element) and not making.is_whole:
        yield from _whole(making, place, element)
        return
    else:
        lines = list(_items(making, element, depth))
    if lines:
        yield f"{name} = {place}"
        yield f"if {name} is not None:"
        yield from indented(lines)


def _items(making: _Making, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at a list, which is called `l` and its depth, and at its items."""
    items = f"l{depth}"
    hook: Hook | None = "statuses" if is_status(element) else "named" if is_named(element) else None
    if hook:
        yield from _asked(making, hook, element, items, lambda paths: making.source.items(element, items, paths))
    lines = list(_object(making, element, depth))
    if lines:
        yield f"for v{depth} in {items}:"
        yield from indented(lines)


def _whole(making: _Making, place: str, element: Element) -> Iterator[str]:
    """Yield the lines that look up the text of a list, and learn what decides of it where it is new."""
    known, learn = list_cache(_decide(making, element))
    token = making.source.keep(element)
    yield f"{token} = {place}"
    yield f"if {token} is not None:"
    yield f" {token} = bytes({token})"
    yield f" {token} = {making.source.name(known)}({token}) or {making.source.name(learn)}({token})"
    yield f" if {token} is None: return False"


def list_cache(
    decide: Callable[[bytes], Hashable],
) -> tuple[Callable[[Hashable], object], Callable[[bytes], object]]:
    """Return two functions: one looks up the text of a list, the other learns a new one.

    Both return a number for what `decide` returns, None for a list that is not known or that a rule reports.
    """
    memo = Memo(_MOST_LISTS, _LONGEST_LIST)
    numbers = Memo(_MOST_LISTS, _LONGEST_LIST)
    new = count(1)  # a number that was forgotten is not given again

    def learn(text: bytes) -> object:
        key = decide(text)
        if key is None:
            return None
        number = numbers.known.get(key) or next(new)
        numbers.add(key, number)
        memo.add(text, number)
        return number

    return memo.known.get, learn


def _decide(making: _Making, element: Element) -> Callable[[bytes], Any]:
    """Return a function from the text of a list to what decides of it for a document, None if a rule reports it."""
    scope = making.scope
    title = f"{element.path} of {scope.kind} at {scope.api_version}"
    inner = _Making(scope, new_source(scope.api_version), is_whole=True)
    is_clean = compiled(inner.source, title, "l0", [*_items(inner, element, 0), "return True"])
    below = [path.removeprefix(f"{element.path}.") for path in document_reads() if path.startswith(f"{element.path}.")]
    read_key = compiled(inner.source, f"key of {title}", "l0", [f"return {inner.source.items(element, 'l0', below)}"])
    read = json.Decoder(full_type(scope, element)).decode
    may_repeat_keys = repeated_keys()

    def decide(text: bytes) -> Any:  # noqa: ANN401 (a tuple of what is at the places that are read)
        try:
            items = read(text)
        except MsgspecError:
            return None
        return read_key(items) if is_clean(items) and not may_repeat_keys(items, text) else None

    return decide
