"""Find the instance views in a JSON or YAML value: the root first, since most values are one, then what is below it."""

from __future__ import annotations

from functools import cache
from sys import intern
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.places.compact import may_repeat_keys
from instanceview.places.spans import value_start
from instanceview.reading.recognise import NOT_OURS, foreign_members, recognise
from instanceview.reading.views import finished, resource_of, why_none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.places.source import Source
    from instanceview.places.spans import Places
    from instanceview.reading.files.stream import Stream

    Item = Document | Skipped | Unreadable


def documents_in_json(  # noqa: PLR0913 (as below)
    data: bytes,
    body: object,
    origin: Origin,
    source: Source,
    *,
    asked: bool = True,
    stream: Stream | None = None,
    limits: Limits = DEFAULTS,
) -> Iterator[Item]:
    """Yield the instance views in the value of a JSON text, with the place where it starts, or the reason for none.

    `stream` is the file that the text is in.
    """
    line, column = source.line_and_column(value_start(source.text, source.start))
    here = Origin(origin.file, origin.entry, line, column, origin.method, origin.url, origin.inside)
    return documents_in(
        body,
        here,
        source,
        may_repeat=lambda: may_repeat_keys(data, body),
        data=data,
        asked=asked,
        stream=stream,
        limits=limits,
    )


def documents_in(  # noqa: PLR0913 (facts about the text that are known already)
    body: object,
    origin: Origin,
    source: Places,
    *,
    may_repeat: Callable[[], bool],
    data: bytes | None = None,
    asked: bool = True,
    stream: Stream | None = None,
    limits: Limits = DEFAULTS,
) -> Iterator[Item]:
    """Yield the instance views in a value of JSON or YAML whose request is not known, or the reason for none.

    `may_repeat` returns False if no key repeats in the text, `data` is the text where it is JSON. `asked` means that
    the value is meant as an instance view.
    """
    verdict = recognise(body, asked=asked)
    # A text that is there is looked at when the document is checked.
    document = Document(body, origin, source=source, may_repeat_keys=True, data=data, resource=resource_of(body))
    if verdict.evidence:
        yield finished(document if data is not None else document._replace(may_repeat_keys=may_repeat()), verdict)
        body = foreign_members(body, verdict)
        if not body:
            return
    # Loaded here, since most documents are the whole of their text: it saves 2 ms of a cold start of 65.
    from instanceview.reading.below import documents_below
    from instanceview.reading.hits import Text

    reasons: list[str] = []
    text = Text(source, origin, None, cache(may_repeat), stream, limits=limits)
    has_any = bool(verdict.evidence)
    for item in documents_below(body, text, reasons, is_in_view=has_any):
        has_any = True
        yield item
    if not has_any:
        reason = intern(f"{NOT_OURS}: {why_none(body, verdict, reasons)}")  # a text may have many values with the same
        yield Unreadable(origin, reason, document if asked else None)
