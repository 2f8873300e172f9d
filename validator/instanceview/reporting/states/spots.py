"""The places of pointers in the text of a document: line and column, the value, and the pointer as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.pointer import pointer as pointer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.model.document import Document
    from instanceview.places.spans import Path


class Spot(NamedTuple):
    """The place of a value: its pointer as written, the value, line and column in the file, from 1.

    `inside` is the line and column in the recorded body, where the file does not show the exact place.
    """

    pointer: str
    value: object = None
    line: int | None = None
    column: int | None = None
    inside: tuple[int, int] | None = None

    def place(self) -> str:
        """Return line and column in words, empty where they are not known."""
        if self.inside:
            return f"{self.inside[0]}:{self.inside[1]} of the body"
        return "" if self.line is None else f"{self.line}:{self.column}"


def spots(document: Document, pointers: Iterable[str]) -> dict[str, Spot]:
    """Return the spot of each pointer into the body of a document; a pointer may name something that is not there."""
    found = {each: _follow(document.body, each) for each in dict.fromkeys(pointers)}
    written = {each: document.as_written(path) for each, (path, _) in found.items()}
    source = document.source
    spans = source.spans(set(written.values())).by_path if source else {}
    result = {}
    for each, (_, value) in found.items():
        spot = Spot(pointer_of(written[each]), value)
        span = spans.get(written[each])
        if source and span:
            line, column = source.line_and_column(span.start)
            spot = spot._replace(line=line, column=column, inside=source.inside(span.start))
        result[each] = spot
    return result


def _follow(body: object, pointer: str) -> tuple[Path, object]:
    """Return a pointer as a path, and the value there, which is None where there is none."""
    value, path = body, []
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        step = int(name) if isinstance(value, list) and name.isdigit() else name
        path.append(step)
        if isinstance(value, dict):
            value = value.get(name)
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
    return tuple(path), value
