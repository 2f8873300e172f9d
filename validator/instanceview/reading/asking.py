"""Answers to requests for an instance view, in any recording, in which none is found: each of them is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Skipped
from instanceview.reading.facts import facts_of
from instanceview.reading.operation import FAILED, has_view_always, operation_of
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.requests import said_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.places.spans import Path
    from instanceview.reading.requests import Around

_OK = 200
_ANSWERS = ("response", "responses", "answer", "result", "jsonBody", "base64Body", "output")
"""Members beside a request that have its answer, in mocks and in logs."""
_MARKS = frozenset({*_ANSWERS, "body", "status"})
_OF_REQUEST = re.compile(r"(?i)re?quest|predicate")


class Asked(NamedTuple):
    """An object with a request for an instance view and its answer: its path, and itself with the objects around it."""

    path: Path
    around: Around


def is_asking(around: Around, path: Path) -> bool:
    """Return True if an object has the answer to a request for an instance view, and says the URL of it itself."""
    if _MARKS.isdisjoint(around.value) or (path and _OF_REQUEST.search(str(path[-1]))):
        return False
    url = around.holder.said.url
    request = operation_of(url) if url else None
    if request is None or not request.kind or not _has_answer(around):
        return False
    return request.is_for_view or ((_status(around) or _OK) >= FAILED and has_view_always(request))


def _has_answer(around: Around) -> bool:
    """Return True if an object has more than a request: an answer that is not empty, or its status.

    A body beside a method may be that of the request.
    """
    value = around.value
    is_body = "body" in value and "method" not in value
    return is_body or any(value.get(name) for name in _ANSWERS) or around.holder.said.status is not None


def unanswered(asked: list[Asked], found: set[Path], origin: Origin) -> Iterator[tuple[Path, Skipped]]:
    """Yield the answers, each with its path, below which nothing was found, with their status as the reason."""
    lengths = {len(path) for path, _ in asked}
    answered = {each[:length] for each in found for length in lengths}
    for path, around in asked:
        if path not in answered:
            status = _status(around)
            why = "the answer has none" if status in {None, _OK} else f"the answer has status {status}"
            yield path, Skipped(origin._replace(url=around.holder.said.url), f"{NOT_OURS}: {why}")


def _status(around: Around) -> int | None:
    """Return the status that an object says, or its member with the answer; None where neither says one."""
    answers = (item for name, item in around.value.items() if name in _ANSWERS and isinstance(item, dict))
    return said_by(around).status or next(filter(None, (facts_of(each).status for each in answers)), None)
