"""The parts of a response of requests, httpx, urllib3, azure-core or a similar client: status, URL, body, headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from instanceview.model.text import one_line
from instanceview.reading.json_texts.parse import NotJSONError


def is_response(subject: object) -> bool:
    """Return True if an object is an HTTP response, or a PipelineResponse of azure-core, which has one.

    A response has a number as its `status_code` or `status`.
    """
    return isinstance(status_of(unwrapped(subject)), int)


def unwrapped(subject: object) -> object:
    """Return the HTTP response in a PipelineResponse of azure-core; any other object is returned unchanged."""
    return getattr(subject, "http_response", subject)


def status_of(response: object) -> Any:  # noqa: ANN401 (whatever the response has)
    """Return the status of a response, None for an object without one."""
    return getattr(response, "status_code", getattr(response, "status", None))


def url_of(response: object) -> str:
    """Return the URL of the request, empty where the response does not have it, such as one made by a test."""
    for holder in (lambda: response, lambda: getattr(response, "request", None)):
        try:
            url = getattr(holder(), "url", None)
        except RuntimeError:  # httpx raises it for a response without a request
            continue
        if url:
            return str(url)
    return ""


def shown_url(url: str) -> str:
    """Return a URL without its subscription and group, which are of little use in a test."""
    return re.split("/providers/Microsoft.Compute/", url, flags=re.IGNORECASE)[-1] or "<response>"


def content_of(response: object) -> object:
    """Return the body: bytes where the response has them, so that findings have a place, else the JSON value.

    Raises NotJSONError for a body that is not JSON, and TypeError for a response without one.
    """
    for name in ("content", "data"):
        content = getattr(response, name, None)
        if isinstance(content, bytes):
            return content
    for name in ("json", "body"):  # the older transports of azure-core have body()
        read = getattr(response, name, None)
        if callable(read):
            try:
                return read()
            except ValueError as error:  # from the library that decodes it
                raise NotJSONError(f"not JSON: {one_line(str(error))}") from None
    kind = type(response).__name__
    raise TypeError(f"{kind} has neither content, json() nor body(); pass the text of its body")


def headers_of(response: object) -> dict[str, object] | None:
    """Return the headers of a response, whatever their class is."""
    headers = getattr(response, "headers", None)
    return {str(name): value for name, value in headers.items()} if isinstance(headers, Mapping) else None
