"""Logs of the az CLI, `az … --debug`, and of the Python SDK: requests, statuses and bodies among other lines."""

from __future__ import annotations

import re
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

_LOGGER = (
    rb"(?:(?:cli\.)?azure\.cli\.core\.[\w.]+|msrest\.http_logger|azure\.core\.pipeline\.[\w.]+"
    rb"|(?:requests\.packages\.)?urllib3\.connectionpool)"
)
_BEFORE = rb"(?:[0-9T:.-]+Z )?(?:[0-9]+ \| [^|\n]{0,40}\| )?(?:[A-Z]+ ?[:|] ?)?"
_SNIFFED = re.compile(rb"(?m)^" + MAYBE_BOM + _BEFORE + _LOGGER + rb" ?[:|] ?(?:Re(?:quest|sponse) |https?://\S+ \")")
_EVENT = re.compile(
    rb"(?P<lead>[^\"'{}\[\]]*?)(?:Request URL: ['\"](?P<url>[^'\"]*)['\"]|Request method: '(?P<method>\w+)'"
    rb"|Response status: (?P<status>[0-9]{3})|(?P<date>'[Dd]ate': '[^']*')|(?P<content>Response content:))\s*$"
)
_SENT = re.compile(
    rb'[^"{}\[\]]*?(?P<host>https?://[^/" ]+) "(?P<method>[A-Z]+) (?P<path>/\S*) HTTP/[0-9.]+" (?P<status>[0-9]{3})'
)
_LOGGED = re.compile(rb"[0-9]+ \| |[A-Za-z_][\w.]* ?:[ A-Za-z]")
_HIDDEN = "REDACTED"


def sniff(head: bytes) -> bool:
    """Return True if a text has the lines of the loggers that log requests and answers."""
    if begins_as_json(head) or not (b"urllib3" in head or b"Request " in head or b"Response " in head):
        return False
    return _SNIFFED.search(head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers of a log; raises OSError."""
    return text_exchanges.read_exchanges(_exchanges(lines_of(stream), stream.limits), origin, stream.limits)


def _exchanges(lines: Iterable[Line], limits: Limits) -> Iterator[TextExchange]:
    """Yield each answer when the next request begins: a cut log may have its status and no body."""
    exchange = TextExchange()
    body: Lines | None = None
    lead = re.compile(rb"")
    for line in lines:
        if body is not None:
            first = lead.match(line.data) if not body else None
            if first or not _LOGGED.match(line.data):
                body.add(line.after(first.end()) if first else line)
                continue
            yield exchange._replace(body=body)
            exchange, body = TextExchange(), None
        event = _EVENT.match(line.mark)
        if event and event["content"]:
            # Where it has a number of the process and a time, they differ from line to line.
            lead = re.compile(re.sub(rb"[0-9]", rb"[0-9]", re.escape(event["lead"])))
            body = Lines(limits)
        elif event and event["url"] and exchange.status is not None:
            yield exchange
            exchange = _with_line(TextExchange(), line)
        else:
            exchange = _with_line(exchange, line)
    if body is not None or exchange.status is not None:
        yield exchange._replace(body=body)


def _with_line(exchange: TextExchange, line: Line) -> TextExchange:
    """Return an exchange with what a line says of it."""
    event, sent = _EVENT.match(line.mark), _SENT.match(line.mark)
    if sent:
        host, path = (sent[name].decode("utf-8", "replace") for name in ("host", "path"))
        url = re.sub(":(?:443|80)$", "", host) + path
        known = exchange.url and _HIDDEN not in exchange.url
        return exchange._replace(
            method=sent["method"].decode(),
            url=exchange.url if known else url,
            status=int(sent["status"]),
            line=exchange.line or line,
        )
    if not event:
        return exchange
    if event["url"]:
        return TextExchange(url=event["url"].decode("utf-8", "replace"), line=line)
    if event["method"]:
        return exchange._replace(method=event["method"].decode())
    if event["date"]:
        return exchange._replace(headers=event["date"].decode("utf-8", "replace")) if exchange.status else exchange
    return exchange._replace(status=int(event["status"]), line=exchange.line or line) if event["status"] else exchange
