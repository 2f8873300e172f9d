"""What no type can say of a document: a function for each kind and api-version asks the rules, once for each value.

What the rules had nothing to say of is remembered, and statuses, names and versions repeat. The function is written
as text and compiled, as the standard library makes its dataclasses: with a call and a loop for each element instead,
it takes twice as long, and it is most of what a document costs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET, to_builtins

from instanceview.rule import NAMES, Site
from instanceview.rules import rules_for
from instanceview.rules.malformed_time import plain_time
from instanceview.text import may_hold_secret, redact
from instanceview.visits import hook_of_text, is_named, is_status, scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from instanceview.elements import Element
    from instanceview.rule import Hook, Scope

_MOST = 1 << 12  # what is remembered in one place, before it is forgotten: names and addresses never repeat


class _Made(NamedTuple):
    """A function in the making: the tables it is for, and the values that its names stand for."""

    scope: Scope
    names: dict[str, Any]

    def name(self, value: object) -> str:
        """Return a new name for a value."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name


@cache
def clean_check(kind: str, api_version: str) -> Callable[[Any], bool]:
    """Return what says of a document, read as its `clean_type`, whether it is sure that no rule has to say of it.

    >>> import msgspec
    >>> from instanceview.clean_types import clean_type
    >>> document = msgspec.convert({"computerName": "<name>"}, clean_type("vm", "2024-07-01"))
    >>> clean_check("vm", "2024-07-01")(document)
    False
    """
    scope = scope_of(kind, api_version)
    made = _Made(scope, {"UNSET": UNSET})
    lines = ["def check(v0):", *_inside([*_object(made, scope.root, 0), *_document(made), "return True"])]
    exec("\n".join(lines), made.names)  # noqa: S102 (its names are those of the element tables, no input's)
    check: Callable[[Any], bool] = made.names["check"]
    return check


def _inside(lines: Iterable[str]) -> list[str]:
    return [f" {line}" for line in lines]


def _object(made: _Made, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at an object, which is called `v` and its depth, and at what it holds."""
    value = f"v{depth}"
    here = {name: element.children[name] for name in element.names_at(made.scope.api_version)}
    open_texts = {n: child for n, child in here.items() if child.member.type == "string" and not child.member.values}
    times = {name: child for name, child in open_texts.items() if hook_of_text(child.member) == "time"}
    texts = {name: child for name, child in open_texts.items() if name not in times}
    if is_status(element):
        deciding = tuple(name for name in _reads("status") if name in here)
        yield _asked(
            made, value, _tuple([f"{value}.{name}" for name in deciding]), _status(made.scope, element, deciding)
        )
        texts = {name: child for name, child in texts.items() if name not in deciding}
    if texts:
        yield _asked(
            made, value, _tuple([f"{value}.{name}" for name in texts]), _texts(made.scope, tuple(texts.values()))
        )
    for name, child in times.items():
        plain, ask = made.name(plain_time()), made.name(_has_nothing(made.scope, child, "time"))
        yield f"t = {value}.{name}"
        yield f"if t is not UNSET and not {plain}(t) and not {ask}(t): return False"
    for name, child in here.items():
        if child.children:
            yield from _held(made, f"{value}.{name}", child, depth + 1)


def _held(made: _Made, place: str, element: Element, depth: int) -> Iterator[str]:
    """Yield the lines that look at the object, or at the objects of the list, at a place."""
    lines = list(_object(made, element, depth))
    if element.member.type == "object":
        if lines:
            yield f"v{depth} = {place}"
            yield f"if v{depth} is not UNSET:"
            yield from _inside(lines)
        return
    items = f"l{depth}"
    yield f"{items} = {place}"
    yield f"if {items}:"
    if is_status(element):
        (name,) = _reads("statuses")
        key = f"tuple([each.{name} for each in {items}])"
        yield from _inside(
            [f"if len({items}) > 1:", " " + _asked(made, items, key, _statuses(made.scope, element, name))]
        )
    elif is_named(element):
        name = next(each for each in NAMES if each in element.children)
        # Two that have no name are left to the rules.
        names = f"{{str(each.{name}).lower() for each in {items}}}"
        yield f" if len({items}) > 1 and len({names}) < len({items}): return False"
    yield from _inside([f"for v{depth} in {items}:", *_inside(lines or ["pass"])])


def _document(made: _Made) -> Iterator[str]:
    """Yield the line that looks at the document as a whole, by the members that decide for its rules."""

    def has_nothing(_: object, document: object) -> bool:
        return _has_nothing(made.scope, made.scope.root, "document")(to_builtins(document))

    yield _asked(made, "v0", _key(made.scope, made.scope.root, "v0", _reads("document")), has_nothing)


def _key(scope: Scope, element: Element, value: str, paths: Iterable[str]) -> str:
    """Return the text of the tuple of what stands at dotted paths below a value, of each item where one is a list."""
    below: dict[str, list[str]] = {}
    for path in paths:
        name, _, rest = path.partition(".")
        if name.removesuffix("?") in element.names_at(scope.api_version):
            below.setdefault(name, []).extend([rest] if rest else [])
    parts: list[str] = []
    for name, rests in below.items():
        place = f"{value}.{name.removesuffix('?')}"
        if rests:
            child = element.children[name]
            item = "each" + place.replace(".", "_") if child.member.type == "array" else place
            held = _key(scope, child, item, rests)
            of_items = held if item == place else f"tuple([{held} for {item} in {place}])"
            parts.append(f"None if {place} is UNSET else {of_items}")
        else:
            parts.append(f"bool({place})" if name.endswith("?") else place)
    return _tuple(parts)


def _reads(hook: Hook) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for rule in rules_for(hook) for name in rule.reads))


def _tuple(parts: Sequence[str]) -> str:
    """Return the text of a tuple, of one part that part: it is hashed in half the time."""
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"


def _asked(made: _Made, value: str, key: str, has_nothing: Callable[[Any, Any], bool]) -> str:
    """Return the line that asks of a value unless what decides, its key, was met before."""
    known: set[object] = set()

    def learn(key: object, value: object) -> bool:
        if not has_nothing(key, value):
            return False
        if len(known) >= _MOST:
            known.clear()
        known.add(key)
        return True

    return f"if (k := {key}) not in {made.name(known)} and not {made.name(learn)}(k, {value}): return False"


def _has_nothing(scope: Scope, element: Element, hook: Hook) -> Callable[[object], bool]:
    """Return what says whether the rules have nothing to say of a value at an element."""

    def has_nothing(value: object) -> bool:
        # Where the value stands makes no difference to that.
        site = Site(hook, scope, (element.path,), element, value, None)
        return not any(True for rule in rules_for(hook) for _ in rule.check(site))

    return has_nothing


def _texts(scope: Scope, elements: tuple[Element, ...]) -> Callable[[Any, Any], bool]:
    def has_nothing(key: Any, _: object) -> bool:  # noqa: ANN401 (a text, UNSET, or a tuple of them)
        pairs = zip(elements, key if isinstance(key, tuple) else (key,), strict=True)
        doubtful = [each for each in pairs if each[1] is not UNSET and not _is_plain(each[1])]
        return all(_text_has_nothing(scope, element, text) for element, text in doubtful)

    return has_nothing


def _is_plain(text: str) -> bool:
    """Return whether a text holds neither secret nor placeholder, as nearly all of those that never repeat."""
    return "<" not in text and "{" not in text and not may_hold_secret(text)


def _text_has_nothing(scope: Scope, element: Element, text: str) -> bool:
    hook = hook_of_text(element.member)
    # The schema has the grammar of codes.
    hooks: tuple[Hook, ...] = ("pattern", "code") if hook == "code" else (hook,)
    return redact(text) == text and all(_has_nothing(scope, element, each)(text) for each in hooks)


def _status(scope: Scope, element: Element, names: tuple[str, ...]) -> Callable[[Any, Any], bool]:
    def has_nothing(key: Any, _: object) -> bool:  # noqa: ANN401 (a text, UNSET, or a tuple of them)
        each = key if isinstance(key, tuple) else (key,)
        status = {name: text for name, text in zip(names, each, strict=True) if text is not UNSET}
        texts = ((element.children[name], text) for name, text in status.items())
        if not all(_text_has_nothing(scope, child, text) for child, text in texts):
            return False
        return _has_nothing(scope, element, "status")(status)

    return has_nothing


def _statuses(scope: Scope, element: Element, name: str) -> Callable[[Any, Any], bool]:
    def has_nothing(key: tuple[Any, ...], _: object) -> bool:
        return UNSET not in key and _has_nothing(scope, element, "statuses")([{name: each} for each in key])

    return has_nothing
