"""x-ms-examples, the examples of Azure's service definitions: parameters, and one answer for each status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.places.part import Part
from instanceview.places.source import Source
from instanceview.reading.http.answer import Answer, documents_of
from instanceview.reading.http.json_exchanges import at_path, text_at
from instanceview.reading.json_texts.parse import decode, parse
from instanceview.reading.json_texts.window import top_names
from instanceview.reading.operation import Request
from instanceview.reading.recognise import why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.places.spans import Path
    from instanceview.reading.files.stream import Stream


def sniff(head: bytes) -> bool:
    """Return True if a text begins as an example of a service definition."""
    return b'"responses"' in head and {"parameters", "responses"} <= top_names(head).keys()


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers; raises NotJSONError where the file is broken."""
    data = stream.whole()
    example = parse(data)
    holder = Source(decode(data))
    responses = at_path(example, ("responses",))
    for status in responses if isinstance(responses, dict) else ():
        body = at_path(responses, (status, "body"))
        path: Path = ("responses", status, "body")
        here = origin._replace(entry=f"/responses/{status}", line=1, column=1)
        if body is not None:
            code = int(status) if status.isdecimal() else None
            answer = Answer(here, code, Part(holder, path), body, is_parsed=True, request=_request(example, body))
            yield from documents_of(answer)


def _request(example: object, body: object) -> Request:
    """Return the request by the names of its parameters: an example has no URL."""
    parameters = at_path(example, ("parameters",))
    names = {name.lower() for name in parameters} if isinstance(parameters, dict) else set()
    version = text_at(example, "parameters", "api-version") or None
    of_set = any("scaleset" in name for name in names)
    kind = ("vmss-vm" if "instanceid" in names else "vmss") if of_set else "vm" if "vmname" in names else None
    if any(part in name for name in names for part in ("extension", "runcommand", "host", "capacity")):
        kind = None
    embedded = bool(at_path(body, ("properties",))) or why_not(body) is not None
    return Request("the resource of an example", kind, embedded, is_for_view=False, api_version=version)
