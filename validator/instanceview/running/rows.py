"""Rows of a table -> one summary, whose places name the row; a row has a text, and may have the URL of its request.

Goal: a table takes no longer than a file with the same documents, and no text in it ends the run.

Plan: as for a chunk of lines, the gate takes all rows before any is checked. A row with a URL has the gate of the kind
and api-version that the URL asks for. The other rows are read one by one, each as a file whose name is its number, and
checked by one tally.

Invariants: each row is counted, or has a place in the summary. A fault of ours in one row is the reason of that row.
Otherwise the engine around would repeat its task, fail again, and end a run of hours.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.ended import EndedError
from instanceview.places.source import Source
from instanceview.reading.bounded import bounded
from instanceview.reading.contents import in_time
from instanceview.reading.dispatch import as_skipped
from instanceview.reading.files.signatures import BOM
from instanceview.reading.files.stream import too_large
from instanceview.reading.formats import ndjson
from instanceview.reading.http.answer import Answer
from instanceview.reading.http.documents import documents_of
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.operation import request_of
from instanceview.reading.recognise import NOT_OURS
from instanceview.running.gates import Gate, gate_of
from instanceview.running.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.model.limits import Limits
    from instanceview.model.summary import Summary
    from instanceview.model.tables import Tables
    from instanceview.running.gates import Item, Prepare
    from instanceview.running.wanted import Wanted

    Texts = Sequence[bytes | None]
    Urls = Sequence[str | None] | None

_URLS = 1 << 14
"""The URLs that are remembered, about 5 MB: machines are asked repeatedly, and a URL takes as long as a check."""


def check_rows(texts: Texts, urls: Urls, wanted: Wanted, prepare: Prepare) -> Summary:
    """Check the texts of a table, None where a row has none, and return their summary.

    `urls` has the URL of each request, where it is known. In origins, `file` is the number of the row, from 0, and
    lines are those of its text.
    `prepare` gives documents the kind and api-version that the caller wants. Raises EndedError where temporary files
    have no room.
    """
    groups = _by_gate(len(texts), urls, wanted, prepare)
    passed = _passed(texts, groups, wanted.limits)
    # A text that its gate did not pass is not given to the gate again; one without a gate may have views that pass.
    tally = Tally(wanted, few=0 if None in groups else sys.maxsize, container="table")
    tally.clean(Counter(tables for tables in passed if tables))
    for index, text in enumerate(texts):
        if not passed[index]:
            origin = Origin(str(index))
            items = bounded(_items(text, urls[index] if urls else None, origin, wanted.limits), wanted.limits)
            _take(tally, prepare, in_time(items, origin, wanted.limits), origin)
    if wanted.coverage:
        of_rows = ((texts[index], tables, Origin(str(index))) for index, tables in enumerate(passed) if tables)
        tally.cover((cast("tuple[bytes, Tables, Origin]", each) for each in of_rows), "table")
    return tally.summary()


def _by_gate(number: int, urls: Urls, wanted: Wanted, prepare: Prepare) -> dict[Gate | None, Sequence[int]]:
    """Return the numbers of the rows by their gate; the gate is None for rows that no gate can pass."""

    @cache
    def gate(kind: str | None, api_version: str | None) -> Gate | None:
        source = "url" if api_version else "default"
        return gate_of(Document({}, Origin(""), kind, api_version, source), wanted, prepare)

    if urls is None:
        return {gate(None, None): range(number)}
    groups: dict[Gate | None, list[int]] = {}
    for index, url in enumerate(urls):
        asked = _asked(url) if url else (None, None)
        groups.setdefault(gate(*asked) if asked else None, []).append(index)
    return dict(groups)


@lru_cache(maxsize=_URLS)
def _asked(url: str) -> tuple[str | None, str | None] | None:
    """Return the kind and api-version of the view that a URL asks for, None where its answer is not a view alone."""
    request = request_of(url)
    return (request.kind, request.api_version) if request.kind and not request.embedded else None


def _passed(texts: Texts, groups: dict[Gate | None, Sequence[int]], limits: Limits) -> list[Tables | None]:
    """Return the tables of each row whose text certainly is one document without findings."""
    passed: list[Tables | None] = [None] * len(texts)
    all_hold = limits.hold_for(max((len(text) for text in texts if text), default=0))
    for gate, indices in groups.items():
        if gate is None:
            continue
        fit = [(at, text) for at in indices if (text := texts[at]) and (all_hold or limits.hold_for(len(text)))]
        tables = cache(gate.tables)
        for (at, _), kind in zip(fit, gate.kinds_of([text for _, text in fit]), strict=True):
            if kind:
                passed[at] = tables(kind)
    return passed


def _take(tally: Tally, prepare: Prepare, items: Iterable[Item], origin: Origin) -> None:
    """Check the items of a row."""
    try:
        for item in prepare(items):
            tally.take(item)
    except EndedError:
        raise
    except Exception as error:  # noqa: BLE001 (the other rows can be checked after any error)
        fault = type(error).__name__
        tally.take(Unreadable(origin, f"could not be checked: {fault}, a fault of instanceview; please report it"))


def _items(text: bytes | None, url: str | None, origin: Origin, limits: Limits) -> Iterator[Item]:
    """Yield the documents in the text of a row, and the inputs that are not documents."""
    text = text and text.removeprefix(BOM)
    if text is None or not text.strip():
        yield Skipped(origin, f"{NOT_OURS}: {'null' if text is None else 'an empty text'}")
    elif len(text) > limits.document_size:
        yield Unreadable(origin, too_large("the text", limits))
    elif url:
        yield from _answer(text, url, origin, limits)
    else:
        yield from map(as_skipped, ndjson.of_line(text, 1, origin, limits=limits))


def _answer(text: bytes, url: str, origin: Origin, limits: Limits) -> Iterator[Item]:
    """Yield the documents in an answer to the request of a URL, or the reason for none."""
    try:
        answer = Answer(origin._replace(url=url), None, Source(decode(text)), limits=limits)
        found = list(documents_of(answer))
        if not found:
            parse(text, limits)
    except NotJSONError as error:
        yield Unreadable(origin._replace(line=error.line, column=error.column), error.reason)
        return
    yield from found or [Skipped(origin, f"{NOT_OURS}: the request of the URL is not for one")]
