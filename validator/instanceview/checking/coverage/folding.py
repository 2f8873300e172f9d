"""The tree of a kind and api-version as counts of rows, which merge; `codes` has those of status codes."""

from __future__ import annotations

import json
from itertools import compress
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any

from instanceview.model.counts import MOST_VALUES, RowCount, RowKey, few
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.checking.coverage.shapes import Row, Shape
    from instanceview.checking.coverage.trees import Tree


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
            for code in shape.places:
                number = shape.number(code)
                for name, text in names_of(shape, code).items():
                    here = counts.setdefault(name, {})
                    here[text] = here.get(text, 0) + number
        for name, values in counts.items():
            path = row.below[name].element.path
            yield (path, _forms(values), {}) if name == "code" else (path, {}, _as_json(values))


def names_of(shape: Shape, code: Any) -> dict[str, str]:  # noqa: ANN401 (a text, or several)
    """Return the members that a shape counts together, by name."""
    return dict(zip(shape.counted, code if isinstance(code, tuple) else (code,), strict=True))


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
