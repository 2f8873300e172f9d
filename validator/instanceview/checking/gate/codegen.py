"""The source of a generated function: names for values, expressions for cache keys, and compilation.

Generated source is registered with `linecache`, as the standard library and cattrs do it. So a traceback shows its
lines and a debugger steps through them. Its names come from our own element tables, never from an input.
"""

from __future__ import annotations

import linecache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from instanceview.tables.elements import Element

_numbers = count(1)  # so that no two generated files have the same name


class GeneratedSource(NamedTuple):
    """The source of a function in the making: its api-version, and the values of its names.

    `kept` are variables for the keys of lists that are a part of the document's key too. Each is found by the path of
    the list and the paths read below its items. A list that is cached as a whole has no such paths: its variable has
    the number of its key.
    """

    api_version: str
    values: dict[str, Any]
    kept: dict[tuple[str, tuple[str, ...]], str]

    def new_name(self, role: str, value: object) -> str:
        """Return a new name for a value: its role and a number."""
        name = f"{role}_{len(self.values)}"
        self.values[name] = value
        return name

    def keep(self, element: Element, paths: Iterable[str] = ()) -> str:
        """Return the variable for the key of a list; without paths, for a list that is cached as a whole."""
        return self.kept.setdefault((element.path, tuple(paths)), f"k{len(self.kept)}")

    def members_expression(self, element: Element, value: str, paths: Iterable[str]) -> str:
        """Return the expression for the members at paths below a value: a single member, or a tuple."""
        below: dict[str, list[str]] = {}
        for path in paths:
            name, _, rest = path.partition(".")
            if name.removesuffix("?") in element.names_at(self.api_version):
                below.setdefault(name, []).extend([rest] if rest else [])
        parts = [
            self._part(element.children[name.removesuffix("?")], value, name, rests) for name, rests in below.items()
        ]
        return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"

    def items_expression(self, element: Element, value: str, paths: Iterable[str]) -> str:
        """Return the expression for a tuple with the members at paths below each item of a list."""
        paths = tuple(paths)
        item = f"each_{value.replace('.', '_')}"
        several = f"tuple([{self.members_expression(element, item, paths)} for {item} in {value}])"
        if any("." in path for path in paths):
            return several
        # Most lists have one item, for which a comprehension costs five times as much.
        return f"({self.members_expression(element, f'{value}[0]', paths)},) if len({value}) == 1 else {several}"

    def _part(self, child: Element, value: str, name: str, rests: Sequence[str]) -> str:
        place = f"{value}.{name.removesuffix('?')}"
        for paths in ((), tuple(rests)):
            if (child.path, paths) in self.kept:
                return self.kept[child.path, paths]
        if not rests:
            return f"bool({place})" if name.endswith("?") else place
        read = self.items_expression if child.member.type == "array" else self.members_expression
        return f"(None if {place} is None else {read(child, place, rests)})"


def new_source(api_version: str) -> GeneratedSource:
    """Return an empty source for a function about documents at an api-version."""
    return GeneratedSource(api_version, {}, {})


def compile_function(source: GeneratedSource, title: str, argument: str, lines: Iterable[str]) -> Callable[[Any], Any]:
    """Return the function of one argument with these lines; a traceback shows `title` as its file."""
    file = f"<instanceview: {title}, {next(_numbers)}>"
    text = "\n".join([f"def check({argument}):", *indented(lines), ""])
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), source.values)  # noqa: S102 (no part of it comes from an input, see above)
    check: Callable[[Any], Any] = source.values["check"]
    return check


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines with one more space of indentation."""
    return [f" {line}" for line in lines]
