"""The lines above a JSON value in a text: the request that it answers, and the status and date of the answer."""

from __future__ import annotations

import re
from typing import NamedTuple

from instanceview.model.dates import HTTP_DATE
from instanceview.reading.operation import operation_of, path_of, request_of

_METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE"
_CHARACTER = r"(?:[^\s\"'<>`|^\\]|\\u0026)"
_EVENT = re.compile(
    rf"(?:\b(?P<method>{_METHODS})\b[\"' \t]{{1,4}})?+"
    rf"(?P<url>https?://{_CHARACTER}++|(?<![\w.:/}}>-])/(?:subscriptions|providers)/{_CHARACTER}++)"
    rf"|(?i:request method)\W{{1,4}}(?P<named>{_METHODS})\b"
    r"|(?:\bHTTP(?:/[0-9.]{1,3})?+|(?i:\bstatus(?:[ _-]?code)?)|<[-<]|(?i:\breturned|\bresponded(?: with)?))"
    r"[\"']{0,2}+[ \t]*+[:=]?+[ \t]*+[\"']?+(?P<status>[1-5][0-9]{2})\b"
    rf"|(?i:\bdate)[\"']?+[ \t]{{0,40}}:[ \t]{{0,4}}[\"'\[]{{0,4}}(?P<date>{HTTP_DATE})"
)
# Headers of an answer that name another resource, and links.
_ELSEWHERE = re.compile(r"(?i)(?:location|asyncoperation|referer|origin|link)[\"']?\s{0,4}[:=]\s{0,4}[\"'<]?\Z")
_LONGEST = 30  # characters before a URL in which such a name may be
_HIDDEN = "REDACTED"


class Above(NamedTuple):
    """What a text says above a value: method and URL of the request, and the status and headers of its answer since."""

    method: str = ""
    url: str = ""
    status: int | None = None
    headers: object = None


def after(text: str, start: int, end: int, above: Above) -> Above:
    """Return the request, status and headers above an offset, given those above an earlier one.

    >>> after("GET /subscriptions/1/providers/Microsoft.Compute/virtualMachines/a HTTP/1.1 200", 0, 99, Above())[2]
    200
    """
    for event in _EVENT.finditer(text, start, end):
        if event["status"]:
            above = above._replace(status=int(event["status"]))
        elif event["named"]:
            above = above._replace(method=event["named"])
        elif event["date"]:
            above = above._replace(headers={"date": event["date"]})
        elif not _ELSEWHERE.search(text, max(event.start() - _LONGEST, 0), event.start()):
            above = _with_url(above, event["url"], event["method"] or "")
    return above


def _with_url(above: Above, written: str, method: str) -> Above:
    """Return the request of a URL, if it names a resource; links to pages do not, and change nothing."""
    url = written.replace("\\u0026", "&").replace("&amp;", "&").rstrip(".,;:)]*_")
    if not (request_of(url).resource or (operation_of(url).resource and request_of(url).api_version)):
        return above
    if url.startswith("/") and path_of(above.url) == path_of(url) and _HIDDEN not in above.url:
        url = above.url  # that has the host, too
    return Above(method or (above.method if url == above.url else ""), url)
