"""Any text: logs, pages, mails and pastes, with instance views among other lines, whatever is before each line."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.reading.bounded import is_lost
from instanceview.reading.evidence import IN_BASE64
from instanceview.reading.files.names import suffix
from instanceview.reading.files.signatures import MAYBE_BOM
from instanceview.reading.http.answer import CUT_OFF
from instanceview.reading.json_texts.parse import NotJSONError, decode
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.texts.answers import has_documents
from instanceview.reading.texts.cleaned import is_marked
from instanceview.reading.texts.items import has_comments, items_of
from instanceview.tables.elements import root_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.limits import Limits
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.texts.answers import Item

_JSON = re.compile(
    MAYBE_BOM
    + rb"\s*+(?!\[[a-z]++,[^\[\]\n]++\]\s*+-{4})(?:\{|\[\s*+(?:[\[{\"\]]|[^\s,\[\]{}\"]++\s*+(?:,|\]?\s*+\Z)))"
)
_COMMENT = re.compile(MAYBE_BOM + rb"\s*+(?:#|//|/\*)")
_OUTPUT = re.compile(r"[^\[\]{},:\"'#/\x00]")  # what a program printed after a value, such as the status of `curl -w`


def read(stream: Stream, origin: Origin) -> Iterator[Item]:
    """Yield the instance views in a text; raises NotJSONError where the bytes are not UTF-8, OSError, UnreadError."""
    yield from items_of(stream.whole(), origin, stream.limits)


def instead_of_json(data: bytes, origin: Origin, fault: NotJSONError, limits: Limits) -> Iterator[Item]:
    """Yield the instance views in a text that is not JSON; raises its fault as JSON where that is what it should be."""
    if _is_broken_json(data, origin, fault):
        raise fault
    items = items_of(data, origin, limits)
    first = _up_to_document(items)
    yield from chain(first, items) if has_documents(first) else _nothing(first, origin, fault)


def instead_of_yaml(data: bytes, origin: Origin, found: list[Item], limits: Limits) -> Iterator[Item]:
    """Yield the instance views in a text that begins as YAML, or what was found in it as YAML where it has none."""
    is_text = any(_is_whole(item) or is_lost(item) or _is_packed(item) for item in items_of(data, origin, limits))
    if not is_text and not _members_of_yaml().search(data):  # else a part in braces is all that is JSON in broken YAML
        is_text = has_documents(items_of(data, origin, limits))
    yield from items_of(data, origin, limits) if is_text and not any(map(is_lost, found)) else found


def _is_packed(item: Item) -> bool:
    return isinstance(item, Unreadable) and item.reason == IN_BASE64


def _is_whole(item: Item) -> bool:
    return isinstance(item, Document) and item.written_by != "fragment"


@cache
def _members_of_yaml() -> re.Pattern[bytes]:
    """Return a pattern for a member of an instance view as YAML has it at its root."""
    return re.compile(rb"(?m)^(?:%b):(?=\s)" % "|".join(sorted(root_names())).encode())


def _up_to_document(items: Iterator[Item]) -> list[Item]:
    """Return the items up to the first document; all of them where there is none."""
    first: list[Item] = []
    for item in items:
        first.append(item)
        if isinstance(item, Document):
            break
    return first


def is_better(begun: Iterable[Item], head: bytes, origin: Origin, limits: Limits) -> bool:
    """Return True if the beginning of a log has instance views as any text, and none for the reader of its format.

    A prefix that this reader does not know hides the answers from it, or makes their bodies broken JSON.
    """
    if any(map(_is_own, begun)):
        return False
    try:
        return has_documents(items_of(head, origin, limits))
    except NotJSONError:  # it is not UTF-8
        return False


def _is_own(item: Item) -> bool:
    """Return True if an item shows that a log is as the reader of its format expects."""
    if isinstance(item, Unreadable):
        return not item.reason.startswith(("the body is not JSON", CUT_OFF))
    return isinstance(item, Document)


def _is_broken_json(data: bytes, origin: Origin, fault: NotJSONError) -> bool:
    """Return True if a text begins as JSON, or with a comment where a file's name says JSON, and is not a paste."""
    if has_comments(origin):
        return False
    if _COMMENT.match(data) and suffix(origin.file) == ".json":
        return True
    if not _JSON.match(data) or is_marked(data):
        return False
    if not fault.reason.startswith("not JSON: expected the end"):
        return True
    is_several = fault.column == 1 and suffix(origin.file) != ".json"
    return not (is_several or _OUTPUT.match(decode(data), fault.offset))


def _nothing(items: list[Item], origin: Origin, fault: NotJSONError) -> Iterator[Item]:
    """Yield the items of a text without an instance view, and why; raises its fault as JSON where it has no JSON.

    What is wrong with a value that is the whole text is wrong with the text.
    """
    items = [item for item in items if not (isinstance(item, Skipped) and item.group == "other-form")]
    if not items:
        raise fault
    for item in items:
        if isinstance(item, Skipped) and item.origin.entry == origin.entry:
            yield Unreadable(item.origin, item.reason)
        else:
            yield item
    if not any(isinstance(item, Unreadable) or item.origin.entry == origin.entry for item in items):
        yield Unreadable(origin._replace(line=1, column=1), f"{NOT_OURS} in the JSON of this text")
