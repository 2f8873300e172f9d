"""Raw HTTP: what `curl -i` and `curl -v` print, `.http` files, and the debug logs of Terraform's provider."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from http import HTTPStatus
from typing import TYPE_CHECKING

from instanceview.reading.files.signatures import MAYBE_BOM, begins_as_json
from instanceview.reading.http import text_exchanges
from instanceview.reading.http.lines import Line, Lines, lines_of
from instanceview.reading.http.text_exchanges import TextExchange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.model.limits import Limits
    from instanceview.reading.files.stream import Stream

_VERSION = rb"HTTP/(?:1\.[01]|2(?:\.0)?|3)"
_REASON = rb"(?:[ \r][^\"\n]*+)?"
_STATUS_LINE = re.compile(rb"(?P<note>< )?" + _VERSION + rb" (?P<status>[1-5][0-9]{2})" + _REASON + rb"$")
_SNIFFED = re.compile(
    rb"(?m)^" + MAYBE_BOM + rb"(?:< )?" + _VERSION + rb" [1-5][0-9]{2}" + _REASON + rb"\n(?:< )?[A-Za-z][A-Za-z0-9-]*: "
)
_REQUEST_LINE = re.compile(
    rb"(?:> )?(?P<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (?P<url>(?:https?:/)?/\S+)(?: HTTP/[0-9.]+)?\s*$"
)
_HEADER = re.compile(rb"(?:[<>] )?(?P<name>[A-Za-z][A-Za-z0-9-]*):[ ]*(?P<value>[^\r\n]*)")
_BLANK = re.compile(rb"[<>]?\s*$")
_TERRAFORM = re.compile(rb"[^\"]*AzureRM Response for (?P<url>https?://\S+?):\s*(?:timestamp=\S++\s*)?$")
# Lines between answers: curl's notes and progress, separators of a `.http` file, lines of a log.
_OTHER = re.compile(
    rb"[*<>] |[{}] \[[0-9]+ bytes data\]|###|\s*% Total|[ \r]*[0-9]+ .*--:--"
    rb"|[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ]\S+ \[[A-Z]+\]"
)
# Notes of curl on a connection; one without TLS that is not to port 443 is HTTP.
_CONNECTED = re.compile(rb"\* (?:Connected to|Established connection to) .*?\bport (?P<port>[0-9]+)")
_TLS = re.compile(rb"(?i)\* .*\b(?:SSL|TLS(?:v[0-9.]+)?|ALPN|schannel)\b")
_TLS_PORT = b"443"
_GLUED = re.compile(rb"[}\]](?=" + _VERSION + rb" [1-5][0-9]{2}(?:\s|$)|\* [A-Z])")


def sniff(head: bytes) -> bool:
    """Return True if a text has the status line and a header of an answer."""
    if b"HTTP/" not in head or begins_as_json(head):
        return False
    return _SNIFFED.search(head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers of a text; raises OSError."""
    exchanges = _exchanges(_unglued(lines_of(stream)), stream.limits)
    return text_exchanges.read_exchanges(_paired(exchanges), origin, stream.limits)


def _unglued(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, and by itself what follows a body that ends without a line break."""
    for line in lines:
        # What is in quotes is the body's.
        end = _GLUED.search(line.data, line.data.rfind(b'"') + 1)
        if end:
            yield line._replace(data=line.data[: end.end()])
            column = line.column + len(line.data[: end.end()].decode("utf-8", "replace"))
            yield line._replace(data=line.data[end.end() :], column=column)
        else:
            yield line


def _paired(exchanges: Iterable[TextExchange]) -> Iterator[TextExchange]:
    """Yield the exchanges, with one for an answer that `curl -vi` prints twice: as notes, and with its body.

    In a terminal the two are side by side. In a file the notes on all requests come first.
    """
    noted: dict[int, TextExchange] = {}  # in their order
    waiting: defaultdict[int | None, deque[int]] = defaultdict(deque)  # the numbers of those of a status
    for number, each in enumerate(exchanges):
        if each.is_noted and not (isinstance(each.body, Lines) and each.body.data().strip()):
            noted[number] = each
            waiting[each.status].append(number)
            continue
        first = waiting[each.status]
        same = noted[first[0]] if first else None
        if each.is_noted or same is None or each.url not in {"", same.url}:
            yield from noted.values()
            noted.clear()
            waiting.clear()
            yield each
        else:
            del noted[first.popleft()]
            yield each._replace(method=same.method, url=same.url, headers=each.headers or same.headers)
    yield from noted.values()


def _exchanges(lines: Iterable[Line], limits: Limits) -> Iterator[TextExchange]:
    exchange = TextExchange()  # the next request, then with its answer
    body: Lines | None = None
    has_text, scheme = False, "https"
    for line in lines:
        if line.data.startswith(b"* "):
            scheme = _scheme(line.mark, scheme)
        if body is not None:
            if not _ends(line, has_text=has_text):
                is_other = _OTHER.match(line.data) is not None
                has_text = has_text or not (is_other or line.data.isspace() or not line.data)
                if has_text:  # without the blank lines and notes before it
                    body.add(line)
                continue
            yield exchange._replace(body=body)
            # An interim answer is followed by another one to the same request.
            exchange = TextExchange(exchange.method, exchange.url) if _is_interim(exchange) else TextExchange()
            body = None
        status_line = _STATUS_LINE.match(line.data)
        if status_line:
            yield from [exchange] * (exchange.status is not None)
            is_noted = status_line["note"] is not None
            exchange = TextExchange(exchange.method, exchange.url, int(status_line["status"]), line, is_noted=is_noted)
        elif exchange.status and _BLANK.match(line.data):
            body, has_text = Lines(limits), False
        else:
            exchange = _with_line(exchange, line, scheme)
    if exchange.status:
        yield exchange._replace(body=body)


def _is_interim(answer: TextExchange) -> bool:
    return answer.status is not None and answer.status < HTTPStatus.OK


def _ends(line: Line, *, has_text: bool) -> bool:
    """Return True if a line ends the body, of which there may be some text; curl's notes may precede a body, too."""
    if any(each.match(line.mark) for each in (_STATUS_LINE, _REQUEST_LINE, _TERRAFORM)):
        return True
    return has_text and _OTHER.match(line.data) is not None


def _scheme(note: bytes, scheme: str) -> str:
    """Return the scheme of the requests after a note of curl, which was `scheme` before."""
    connected = _CONNECTED.match(note)
    if connected:
        return "https" if connected["port"] == _TLS_PORT else "http"
    return "https" if _TLS.match(note) else scheme


def _with_line(exchange: TextExchange, line: Line, scheme: str) -> TextExchange:
    """Return an exchange with what a line before its body says of it; `scheme` is that of its connection."""
    request_line, terraform = _REQUEST_LINE.match(line.mark), _TERRAFORM.match(line.mark)
    if terraform:
        return TextExchange(exchange.method, terraform["url"].decode("utf-8", "replace"))
    if request_line:
        return TextExchange(request_line["method"].decode(), request_line["url"].decode("utf-8", "replace"))
    header = _HEADER.match(line.data)
    name, value = (header["name"].lower(), header["value"].strip()) if header else (b"", b"")
    if name == b"host" and exchange.url.startswith("/"):
        return exchange._replace(url=f"{scheme}://{value.decode('utf-8', 'replace')}{exchange.url}")
    if name == b"date" and exchange.status:
        return exchange._replace(headers=f"Date: {value.decode('utf-8', 'replace')}")
    return (
        exchange._replace(is_chunked=True) if name == b"transfer-encoding" and value.lower() == b"chunked" else exchange
    )
