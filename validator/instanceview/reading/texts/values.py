"""The JSON values of a text, in order: objects and arrays of objects, whatever is between and before them."""

# Goal: every JSON value of a text of any kind, in a time that grows with the size of the text.
#
# Invariants:
# - What was read is not read again: after a fault, the search goes on where the attempt that came furthest ended.
# - An attempt takes no more of the text than the value needs, or some times what precedes its fault.
# - A line with the mark of a fence is in no value: what is open before it cannot hide what is after it.
# - Every repetition in the expressions is possessive or bounded.

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from instanceview.model.names import fold
from instanceview.reading.evidence import shows_view
from instanceview.reading.json_texts.partial import Fault, decoded
from instanceview.reading.other_forms import OF_PROGRAM, OTHER_SIGNS, OtherForm, status_in
from instanceview.reading.texts.growing import Broken, Value, grown
from instanceview.reading.texts.joined import is_escaped, unescaped, unwrapped
from instanceview.reading.texts.members import may_begin, member_names, members_at
from instanceview.reading.texts.prefixes import learnt, line_end, prefix_at, unprefixed
from instanceview.reading.texts.regions import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.places.source import Source
    from instanceview.reading.texts.regions import Region

# A brace before another one begins no value; a megabyte of them took 4 seconds.
_CANDIDATE = re.compile(
    r'\[|\{(?!\{)|"(?P<name>[A-Za-z_]{4,48}+)"[ \t]*+:|(?<![\w"\\])(?P<bare>[A-Za-z_]{4,48}+)[ \t]*+:[ \t]*+(?=[\[{])'
)
_NAME = re.compile(r'"([A-Za-z_]{4,48}+)"[ \t]*+:')
_FENCE = re.compile(r'(?m)^[^"{}\[\]`~\n]{0,60}+(?:`{3,}+|~{3,}+)[ \t{.]*+(?P<language>[\w#+]*+)[^\n]*+(?:\n|\Z)')
_YAML = re.compile(r"ya?ml\b")
_OF_PROGRAMS = re.compile(
    r"(?:c#|cs|csharp|go(?:lang)?|groovy|java|javascript|js|kotlin|node|perl|php|posh|powershell|ps1?|pwsh|py|python3?|pycon|rb|ruby"
    r"|rust|scala|swift|ts|typescript)\Z"
)
"""Languages of programs as fences name them: a value in such a fence is a part of a program, and not meant as JSON."""
_EXCERPT = re.compile(r"\S\u2026")
_AFTER = 200  # characters of a line after a fault, which may end as an excerpt does
_SHORTEST = len('"disks":')  # the shortest evidence of a view, as a category of a status code with its slash is
_SIZE_OF_LINE = 16  # characters of a string that count as one line


def values_in(whole: Source) -> Iterator[Value | Broken | OtherForm]:
    """Yield the JSON values of a text that has a piece for each line, and what should be one of ours and is none."""
    for start, end, language in _between_fences(whole.text):
        part = whole if end - start == len(whole.text) else cut(whole, [(start, end)])
        values = _of_fence(part) if language.startswith("json") else _values(part)
        is_yaml, of_program = _YAML.match(language), bool(_OF_PROGRAMS.match(language))
        for each in values if is_yaml else _with_others(part.text, values, of_program=of_program):
            yield each.moved(start)


def _between_fences(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a text inside and outside its fences, without their marks, and the language of a fence."""
    done, language = 0, ""
    for mark in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        if text[done : mark.start()].strip():
            yield done, mark.start(), language
        done, language = mark.end(), mark["language"].lower()
    yield done, len(text), language


def _with_others(
    text: str, values: Iterable[Value | Broken], *, of_program: bool
) -> Iterator[Value | Broken | OtherForm]:
    """Yield the values of a text, and between two of them the first status in another form.

    What follows something broken belongs to that. `of_program` means that the text is in a language of programs, whose
    values need not be JSON.
    """
    done: int | None = 0
    for value in values:
        yield from _between(text, done, value.start, of_program=of_program)
        is_of_program = of_program and isinstance(value, Broken)
        yield OtherForm(value.start, value.end, OF_PROGRAM, is_ours=False) if is_of_program else value
        done = None if isinstance(value, Broken) else value.end
    yield from _between(text, done, len(text), of_program=of_program)


def _between(text: str, start: int | None, end: int, *, of_program: bool) -> Iterator[Broken | OtherForm]:
    """Yield the first status in another form between two offsets; in other signs than those of JSON it is broken."""
    found = status_in(text, start, end) if start is not None else None
    if found and found.reason == OTHER_SIGNS:
        yield found._replace(reason=OF_PROGRAM, is_ours=False) if of_program else Broken(found.start, found.end, end)
    elif found:
        yield found


def _of_fence(part: Source) -> Iterator[Value | Broken]:
    """Yield the values of a fence for JSON; where it shows an instance view and has none, its beginning is broken."""
    shows_any = False
    for each in _values(part):
        shows_any = shows_any or isinstance(each, Broken) or _shows_view(each.source.text)
        yield each
    first = _CANDIDATE.search(part.text)
    if first and not shows_any and _shows_view(part.text):
        yield Broken(first.start(), first.start(), len(part.text))


def _shows_view(text: str) -> bool:
    return shows_view(text.encode("utf-8", "replace"))


def _values(whole: Source) -> Iterator[Value | Broken]:
    at = 0
    while candidate := _CANDIDATE.search(whole.text, at):
        found = _at(whole, candidate)
        if isinstance(found, Value):
            at = max(found.end, candidate.start() + 1)
            if _has_object(found.value):
                yield found
        else:
            at = max(found.offset, candidate.start() + 1)
            if found.is_deep or _should_be_ours(whole.text, candidate.start(), found):
                yield Broken(candidate.start(), found.offset, len(whole.text))


def _should_be_ours(text: str, start: int, fault: Fault) -> bool:
    """Return True if what is broken has a member of an instance view before its fault, or evidence of one.

    A member is enough where the text is JSON as it is; what was put together may be of other things. An excerpt, such
    as our own reports have, is not meant as a whole.
    """
    before = text[start : fault.offset]
    if len(before) < _SHORTEST:
        return False
    if not ((fault.is_direct and _has_member(text, start, fault.offset)) or _shows_view(before)):
        return False
    rest_of_line = text[fault.offset : fault.offset + _AFTER].partition("\n")[0]
    return not _EXCERPT.search(before + rest_of_line)


def _has_object(value: object) -> bool:
    """Return True for an object that is not empty, and for an array with one at any depth."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, dict) and each:
            return True
        left += [item for item in each if isinstance(item, (dict, list))] if isinstance(each, list) else []
    return False


def _has_member(text: str, start: int, end: int) -> bool:
    """Return True if a member with a name of an instance view is between two offsets."""
    names = _NAME.finditer(text, start, end)
    return any(fold(name[1]) in member_names() for name in names)


def _at(whole: Source, candidate: re.Match[str]) -> Value | Fault:
    text, start = whole.text, candidate.start()
    name = candidate["name"] or candidate["bare"]
    if name:
        after = Fault(candidate.end() if candidate["bare"] else candidate.end() - 1)
        name_end = start + len(name) + 2 * bool(candidate["name"])
        return members_at(whole, start, name_end) if may_begin(text, start, name) else after
    found = decoded(text, start)
    if not isinstance(found, Fault):
        return Value(found[0], cut(whole, [(start, found[1])]), start, found[1])
    furthest = found._replace(is_direct=True)
    for take in _attempts(text, start, found):
        other = grown(whole, take)
        if isinstance(other, Value):
            return other
        furthest = max(furthest, other, key=lambda fault: fault.offset)
    return furthest


def _attempts(text: str, start: int, fault: Fault) -> Iterator[Callable[[int], Region]]:
    """Yield the ways to put a value together that is not JSON as it is: each takes so many lines or the like."""
    if is_escaped(text, start):
        yield lambda size: unescaped(text, start, size * _SIZE_OF_LINE)
    elif fault.is_break:
        yield partial(unwrapped, text, start)
    elif not fault.is_deep and text.find("\n", start, fault.offset) >= 0:
        prefix = learnt(text, start)
        if prefix:
            first = [(text[start : line_end(text, start)], start)]
            yield partial(unprefixed, text, start, first, prefix)
        if (prefix_at(text, start) or "").strip():
            yield partial(unwrapped, text, start)
