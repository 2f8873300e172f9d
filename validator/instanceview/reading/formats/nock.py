"""Fixtures of nock, programs in JavaScript: `nock('https://…').get('/…').reply(200, "…", {…})`."""

from __future__ import annotations

import re
from http import HTTPStatus
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from instanceview.model.document import Unreadable
from instanceview.places.body import Body, only_start
from instanceview.places.source import Source
from instanceview.reading.decoding import NotDecodedError, chunks_of, text_in
from instanceview.reading.files.signatures import begins_as_json
from instanceview.reading.formats import yaml_text
from instanceview.reading.formats._javascript import literal
from instanceview.reading.formats._javascript_text import COMMENT, CUT_STRING, SPACE, STRING, NotLiteralError, skip
from instanceview.reading.formats.json_recordings import without_port
from instanceview.reading.http.answer import CUT_OFF, is_worth_reading
from instanceview.reading.http.text_exchanges import of_answer
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.operation import request_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped
    from instanceview.model.limits import Limits
    from instanceview.reading.files.stream import Stream

_SNIFFED = re.compile(rb"(?<![\w$.])nock\s*\(\s*['\"`]https?://")
_SIGNS = r"[(,=:\[!&|?{};]"
# One without its end is passed over, too: to look at each slash in it anew takes a time that grows with its square.
_PATTERN = rf"(?:(?<={_SIGNS})|{_SIGNS}\s++)/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){{0,200}}+\]){{0,500}}+/?"
_CALL = re.compile(
    rf"{STRING}|{CUT_STRING}|{COMMENT}|{_PATTERN}"
    rf"|(?:(?<![\w$.])(?P<nock>nock)|\.{SPACE}(?P<name>get|head|post|put|patch|merge|delete|options|intercept|query|reply))"
    rf"{SPACE}\({SPACE}"
)
_UNANSWERED = re.compile(rf"(?:{STRING}){SPACE}(?:\){SPACE}(?:\.\w*{SPACE})?)?\Z")
_STATUS = re.compile(rf"['\"]?(?P<status>[0-9]{{3}})['\"]?{SPACE}(?P<comma>,)?")


class _Request(NamedTuple):
    """The request that the calls up to a `reply` build: its offset, host, method, path and query."""

    start: int = 0
    host: str = ""
    method: str = ""
    path: str = ""
    query: str = ""

    @property
    def url(self) -> str:
        """The request URL, empty where the path is a pattern or a function."""
        return f"{without_port(self.host)}{self.path}{self.query}" if self.path else ""


def sniff(head: bytes) -> bool:
    """Return True if a text has a call of nock with a host."""
    if b"nock" not in head or begins_as_json(head) or yaml_text.sniff(head):
        return False
    return _SNIFFED.search(head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the replies; raises NotJSONError where the file is not UTF-8."""
    program = decode(stream.whole())
    source = Source(program).by_lines()
    calls = (call for call in _CALL.finditer(program) if call["nock"] or call["name"])
    request, number, last = _Request(), 0, 0
    for call, following in pairwise(chain(calls, [None])):
        if call is None:  # only the end is
            break
        last, end = call.end(), following.start() if following else len(program)
        if call["name"] != "reply":
            request = _request_with(request, call, program)
        elif request.start:  # a call of `intercept` may name its method in a variable
            if not request.url or is_worth_reading(program[request.start : end].encode("utf-8", "surrogatepass")):
                yield from _reply(program, call.end(), _origin(request, number, origin, source), source, stream.limits)
            request, number = _Request(host=request.host), number + 1
    if request_of(request.url).is_for_view and _UNANSWERED.match(program, last):
        yield Unreadable(_origin(request, number, origin, source), CUT_OFF)


def _origin(request: _Request, number: int, origin: Origin, source: Source) -> Origin:
    """Return the origin of a request: its entry, place, method and URL."""
    line, column = source.line_and_column(request.start)
    method, url = request.method.upper() or None, request.url or None
    return origin._replace(entry=f"/{number}", line=line, column=column, method=method, url=url)


def _request_with(request: _Request, call: re.Match[str], program: str) -> _Request:
    """Return a request with what a call says of it."""
    given = _strings(program, call.end())
    if call["nock"]:
        return _Request(host=given[0] if given else "")
    if call["name"] == "query":
        return request._replace(query=_query(program, call.end()))
    method = call["name"]
    if method == "intercept":
        method = given[1] if len(given) > 1 else ""
    return _Request(call.start(), request.host, method, given[0] if given else "")


def _strings(program: str, start: int) -> list[str]:
    """Return the strings that a call is given first."""
    found = []
    while program[start : start + 1] in {'"', "'", "`"}:
        try:
            string = literal(program, start)
        except NotLiteralError:
            break
        found.append(string.text)
        comma = skip(program, string.end)
        start = skip(program, comma + 1) if program[comma : comma + 1] == "," else len(program)
    return found


def _query(program: str, start: int) -> str:
    value = _literal_value(program, start)
    return f"?{urlencode(value, errors='replace')}" if isinstance(value, dict) and value else ""


def _reply(
    program: str, start: int, origin: Origin, source: Source, limits: Limits
) -> Iterator[Document | Skipped | Unreadable]:
    given = _STATUS.match(program, start)
    status = int(given["status"]) if given else None
    begin = skip(program, given.end()) if given else start
    if begin == len(program) and status in {HTTPStatus.OK, None} and request_of(origin.url or "").is_for_view:
        yield Unreadable(origin, CUT_OFF)
        return
    if given and not given["comma"]:
        yield from of_answer(status, None, origin, limits=limits)
        return
    try:
        body = literal(program, begin)
        chunks = chunks_of(body.text, limits)
        decoded = text_in(chunks, limits=limits) if chunks else None
    except NotLiteralError as error:
        yield from _not_literal(error, origin, source)
        return
    except NotDecodedError as error:
        yield Unreadable(origin, str(error))
        return
    offsets = body.offsets if decoded is None else only_start(begin)
    text = body.text if decoded is None else decoded
    headers = _headers(program, body.end)
    yield from of_answer(status, Body(text, source, lambda: offsets), origin, headers=headers, limits=limits)


def _headers(program: str, start: int) -> object:
    """Return the headers after a body, None where they are not a literal."""
    comma = skip(program, start)
    return _literal_value(program, comma + 1) if program[comma : comma + 1] == "," else None


def _literal_value(program: str, start: int) -> object:
    """Return the value of a literal at an offset, None where it is none that JSON has."""
    try:
        return parse(literal(program, start).text.encode("utf-8", "surrogatepass"))
    except (NotLiteralError, NotJSONError):
        return None


def _not_literal(error: NotLiteralError, origin: Origin, source: Source) -> Iterator[Unreadable]:
    """Yield the reason why the body cannot be read, where an instance view may have been requested."""
    if not origin.url or request_of(origin.url).is_for_view:
        line, column = source.line_and_column(error.offset)
        how = "again" if error.reason.endswith("cut off") else "as a string"
        yield Unreadable(origin._replace(line=line, column=column), f"the body is {error.reason}; record it {how}")
