"""The offsets of the keys and values in a TOML text.

The standard library's parser gives no places, nor does tomlkit; spanned-toml does, and was last released in 2022. So
this module scans the tokens of a text that the parser has accepted, and decides nothing about TOML.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from instanceview.places.spans import Path

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'  # a text of several lines may itself end in quotes
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|#[^\n]*"
    r"|\n"
    r"|[\[\]{}=,]"
    r"|[^\s\[\]{}=,#\"']+",
    re.DOTALL,
)


class TomlPlace(NamedTuple):
    """The offsets of a key, or the header of a table, and of its value; for an item of an array both are the same."""

    key: int
    value: int


def places(text: str) -> dict[Path, TomlPlace]:
    r"""Return the place of every key, item and table of a valid TOML text, by its path in the parsed value.

    >>> found = places('[[a]]\nb = [1, {c.d = 2}]')
    >>> found["a", 0, "b"], found["a", 0, "b", 1, "c", "d"]
    (TomlPlace(key=6, value=10), TomlPlace(key=15, value=21))
    """
    scan = _Scan(text)
    table: Path = ()
    while scan.more():
        if scan.token() == "\n":
            scan.at += 1
        elif scan.token() == "[":
            table = scan.header()
        else:
            scan.pair(table)
    return scan.places


class _Scan:
    """The tokens of a text, the index of the next one, and the places so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [match for match in _TOKEN.finditer(text) if not match[0].startswith("#")]
        self.at = 0
        self.places: dict[Path, TomlPlace] = {}
        self.sizes: dict[Path, int] = {}  # the number of tables in each array of tables so far

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def token(self) -> str:
        return self.tokens[self.at][0] if self.more() else "\n"

    def offset(self) -> int:
        return self.tokens[self.at].start()

    def header(self) -> Path:
        """Read `[key]` or `[[key]]` and return the path of the table that it opens."""
        start = self.offset()
        several = self.text.startswith("[[", start)
        self.at += 2 if several else 1
        names = self.names("]")
        self.at += 2 if several else 1
        path: Path = ()
        for name in names[:-1]:
            path = self.last((*path, name))
            self.places.setdefault(path, TomlPlace(start, start))
        path = (*path, names[-1])
        if several:
            self.sizes[path] = self.sizes.get(path, 0) + 1
            self.places.setdefault(path, TomlPlace(start, start))
        path = self.last(path)
        self.places.setdefault(path, TomlPlace(start, start))
        return path

    def last(self, path: Path) -> Path:
        """Return the path of the last table, where the path is that of an array of tables."""
        return (*path, self.sizes[path] - 1) if path in self.sizes else path

    def names(self, end: str) -> list[str]:
        """Read a key, which may be dotted or quoted, up to the token after it, and return its names."""
        first = self.offset()
        while self.token() != end:
            self.at += 1
        names: list[str] = []
        value: object = tomllib.loads(f"{self.text[first : self.offset()]} = 0")
        while isinstance(value, dict):
            name, value = next(iter(value.items()))
            names.append(name)
        return names

    def pair(self, table: Path) -> None:
        """Read `key = value`."""
        start = self.offset()
        names = self.names("=")
        self.at += 1
        for end in range(1, len(names)):
            self.places.setdefault((*table, *names[:end]), TomlPlace(start, start))
        path = (*table, *names)
        self.places[path] = TomlPlace(start, self.offset())
        self.value(path)

    def value(self, path: Path) -> None:
        """Read a value, with its items and members."""
        if self.token() == "[":
            self.items(path)
        elif self.token() == "{":
            self.at += 1
            while self.token() != "}":
                if self.token() in {",", "\n"}:
                    self.at += 1
                else:
                    self.pair(path)
            self.at += 1
        else:
            while self.token() not in {"\n", ",", "]", "}"}:  # a date and its time are two tokens
                self.at += 1

    def items(self, path: Path) -> None:
        self.at += 1
        index = 0
        while self.token() != "]":
            if self.token() in {",", "\n"}:
                self.at += 1
                continue
            self.places[*path, index] = TomlPlace(self.offset(), self.offset())
            self.value((*path, index))
            index += 1
        self.at += 1
