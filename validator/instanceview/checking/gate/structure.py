"""What no type can say of a document, its texts aside: a function for each kind and api-version asks the rules.

They are asked once of each value: what they had nothing to say of is remembered. Statuses repeat, and so do the texts
of handlers and extensions as a whole. The function is written as text and compiled, as the standard library makes its
dataclasses: with a call and a loop for each element instead, it takes twice as long.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import MsgspecError, json

from instanceview.checking.gate.ask import Asker
from instanceview.checking.gate.codegen import Made, compiled, inside, new, tuple_of
from instanceview.checking.gate.repeated_keys import repeated_keys
from instanceview.checking.gate.types import full_type, is_kept_whole, reads
from instanceview.checking.scope import is_named, is_status, scope_of
from instanceview.rules.rule import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.tables.elements import Element


@cache
def clean_check(kind: str, api_version: str) -> Callable[[Any], bool]:
    """Return what says of a document, read as its `clean_type`, whether it is sure that no rule has to say of it.

    >>> import msgspec
    >>> from instanceview.checking.gate.types import clean_type
    >>> document = msgspec.convert({"statuses": [{"code": "PowerState/gone"}]}, clean_type("vm", "2024-07-01"))
    >>> clean_check("vm", "2024-07-01")(document)
    False
    """
    scope = scope_of(kind, api_version)
    made = new(Asker(scope))
    lines = list(_object(made, scope.root, 0))
    decides = made.decides(scope.root, "v0", reads("document"))
    document = made.asked("v0", decides, made.asker.document)
    return compiled(made, "v0", [*(f"{key} = None" for key in made.keys.values()), *lines, document, "return True"])


def _object(made: Made, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at an object, which is called `v` and its depth, and at what it holds."""
    value = f"v{depth}"
    here = {name: element.children[name] for name in element.names_at(made.asker.scope.api_version)}
    if is_status(element):
        deciding = [name for name in reads("status") if name in here]
        key = tuple_of([f"{value}.{name}" for name in deciding])
        yield made.asked(value, key, made.asker.status(element, deciding))
    for name, child in here.items():
        if child.children:
            yield from _held(made, f"{value}.{name}", child, depth + 1)


def _held(made: Made, place: str, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at the object, or at the objects of the list, at a place."""
    if element.member.type == "object":
        lines = [*_read(made, element, f"v{depth}"), *_object(made, element, depth)]
        if lines:
            yield f"v{depth} = {place}"
            yield f"if v{depth} is not UNSET:"
            yield from inside(lines)
    elif is_kept_whole(element):
        yield from _whole(made, place, element)
    else:
        lines = list(_items(made, element, depth))
        if lines:
            yield f"l{depth} = {place}"
            yield f"if l{depth}:"
            yield from inside(lines)


def _read(made: Made, element: Element, value: str) -> Iterator[str]:
    """Yield the lines that keep what rules of whole documents look at in an object of the document."""
    for name in element.names_at(made.asker.scope.api_version):
        child = element.children[name]
        if "." not in element.path and child.path in reads("document"):
            yield f"{made.key(child)} = {value}.{name}"


def _items(made: Made, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at the items of a list that is not empty."""
    items = f"l{depth}"
    if is_status(element):
        (name,) = reads("statuses")
        # One item is the most frequent, and a comprehension the dearest.
        key = f"({items}[0].{name},) if len({items}) == 1 else tuple([each.{name} for each in {items}])"
        if f"{element.path}.{name}" in reads("document") and not made.is_whole:
            yield f"{made.key(element)} = {key}"
            key = made.key(element)
        yield f"if len({items}) > 1:"
        yield " " + made.asked(items, f"({key})", made.asker.statuses(element, name))
    elif is_named(element):
        name = next(each for each in NAMES if each in element.children)
        # Two that have no name are left to the rules.
        names = f"{{str(each.{name}).lower() for each in {items}}}"
        yield f"if len({items}) > 1 and len({names}) < len({items}): return False"
    lines = list(_object(made, element, depth))
    if lines:
        yield f"for v{depth} in {items}:"
        yield from inside(lines)


def _whole(made: Made, place: str, element: Element) -> Iterator[str]:
    """Yield the lines that look up the text of a list, and learn what decides of it where it was not met before."""
    known, learn = made.asker.whole(_decides(made, element))
    key = made.key(element)
    yield f"{key} = {place}"
    yield f"if {key} is not UNSET:"
    yield f" {key} = bytes({key})"
    yield f" {key} = {made.name(known)}({key}) or {made.name(learn)}({key})"
    yield f" if {key} is None: return False"


def _decides(made: Made, element: Element) -> Callable[[bytes], Any]:
    """Return what reads the text of a list and returns what decides of it for whole documents, None if not clean."""
    inner = new(made.asker, is_whole=True)
    is_clean = compiled(inner, "l0", [*_items(inner, element, 0), "return True"])
    below = [path.removeprefix(f"{element.path}.") for path in reads("document") if path.startswith(f"{element.path}.")]
    key = compiled(inner, "items", [f"return tuple([{inner.decides(element, 'each', below)} for each in items])"])
    read = json.Decoder(full_type(element, made.asker.scope.api_version)).decode
    may_repeat_keys = repeated_keys()

    def decides(text: bytes) -> Any:  # noqa: ANN401 (a tuple of what stands at the places that are read)
        try:
            items = read(text)
        except MsgspecError:
            return None
        return key(items) if is_clean(items) and not may_repeat_keys(items, text) else None

    return decides
