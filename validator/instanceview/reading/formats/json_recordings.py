"""Recordings in JSON, a row each: where their entries are, and where an entry has its request and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.family import are_of_view
from instanceview.reading.files.signatures import BOM
from instanceview.reading.http.json_exchanges import Exchange, at_path, read_exchanges, status_at, text_at
from instanceview.reading.json_texts.items import top_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.places.spans import Path
    from instanceview.reading.files.stream import Stream

_BODIES_OF_VCR: tuple[Path, ...] = (
    ("response", "body", "string"),
    ("response", "body", "base64_string"),
    ("response", "body", "data"),
    ("response", "body"),
)


class JSONRecording(NamedTuple):
    """A format of recordings in JSON: the path of its array of entries, and what reads one.

    `exchange_of` returns None for what is not an exchange. Where the array is the root, `names` are in its first entry.
    """

    at: tuple[str, ...]
    exchange_of: Callable[[dict[str, object]], Exchange | None]
    names: frozenset[str] = frozenset()

    def sniff(self, head: bytes) -> bool:
        """Return True if a text begins as this format; an instance view may have a member of the same name."""
        if not self.at:
            array = head.removeprefix(BOM).lstrip()
            return array[:1] == b"[" and top_names(array[1:]).keys() >= self.names
        if not all(f'"{name}"'.encode() in head for name in self.at):
            return False
        first, *below = self.at
        top = top_names(head)
        return first in top and set(below) <= set(top[first]) and not are_of_view(top)

    def read(self, stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
        """Yield the instance views in the entries; raises NotJSONError where the file is broken."""
        return read_exchanges(stream, origin, self.at, self.exchange_of)


def _of_har(entry: dict[str, object]) -> Exchange | None:
    if not {"request", "response"} <= entry.keys():
        return None
    content = at_path(entry, ("response", "content"))
    is_beside = isinstance(content, dict) and content.get("text") is None
    return Exchange(
        text_at(entry, "request", "method"),
        text_at(entry, "request", "url"),
        status_at(entry, "response", "status"),
        ("response", "content", "text"),
        ("response", "headers"),
        text_at(content, "encoding").lower() == "base64",
        # As Playwright attaches bodies; older releases, and their traces, call it `_sha1`.
        (text_at(content, "_file") or text_at(content, "_sha1")) if is_beside else "",
    )


def _of_session(entry: dict[str, object]) -> Exchange | None:
    if "RequestUri" not in entry:
        return None
    # The test proxy leaves `Content-Encoding: gzip` in the headers of bodies that it has decoded: never heeded.
    method, url = text_at(entry, "RequestMethod"), text_at(entry, "RequestUri")
    return Exchange(method, url, status_at(entry, "StatusCode"), ("ResponseBody",), ("ResponseHeaders",))


def _of_java(entry: dict[str, object]) -> Exchange | None:
    if "Uri" not in entry:
        return None
    method, url = text_at(entry, "Method"), text_at(entry, "Uri")
    return Exchange(method, url, status_at(entry, "Response", "StatusCode"), ("Response", "Body"), ("Response",))


def of_vcr(entry: dict[str, object]) -> Exchange | None:
    """Return the exchange of an interaction, in JSON or in YAML; None for what is not one.

    VCR writes `uri` and a status with a code, go-vcr `url` and a code beside the status.
    """
    if not {"request", "response"} <= entry.keys():
        return None
    status = status_at(entry, "response", "status", "code")
    body = next((path for path in _BODIES_OF_VCR if at_path(entry, path) is not None), _BODIES_OF_VCR[0])
    return Exchange(
        text_at(entry, "request", "method"),
        text_at(entry, "request", "uri") or text_at(entry, "request", "url"),
        status_at(entry, "response", "code") if status is None else status,
        body,
        ("response", "headers"),
        body[-1] == "base64_string",
    )


def _of_nock(entry: dict[str, object]) -> Exchange | None:
    if not {"scope", "path"} <= entry.keys():
        return None
    url = without_port(text_at(entry, "scope")) + text_at(entry, "path")
    # An object, a text, or hexadecimal: one text of it, or several where the answer came compressed.
    headers = "rawHeaders" if "rawHeaders" in entry else "headers"
    return Exchange(text_at(entry, "method"), url, status_at(entry, "status"), ("response",), (headers,))


def without_port(host: str) -> str:
    """Return a scheme and host without the default port, which nock writes.

    >>> without_port("https://management.azure.com:443")
    'https://management.azure.com'
    """
    return host.removesuffix(":443" if host.startswith("https:") else ":80")


har = JSONRecording(("log", "entries"), _of_har)
"""HAR 1.2, of browsers and proxies, and as Polly.JS writes it: bodies as text, in base64, or in files beside."""
session = JSONRecording(("Entries",), _of_session)
"""Session records of the .NET tests (body as text) and recordings of the Azure test proxy (body parsed, or text)."""
java = JSONRecording(("networkCallRecords",), _of_java)
"""Session records of the Java tests: status as text, body and headers in one flat object."""
vcr = JSONRecording(("interactions",), of_vcr)
"""Cassettes of VCR.py: the body as text, or parsed as Cloud Custodian writes it."""
vcr_of_ruby = JSONRecording(("http_interactions",), of_vcr)
"""Cassettes of VCR for Ruby."""
nock = JSONRecording((), _of_nock, frozenset({"scope", "method", "path", "response"}))
"""Fixtures of nock: of `nock.back`, and of its recorder with `output_objects`."""
