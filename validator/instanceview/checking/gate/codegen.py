"""The text of a function in the making: names for values, lines that ask the rules, and keys that decide for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from instanceview.checking.gate.ask import Asker
    from instanceview.tables.elements import Element


class Made(NamedTuple):
    """A function in the making: who asks the rules, the values that its names stand for, and the names of keys.

    `keys` has the variables that hold what decides at the places that rules of whole documents look at; `is_whole` says
    that it is for the items of a list that is kept whole.
    """

    asker: Asker
    names: dict[str, Any]
    keys: dict[str, str]
    is_whole: bool = False

    def name(self, value: object) -> str:
        """Return a new name for a value."""
        name = f"_{len(self.names)}"
        self.names[name] = value
        return name

    def key(self, element: Element) -> str:
        """Return the variable for what decides at an element."""
        return self.keys.setdefault(element.path, f"k{len(self.keys)}")

    def asked(self, value: str, key: str, has_nothing: Callable[[Any, Any], bool]) -> str:
        """Return the line that asks of a value unless what decides, its key, was met before."""
        known, learn = self.asker.remembered(has_nothing)
        return f"if (k := {key}) not in {self.name(known)} and not {self.name(learn)}(k, {value}): return False"

    def decides(self, element: Element, value: str, paths: Iterable[str]) -> str:
        """Return the text of the tuple of what is at dotted paths below a value, of each item where one is a list."""
        parts: list[str] = []
        below: dict[str, list[str]] = {}
        for path in paths:
            name, _, rest = path.partition(".")
            held = self._held(f"{element.path}.{path}".lstrip("."))
            parts += held
            if not held and name.removesuffix("?") in element.names_at(self.asker.scope.api_version):
                below.setdefault(name, []).extend([rest] if rest else [])
        parts += [self._part(element, value, name, rests) for name, rests in below.items()]
        return tuple_of(list(dict.fromkeys(parts)))

    def _held(self, path: str) -> list[str]:
        """Return the variable for what stands at a path, or around it."""
        return [key for at, key in self.keys.items() if f"{path}.".startswith(f"{at}.")]

    def _part(self, element: Element, value: str, name: str, rests: Sequence[str]) -> str:
        place = f"{value}.{name.removesuffix('?')}"
        if not rests:
            return f"bool({place})" if name.endswith("?") else place
        child = element.children[name]
        if child.member.type != "array":
            return f"None if {place} is UNSET else {self.decides(child, place, rests)}"
        item = "each" + place.replace(".", "_")
        return f"None if {place} is UNSET else tuple([{self.decides(child, item, rests)} for {item} in {place}])"


def new(asker: Asker, *, is_whole: bool = False) -> Made:
    """Return a function in the making that has nothing yet."""
    return Made(asker, {"UNSET": UNSET}, {}, is_whole)


def compiled(made: Made, argument: str, lines: Iterable[str]) -> Callable[[Any], Any]:
    """Return the function of one argument that these lines are."""
    text = "\n".join([f"def check({argument}):", *inside(lines)])
    exec(text, made.names)  # noqa: S102 (its names are those of the element tables, no input's)
    check: Callable[[Any], Any] = made.names["check"]
    return check


def inside(lines: Iterable[str]) -> list[str]:
    """Return lines one step further in."""
    return [f" {line}" for line in lines]


def tuple_of(parts: Sequence[str]) -> str:
    """Return the text of a tuple, of one part that part: it is hashed in half the time."""
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"
