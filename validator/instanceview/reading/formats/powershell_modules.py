"""Recordings of the tests of generated Azure PowerShell modules, `<Cmdlet>.Recording.json`: one object of entries.

The name of an entry is `<Cmdlet>+<Context>+<Scenario>+$<METHOD>+<URL>+<number>`, where `[NoContext]` is usual. Older
recordings do not say whether a body is base64 (source: the tests of Az.ConnectedMachine and Az.CloudService).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.reading.http.json_exchanges import Exchange, at_path, read_members, status_at, text_at
from instanceview.reading.json_texts.items import top_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped, Unreadable
    from instanceview.reading.files.stream import Stream

_REQUEST = re.compile(r"\+\$(?P<method>[A-Z]++)\+(?=https?:/)")


def sniff(head: bytes) -> bool:
    """Return True if a text begins as such a recording: the name of its first entry says so."""
    names = top_names(head)
    return bool(names) and _request_in(next(iter(names))) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the entries; raises NotJSONError where the file is broken."""
    return read_members(stream, origin, _exchange_of)


def _exchange_of(name: str, entry: dict[str, object]) -> Exchange | None:
    """Return the exchange of an entry, whose request may be in its name alone; None for what is not one."""
    named = _request_in(name)
    if "Response" not in entry or not (named or "Request" in entry):
        return None
    return Exchange(
        text_at(entry, "Request", "Method") or (named[0] if named else ""),
        text_at(entry, "Request", "RequestUri") or (named[1] if named else ""),
        status_at(entry, "Response", "StatusCode"),
        ("Response", "Content"),
        ("Response", "Headers"),
        at_path(entry, ("Response", "isContentBase64")) is True,
    )


def _request_in(name: str) -> tuple[str, str] | None:
    """Return the method and URL in the name of an entry, None for any other name.

    The number is taken off first: one expression for the whole name takes a time that grows with its square.

    >>> _request_in("Get-AzX+[NoContext]+Get+$GET+https://x/a?b=c+d+1"), _request_in("Get-AzX+Get+$GET+https://x/a+b")
    (('GET', 'https://x/a?b=c+d'), None)
    """
    rest, _, number = name.rpartition("+")
    found = _REQUEST.search(rest, rest.find("+") + 1)
    if not found or rest.startswith("+") or not (number.isascii() and number.isdecimal()):
        return None
    return found["method"], rest[found.end() :]
