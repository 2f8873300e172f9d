"""The source of a generated function: names for values, lines that ask the rules, and keys of the cache.

Generated source is registered with `linecache`, as the standard library and cattrs do it, so that a traceback shows the
lines and a debugger steps through them. Its names are those of our own element tables, never an input's.
"""

from __future__ import annotations

import linecache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from instanceview.tables.elements import Element

_numbers = count(1)  # no two generated files have the same name


class Source(NamedTuple):
    """The source of a function in the making: the api-version that it is for, and the values that its names stand for.

    `kept` are variables by the path of a list and what is read of its items: what a key of the list has, a key of the
    document has too. A list that is cached as a whole has a variable for all that is read of it, under no paths.
    """

    api_version: str
    values: dict[str, Any]
    kept: dict[tuple[str, tuple[str, ...]], str]

    def name(self, value: object) -> str:
        """Return a new name for a value."""
        name = f"_{len(self.values)}"
        self.values[name] = value
        return name

    def keep(self, element: Element, paths: Iterable[str] = ()) -> str:
        """Return the variable for what is read of a list's items, for a list that is cached as a whole all of it."""
        return self.kept.setdefault((element.path, tuple(paths)), f"k{len(self.kept)}")

    def reading(self, element: Element, value: str, paths: Iterable[str]) -> str:
        """Return the expression for what is read below a value: one member's, or a tuple of what several are."""
        below: dict[str, list[str]] = {}
        for path in paths:
            name, _, rest = path.partition(".")
            if name.removesuffix("?") in element.names_at(self.api_version):
                below.setdefault(name, []).extend([rest] if rest else [])
        parts = [
            self._part(element.children[name.removesuffix("?")], value, name, rests) for name, rests in below.items()
        ]
        return parts[0] if len(parts) == 1 else f"({', '.join(parts)}{',' if parts else ''})"

    def items(self, element: Element, value: str, paths: Iterable[str]) -> str:
        """Return the expression for what is read of each item of a list."""
        paths = tuple(paths)
        item = f"each_{value.replace('.', '_')}"
        several = f"tuple([{self.reading(element, item, paths)} for {item} in {value}])"
        if any("." in path for path in paths):
            return several
        # One item is the most frequent, and a comprehension costs five times as much.
        return f"(({self.reading(element, f'{value}[0]', paths)},) if len({value}) == 1 else {several})"

    def _part(self, child: Element, value: str, name: str, rests: Sequence[str]) -> str:
        place = f"{value}.{name.removesuffix('?')}"
        for paths in ((), tuple(rests)):
            if (child.path, paths) in self.kept:
                return self.kept[child.path, paths]
        if not rests:
            return f"bool({place})" if name.endswith("?") else place
        read = self.items if child.member.type == "array" else self.reading
        return f"(None if {place} is None else {read(child, place, rests)})"


def new_source(api_version: str) -> Source:
    """Return a function in the making that has nothing yet."""
    return Source(api_version, {}, {})


def compiled(source: Source, title: str, argument: str, lines: Iterable[str]) -> Callable[[Any], Any]:
    """Return the function of one argument that these lines are; `title` says in a traceback what it checks."""
    file = f"<instanceview: {title}, {next(_numbers)}>"
    text = "\n".join([f"def check({argument}):", *indented(lines), ""])
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), source.values)  # noqa: S102 (see above: no input has a part in it)
    check: Callable[[Any], Any] = source.values["check"]
    return check


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines one step further in."""
    return [f" {line}" for line in lines]
