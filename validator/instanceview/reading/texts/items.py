"""A text -> the instance views in it: of its JSON values, and of its fences with YAML, in the order of their places."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Unreadable
from instanceview.reading.depth import documents_in
from instanceview.reading.files.names import WITH_COMMENTS, suffix
from instanceview.reading.files.signatures import BOM
from instanceview.reading.json_texts.parse import NotJSONError, decode
from instanceview.reading.texts.above import Above, after
from instanceview.reading.texts.answers import dated, has_documents, in_json, with_request
from instanceview.reading.texts.cleaned import (
    cleaned,
    has_lost_colours,
    without_comments,
    without_comments_in_fences,
)
from instanceview.reading.texts.regions import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.limits import Limits
    from instanceview.places.source import Source
    from instanceview.reading.texts.answers import Item
    from instanceview.reading.texts.fences import Fenced

_OF_YAML_FENCE = re.compile(r"(?:```|~~~)[ \t{.]*+[yY]")
_OF_MAIL = ("Content-Transfer-Encoding:", "Content-transfer-encoding:", "content-transfer-encoding:")
"""The header of a mail as programs write it; to look for it in any case takes 4 % of reading a log."""
_LINE = re.compile(r"[^\n]*+(?:\n|\Z)")
# The name of a container before each line: of docker compose, and of kubectl with --prefix.
_WRITER = re.compile(r"[^\s|]++ *+\| ?|\[pod/[^\]\n]++\] ")


def items_of(data: bytes, origin: Origin, limits: Limits) -> Iterator[Item]:
    """Yield the instance views in a text, or what its answers have in place of one; none where it has no JSON.

    What is not UTF-8 may be in the prose around them. Raises NotJSONError where it is in a value, or none is found.
    """
    try:
        text = decode(data)
    except NotJSONError as fault:
        items = list(_items_of(data.removeprefix(BOM).decode("utf-8", "replace"), origin, limits))
        if not has_documents(items) or any(_is_replaced(item) for item in items):
            raise fault from None
        yield from items
    else:
        yield from _items_of(text, origin, limits)


def _items_of(text: str, origin: Origin, limits: Limits) -> Iterator[Item]:
    whole = cleaned(text, lost=has_lost_colours(text))
    if any(name in text for name in _OF_MAIL):
        from instanceview.reading.texts.mails import packed_views, without_quoted_printable  # few texts are mails

        plain = without_quoted_printable(whole)
        return chain(items_of_source(plain, origin, limits), packed_views(whole, origin))
    return (item for each in _by_writer(whole) for item in items_of_source(each, origin, limits))


def _by_writer(whole: Source) -> list[Source]:
    """Return the texts of the containers whose lines alternate in a log, each by itself; the whole for other texts."""
    writers = set[str]()
    for line in _LINE.finditer(whole.text):
        writer = _WRITER.match(line[0])
        if writer is None and line[0].strip():
            return [whole]
        writers.add(_name_of(writer))
    if len(writers) <= 1:
        return [whole]
    lines = {name: array("Q") for name in writers}  # offsets where each starts and ends: pairs took 100 bytes for each
    for line in _LINE.finditer(whole.text):
        lines[_name_of(_WRITER.match(line[0]))].extend(line.span())
    return [cut(whole, zip(each[::2], each[1::2], strict=True)) for each in lines.values()]


def _name_of(writer: re.Match[str] | None) -> str:
    return writer[0].strip() if writer else ""


def _is_replaced(item: Item) -> bool:
    """Return True if a document has a character in place of bytes that are not UTF-8."""
    return isinstance(item, Document) and "\ufffd" in json.dumps(item.body, ensure_ascii=False)


def items_of_source(whole: Source, origin: Origin, limits: Limits) -> Iterator[Item]:
    """Return the items of the answers in a text and the faults of broken ones, in the order of their places."""
    blanked = without_comments if has_comments(origin) else without_comments_in_fences
    whole = whole._replace(text=blanked(whole.text))
    found = in_json(whole, origin, limits)
    if ("```" in whole.text or "~~~" in whole.text) and _OF_YAML_FENCE.search(whole.text):
        return iter(_beside_fences(whole.text, list(found), _fenced(whole, origin, limits)))
    return (item for _, item in found)  # one after the other: all items of a text take 30 times its size


def _beside_fences(
    text: str, found: list[tuple[int, Item]], fenced: Iterable[tuple[tuple[int, int], list[Item]]]
) -> list[Item]:
    """Return the items of a text and those of its fences with YAML, in the order of their places.

    What is in such a fence is JSON only where it has no document of YAML. What is broken as YAML may be whole as JSON.
    """
    kept, done = [], 0
    for fence, items in fenced:
        begin, end = (bisect_left(found, offset, key=itemgetter(0)) for offset in fence)
        inside = [item for _, item in found[begin:end]]
        kept += [item for _, item in found[done:begin]]
        is_json = text[text.find("\n", fence[0]) : fence[1]].lstrip()[:1] in {"{", "["}
        kept += [] if is_json and has_documents(inside) and not has_documents(items) else items
        kept += inside if has_documents(inside) and not has_documents(items) else []
        done = end
    return [*kept, *(item for _, item in found[done:])]


def has_comments(origin: Origin) -> bool:
    """Return True if the name of a file says that its JSON may have comments."""
    return suffix(origin.file) in WITH_COMMENTS


def _fenced(whole: Source, origin: Origin, limits: Limits) -> Iterator[tuple[tuple[int, int], list[Item]]]:
    """Yield the offsets of the fences with YAML, with the instance views and the faults in each."""
    from instanceview.reading.texts.fences import BrokenYAML, fences  # with PyYAML, which few texts need

    above, done, number = Above(), 0, 0
    for fence in fences(whole, limits):
        above, done = after(whole.text, done, fence.start, above), fence.start
        line, column = whole.line_and_column(fence.start)
        here = origin._replace(line=line, column=column, method=above.method or None, url=above.url or None)
        items: list[Item] = []
        for each in fence.parts:
            if isinstance(each, BrokenYAML):
                items.append(Unreadable(origin._replace(line=each.line, column=each.column), each.reason))
            else:
                items += _of_yaml(each, here._replace(entry=f"{origin.entry or ''}/fence-{number}"), limits)
                number += 1
        yield (fence.start, fence.end), [dated(item, above) for item in items]


def _of_yaml(each: Fenced, origin: Origin, limits: Limits) -> list[Item]:
    found = documents_in(each.value, origin, each.source, may_repeat=lambda: each.repeats, asked=False, limits=limits)
    return [with_request(item, origin) for item in found if isinstance(item, Document)]
