"""The values of a state that differ from those that a caller expects, by path."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.path_values import UNKNOWN
from instanceview.checking.machine_state.paths import NOT_REPORTED, found, paths
from instanceview.model.names import UnknownNameError, fold, known, unknown
from instanceview.model.text import one_line, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.checking.machine_state.paths import State

NONE = "none"
"""The word that expects nothing, such as no detail."""


class Difference(NamedTuple):
    """A value that is not the expected one: its path, both values, and where and why the state has this one."""

    path: str
    expected: str | int | None
    found: str | int | None
    pointer: str
    reason: str

    def __str__(self) -> str:
        """Return the difference in words, in one line."""
        place = f" at {one_line(self.pointer)}" if self.pointer else ""
        reason = f": {self.reason}" if self.reason else ""
        return f"{self.path}: expected {words(self.expected)}, found {words(self.found)}{place}{reason}"


def differences(state: State, expected: Mapping[str, str | int | None]) -> tuple[Difference, ...]:
    """Return the values of a state that differ from the expected ones, which `expectation` made.

    Texts are compared without case. `unknown` never satisfies an expectation, even if it is expected: nobody knows.
    """
    return tuple(_differences(state, expected))


def _differences(state: State, expected: Mapping[str, str | int | None]) -> Iterator[Difference]:
    for path, wanted in expected.items():
        there = found(state, path)
        value = UNKNOWN if there.is_unknown else there.value
        if there.is_unknown or _plain(value) != _plain(wanted):
            reason = there.reason
            if there.is_unknown and _plain(wanted) == UNKNOWN:
                reason = f"unknown never satisfies an expectation; {reason}"
            yield Difference(path, wanted, value, there.pointer, reason)


def expectation(path: str, value: object) -> tuple[str, str | int | None]:
    """Return a path and an expected value as `differences` takes them, from what a caller wrote.

    Names and words may be in camel, snake or kebab case. Raises UnknownNameError with the nearest name for an unknown
    path or word, TypeError for a value of another type, and ValueError for a number below 0.

    >>> expectation("extensions_failed", "0"), expectation("AGENT", "not-reporting")
    (('extensions.failed', 0), ('agent', 'not reporting'))
    >>> expectation("power", "runing")
    Traceback (most recent call last):
    instanceview.model.names.UnknownNameError: power: unknown word "runing"; did you mean "running"? known: running, \
deallocated, stopped, starting, creating, stopping, deallocating
    """
    name = _path(path)
    about = paths()[name]
    if about.is_number:
        return name, _number(name, value)
    if value is None or (isinstance(value, str) and value.lower() == NONE and not about.words):
        return name, None
    if isinstance(value, bool) and about.choices:
        value = str(value).lower()
    if not isinstance(value, str):
        raise TypeError(f"{name} takes a word; found {one_line(repr(value))}")
    known_words = about.known_words()
    if not known_words:
        return name, NOT_REPORTED if _key(value) == _key(NOT_REPORTED) else value
    meant = next((word for word in known_words if _key(word) == _key(value)), None)
    try:
        return name, meant or known("word", value, [word for word in known_words if word != UNKNOWN])
    except UnknownNameError as error:
        raise UnknownNameError(f"{name}: {error}") from None


def together(pairs: Iterable[tuple[str, str | int | None]]) -> dict[str, str | int | None]:
    """Return expectations by path; raises ValueError where one path has two values."""
    expected: dict[str, str | int | None] = {}
    for path, wanted in pairs:
        if expected.get(path, wanted) != wanted:
            raise ValueError(f"{path} is expected to be {words(expected[path])} and {words(wanted)}; name one of them")
        expected[path] = wanted
    return expected


def facets() -> tuple[str, ...]:
    """Return the facets that can be expected, in the order of a state."""
    return tuple(dict.fromkeys(path.partition(".")[0] for path in paths()))


def _path(typed: str) -> str:
    """Return the path that a caller wrote; the error for another text lists the facets, or the parts of the facet."""
    by_key = _by_key()
    if _key(typed) in by_key:
        return by_key[_key(typed)]
    facet, dot, part = typed.partition("." if "." in typed else "_")
    whole = {_key(each): each for each in facets()}.get(_key(facet))
    parts = tuple(path.partition(".")[2] for path in paths() if whole and path.startswith(f"{whole}."))
    if dot and parts:
        raise UnknownNameError(unknown(f"part of {whole}", part, parts, f"known: {', '.join(parts)}"))
    if parts and whole:
        example = f"{whole}.{parts[0]}"
        raise UnknownNameError(f"{whole} has several parts; name one, such as {example}; known: {', '.join(parts)}")
    raise UnknownNameError(unknown("facet", typed, facets(), f"known: {', '.join(facets())}"))


@cache
def _by_key() -> dict[str, str]:
    return {_key(path): path for path in paths()}


def _key(text: str) -> str:
    """Return a text without case and separators, by which paths and words are compared."""
    return fold(text).replace(".", "").replace(" ", "")


def _number(path: str, value: object) -> int:
    digits = value.strip() if isinstance(value, str) else value
    if isinstance(digits, str) and digits.isascii() and digits.isdigit():
        return int(digits)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    shown = quote(value) if isinstance(value, str) else one_line(repr(value))
    kind = ValueError if isinstance(value, (str, int)) and not isinstance(value, bool) else TypeError
    raise kind(f"{path} takes a whole number of at least 0; found {shown}")


def _plain(value: str | int | None) -> object:
    return value.casefold() if isinstance(value, str) else value


def words(value: str | int | None) -> str:
    """Return a value as a message shows it."""
    return NONE if value is None else one_line(str(value))


def read(texts: Iterable[str]) -> dict[str, str | int | None]:
    """Return the expectations in texts of the form `power=running,agent=reporting`.

    Raises UnknownNameError as `expectation`, and ValueError for another form and for a path that comes twice.

    >>> read(["power=running, extensions.failed=0"])
    {'power': 'running', 'extensions.failed': 0}
    """
    parts = [part.strip() for text in texts for part in text.split(",")]
    expected = together(_pair(part) for part in parts if part)
    if not expected:
        raise ValueError("names no facet; write power=running, for example")
    return expected


def _pair(part: str) -> tuple[str, str | int | None]:
    typed, equals, value = (each.strip() for each in part.partition("="))
    if not (typed and equals and value):
        raise ValueError(f"expected FACET=WORD, found {quote(part)}; write power=running, for example")
    return expectation(typed, value)
