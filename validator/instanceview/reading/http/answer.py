"""One recorded answer: its place, status and body, and what can be said of them without the request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, Unreadable
from instanceview.model.limits import DEFAULTS, Limits, is_beyond
from instanceview.model.text import quote
from instanceview.places.compact import may_repeat_keys
from instanceview.reading.json_texts.parse import NotJSONError, in_body, parse

if TYPE_CHECKING:
    from instanceview.places.spans import Places
    from instanceview.reading.operation import Request

CUT_OFF = "the recording is cut off before the body of the answer; record it again"
"""The reason for no instance view where a recording ends too early."""

OK = 200
"""The status of an answer that holds what was asked for."""


class Answer(NamedTuple):
    """One recorded answer: its place (file, entry, method, URL), its status and its body.

    `source` is the body's text with its places, None without a body. `value` is the body's JSON value where the
    recording holds it parsed, with `is_parsed`. `status` is None where the recording lacks it. `request` is the request
    where no URL has it. `headers` are those of the answer, in any form; `limits` are those of the file.
    """

    origin: Origin
    status: int | None
    source: Places | None
    value: object = None
    is_parsed: bool = False
    request: Request | None = None
    headers: object = None
    limits: Limits = DEFAULTS


def may_be_lost(answer: Answer, error: NotJSONError) -> bool:
    """Return True if a body may hold an instance view, and was not read: it is beyond a limit, or broken."""
    if answer.source is None:
        return False
    from instanceview.reading.marks import has_code_of_status, may_hold_view  # few bodies are not read

    text = answer.source.text
    if is_beyond(error.reason):
        return may_hold_view(text.encode("utf-8", "surrogatepass"))
    return text.lstrip()[:1] in {"{", "["} and has_code_of_status(text)


def broken_body(origin: Origin, places: Places, error: NotJSONError) -> Unreadable:
    """Return a body that cannot be read as JSON, with the place of the fault in the file."""
    line, column = places.line_and_column(error.offset)
    place = origin._replace(line=line, column=column, inside=places.inside(error.offset))
    return Unreadable(place, in_body(error.reason))


def body_value(answer: Answer) -> tuple[object, bool]:
    """Return the body's value, None without a body, and True if a key may repeat in it."""
    if answer.is_parsed or answer.source is None:
        return answer.value, answer.source is not None
    text = answer.source.text
    if not text.strip():
        return None, False
    data = text.encode("utf-8", "surrogatepass")
    value = parse(data, answer.limits)
    return value, may_repeat_keys(data, value)


def error_of(value: object) -> str:
    """Return the code and message of an error envelope, as the end of a reason."""
    error = value.get("error") if isinstance(value, dict) else None
    if not isinstance(error, dict):
        return ""
    return "".join(f", {name} {quote(error[name])}" for name in ("code", "message") if isinstance(error.get(name), str))


_WORTH = (
    *(b"instanceview", b"state/", b"statusonly", b"componentstatus/", b"colocationstatus", b"/runcommand"),
    b"microsoft.hybridcompute/machines/",
)


def is_worth_reading(data: bytes) -> bool:
    """Return True if the bytes of a recorded exchange may have to do with an instance view; False is certain.

    Most of a recording has not, and parsing it would take nearly all of the time.

    >>> is_worth_reading(b"GET /virtualMachines/a/InstanceView"), is_worth_reading(b"GET /virtualMachines/a")
    (True, False)
    """
    folded = data.lower()
    return any(word in folded for word in _WORTH)
