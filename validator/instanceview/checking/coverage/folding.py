"""The tree of a kind and api-version as counts of rows and codes, which merge."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from itertools import compress
from json.encoder import encode_basestring_ascii
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from instanceview.checking.coverage.trees import STATUS
from instanceview.model.coverage import MOST_VALUES, CodeCount, CodeKey, RowCount, RowKey, few, merge_into
from instanceview.tables.known_codes import COMPONENT, NUMBER, vocabulary
from instanceview.tables.vocabulary import BARE, categories_by_element, parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.checking.coverage.trees import First, Row, Shape, Tree
    from instanceview.model.document import Origin
    from instanceview.tables.known_codes import KnownCode


def rows_of(tree: Tree, kind: str, api_version: str) -> dict[RowKey, RowCount]:
    """Return the counts of the rows that the documents of a tree have."""
    counts: dict[RowKey, RowCount] = {}
    for row, present in zip(tree.rows, _present(tree), strict=True):
        member, path = row.element.member, row.element.path
        count = RowCount(present, 0, {member.type: present}, _zones(row.zones), _values(row), row.first)
        counts[RowKey(kind, api_version, path)] = count
    for path, formats, values in _of_statuses(tree):
        key = RowKey(kind, api_version, path)
        count = counts[key]
        counts[key] = count._replace(formats=formats, values=few(count.values, values))
    return counts


def _present(tree: Tree) -> Iterator[int]:
    """Yield the number of documents that have each row."""
    numbers = tree.documents.values()
    # One text of 0 and 1 for each set of rows, the first row last; then one column of them for each row.
    texts = [format(rows, f"0{len(tree.rows)}b").encode().translate(_AS_BITS) for rows in tree.documents]
    columns = list(zip(*texts, strict=True)) if tree.rows else []
    return (sum(compress(numbers, column)) for column in reversed(columns))


_AS_BITS = bytes.maketrans(b"01", b"\0\1")


def _values(row: Row) -> dict[str, int] | None:
    if len(row.values) > MOST_VALUES:
        return None
    return _as_json(row.values)


def json_text(value: object) -> str:
    """Return a scalar as JSON text."""
    # The encoder of texts alone takes a tenth of the time.
    return encode_basestring_ascii(value) if isinstance(value, str) else json.dumps(value)


def _zones(marks: Mapping[str, int]) -> dict[str, int]:
    """Return the formats of times by the last character, where that is Z, or else by the one before the offset."""
    formats: dict[str, int] = {}
    for mark, number in marks.items():
        if not number:
            continue
        name = "Z" if mark in {"Z", "z"} else "offset" if mark in {"+", "-"} else "no zone"
        formats[name] = formats.get(name, 0) + number
    return formats


def _of_statuses(tree: Tree) -> Iterator[tuple[str, dict[str, int], dict[str, int]]]:
    """Yield the path, the formats of the code, or the values of the level or display text, of statuses."""
    for row in tree.rows:
        counts: dict[str, dict[str, int]] = {}
        for shape in row.shapes.values():
            for members, number, _ in _with_names(shape):
                for name, text in members.items():
                    here = counts.setdefault(name, {})
                    here[text] = here.get(text, 0) + number
        for name, values in counts.items():
            path = row.below[name].element.path
            yield (path, _forms(values), {}) if name == "code" else (path, {}, _as_json(values))


def _with_names(shape: Shape) -> Iterator[tuple[dict[str, str], int, First]]:
    """Yield the members that a shape counts together, with their number and the first document that has them."""
    for code, number in shape.codes.items():
        texts = code if isinstance(code, tuple) else (code,)
        yield dict(zip(shape.counted, texts, strict=True)), number, shape.first[code]


def _as_json(values: Mapping[Any, int]) -> dict[str, int]:
    return {json_text(value): number for value, number in values.items()}


def _forms(codes: Mapping[str, int]) -> dict[str, int]:
    """Return the forms of codes, as the grammar of status codes names them."""
    forms: dict[str, int] = {}
    for text, number in codes.items():
        form = _form(text)
        forms[form] = forms.get(form, 0) + number
    return forms


def _form(text: str) -> str:
    code = parsed(text)
    if code is None:
        return "malformed" if "/" in text else "ErrorCode"
    form = "ComponentStatus/component/state" if code.component else "Category/state"
    return f"{form}/{'code' if code.component else 'detail'}" if code.detail else form


def codes_of(tree: Tree, kind: str, api_version: str) -> tuple[dict[CodeKey, CodeCount], dict[CodeKey, CodeCount]]:
    """Return the counts of the codes that the vocabulary has at their place, and of the others."""
    known: dict[CodeKey, CodeCount] = {}
    others: dict[CodeKey, CodeCount] = {}
    found: list[tuple[int, str, dict[str, str], CodeCount]] = []
    shapes = ((row, shape) for row in tree.rows for shape in row.shapes.values() if "code" in shape.counted)
    for row, shape in shapes:
        for members, number, first in _with_names(shape):
            found.append((first.number, row.element.path, members, _count(shape, members, number, first.origin)))
    for _, path, members, count in sorted(found, key=itemgetter(0)):  # the first document with a code is named
        entry = entry_of(kind, path, members["code"])
        if entry:
            facts = _broken(_known()[path, entry], members, is_timed=count.timed > 0)
            breaking = {fact: count.first for fact in facts if count.first}
            merge_into(known, {CodeKey(kind, api_version, path, entry): count._replace(breaking=breaking)})
        else:
            merge_into(others, {CodeKey(kind, api_version, path, members["code"]): count})
    return known, others


def _count(shape: Shape, members: dict[str, str], number: int, first: Origin) -> CodeCount:
    _, level, text = (members.get(name) for name in STATUS)
    return CodeCount(
        number,
        0 if shape.zones is None else number,
        {} if level is None else {level: number},
        {} if text is None else {text: number},
        first,
    )


def _broken(known: KnownCode, members: Mapping[str, str], *, is_timed: bool) -> Iterator[str]:
    """Yield the members of a status about which the vocabulary has a fact that the status breaks."""
    if known.time in {"always", "never"} and is_timed != (known.time == "always"):
        yield "time"
    if known.level and members.get("level") != known.level:
        yield "level"
    if known.display_texts:
        text = members.get("displayStatus", "").lower()
        if all(text != each.lower() for each in known.display_texts):
            yield "displayStatus"


@cache
def _known() -> dict[tuple[str, str], KnownCode]:
    return {(each.place, each.code): each for each in vocabulary()}


@lru_cache(maxsize=1 << 12)  # codes repeat
def entry_of(kind: str, place: str, text: str) -> str:
    """Return the entry of the vocabulary for a code at a place, as `vocabulary` spells it; empty without one.

    A number behind a state belongs to the state, and another word behind it is a code of its own.

    >>> entry_of("vm", "statuses", "powerstate/running"), entry_of("vm", "statuses", "PowerState/flying")
    ('PowerState/running', '')
    >>> entry_of("vm", "extensions.substatuses", "ComponentStatus/StdOut/succeeded")
    'ComponentStatus/<component>/succeeded'
    """
    places = categories_by_element(kind).get(place) or {}
    code = parsed(text)
    if code is None:
        bare = places[BARE.lower()].states.get(text.lower()) if BARE.lower() in places else None
        return bare.name if bare else ""
    state = state_of(places, code)
    if state is None:
        return ""
    detail = state.details.get((code.detail or "").lower())
    is_number = (code.detail or "").lstrip("-").isdecimal()
    if code.detail and not (detail or is_number):
        return ""
    component = COMPONENT if code.component else None
    number = NUMBER if is_number and state.numbered else None
    parts = (places[code.category.lower()].name, component, state.name, detail.name if detail else number)
    return "/".join(part for part in parts if part)
