"""Raw HTTP: what `curl -i` and `curl -v` print, `.http` files, and the debug logs of Terraform's provider."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from instanceview.reading.files.signatures import MAYBE_BOM, begins_as_json
from instanceview.reading.http import text_exchanges
from instanceview.reading.http.lines import Line, lines
from instanceview.reading.http.text_exchanges import TextExchange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.reading.files.stream import Stream

_VERSION = rb"HTTP/(?:1\.[01]|2(?:\.0)?|3)"
_REASON = rb"(?:[ \r][^\"\n]*+)?"
_ANSWERED = re.compile(rb"(?:< )?" + _VERSION + rb" (?P<status>[1-5][0-9]{2})" + _REASON + rb"$")
_SNIFFED = re.compile(
    rb"(?m)^" + MAYBE_BOM + rb"(?:< )?" + _VERSION + rb" [1-5][0-9]{2}" + _REASON + rb"\n(?:< )?[A-Za-z][A-Za-z0-9-]*: "
)
_ASKED = re.compile(
    rb"(?:> )?(?P<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?P<url>(?:https?:/)?/\S+)(?: HTTP/[0-9.]+)?\s*$"
)
_HEADER = re.compile(rb"(?:[<>] )?(?P<name>[A-Za-z][A-Za-z0-9-]*):[ ]*(?P<value>[^\r\n]*)")
_BLANK = re.compile(rb"[<>]?\s*$")
_TERRAFORM = re.compile(rb"[^\"]*AzureRM Response for (?P<url>https?://\S+?):\s*(?:timestamp=\S++\s*)?$")
# What stands between answers: curl's notes and progress, what separates those of a `.http` file, lines of a log.
_OTHER = re.compile(
    rb"[*<>] |[{}] \[[0-9]+ bytes data\]|###|\s*% Total|[ \r]*[0-9]+ .*--:--"
    rb"|[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ]\S+ \[[A-Z]+\]"
)
_GLUED = re.compile(rb"[}\]](?=" + _VERSION + rb" [1-5][0-9]{2}(?:\s|$)|\* [A-Z])")


def sniff(head: bytes) -> bool:
    """Return whether a text has the status line and a header of an answer."""
    if b"HTTP/" not in head or begins_as_json(head):
        return False
    return _SNIFFED.search(head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers of a text; raises OSError."""
    return text_exchanges.read(_exchanges(_unglued(lines(stream))), origin)


def _unglued(rows: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, and by itself what follows a body that ends without a line break."""
    for row in rows:
        # What stands in quotes is the body's.
        end = _GLUED.search(row.data, row.data.rfind(b'"') + 1)
        if end:
            yield row._replace(data=row.data[: end.end()])
            column = row.column + len(row.data[: end.end()].decode("utf-8", "replace"))
            yield row._replace(data=row.data[end.end() :], column=column)
        else:
            yield row


def _exchanges(rows: Iterable[Line]) -> Iterator[TextExchange]:
    at = TextExchange()  # what the next answer is to, then that answer
    body: list[Line] | None = None
    for row in rows:
        if body is not None:
            if not _ends(row, body):
                body += [] if _OTHER.match(row.data) else [row]
                continue
            yield at._replace(body=tuple(body))
            # What is interim is followed by the answer to the same request.
            at, body = TextExchange(at.method, at.url) if _is_interim(at) else TextExchange(), None
        answered = _ANSWERED.match(row.data)
        if answered:
            yield from [at] * (at.status is not None)
            at = at._replace(status=int(answered["status"]), line=row)
        elif at.status and _BLANK.match(row.data):
            body = []
        else:
            at = _heard(at, row)
    if at.status:
        yield at._replace(body=tuple(body or ()))


def _is_interim(answer: TextExchange) -> bool:
    return answer.status is not None and answer.status < HTTPStatus.OK


def _ends(row: Line, body: list[Line]) -> bool:
    """Return whether a line is no more of the body; curl's notes stand before one too."""
    if any(each.match(row.mark) for each in (_ANSWERED, _ASKED, _TERRAFORM)):
        return True
    return _OTHER.match(row.data) is not None and any(each.data.strip() for each in body)


def _heard(at: TextExchange, row: Line) -> TextExchange:
    """Return what is known of an exchange with what a line before its body says of it."""
    asked, told = _ASKED.match(row.mark), _TERRAFORM.match(row.mark)
    if told:
        return TextExchange(at.method, told["url"].decode("utf-8", "replace"))
    if asked:
        return TextExchange(asked["method"].decode(), asked["url"].decode("utf-8", "replace"))
    header = _HEADER.match(row.data)
    name, value = (header["name"].lower(), header["value"].strip()) if header else (b"", b"")
    if name == b"host" and at.url.startswith("/"):
        return at._replace(url=f"https://{value.decode('utf-8', 'replace')}{at.url}")
    return at._replace(is_chunked=True) if name == b"transfer-encoding" and value.lower() == b"chunked" else at
