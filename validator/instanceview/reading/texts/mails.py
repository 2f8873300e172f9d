"""Parts of mails in quoted-printable (RFC 2045, 6.7), which are decoded, and in base64 (6.8), which are looked into.

In quoted-printable, `=3D` is a character, and a line with `=` at its end goes on.
"""

from __future__ import annotations

import binascii
import codecs
import re
from html import unescape
from quopri import decodestring
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Unreadable
from instanceview.reading.evidence import IN_BASE64, shows_view
from instanceview.reading.texts.regions import region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.places.source import Source
    from instanceview.reading.texts.regions import Piece

_HEADER = re.compile(r"(?im)^content-transfer-encoding:[ \t]*+(?P<way>quoted-printable|base64)[ \t]*+$")
_BODY = re.compile(r"\n[ \t]*+\n")
_BOUNDARY = re.compile(r"(?i)\bboundary=(?:\"([^\"\n]{1,70})\"|([^\s;\"]{1,70}))")  # the most characters of one
_END = re.compile(r"(?m)^(?:--(\S{1,72})[ \t]*+$|From )")  # of a part, and of a mail in a file of several
_CHARSET = re.compile(r"(?i)\bcharset=\"?([\w.:-]{1,40})")
# A line that goes on; a character of ASCII; and the bytes of others, between which a line may go on.
_ESCAPE = re.compile(r"=[ \t]*+(?:\n|\Z)|=[0-7][0-9A-Fa-f]|(?:=[89A-Fa-f][0-9A-Fa-f](?:=[ \t]*+\n(?==[89A-Fa-f]))?+)++")
_TAG = re.compile(r"<[^<>]*+>")
_HEADERS = 4000  # characters of the headers of a part that are looked at for its charset


class _Part(NamedTuple):
    """A part of a mail: the offsets of its body, and how it is encoded, with its charset; True for one in HTML."""

    start: int
    end: int
    is_base64: bool
    charset: str
    is_html: bool


def without_quoted_printable(whole: Source) -> Source:
    r"""Return a text, which has a piece for each line, with its parts in quoted-printable decoded.

    >>> from instanceview.places.source import Source
    >>> text = 'Content-Transfer-Encoding: quoted-printable\n\n{"a=\n": "=3D=C3=A9"}\n'
    >>> without_quoted_printable(Source(text).by_lines()).text.splitlines()[-1]
    '{"a": "=é"}'
    """
    region = region_of(_pieces(whole.text))
    return region.source(whole, len(region.text))


def packed_views(whole: Source, origin: Origin) -> Iterator[Unreadable]:
    """Yield each part in base64 that shows an instance view, with the next step: the places in it are others."""
    for part in _parts(whole.text):
        data = _of_base64(whole.text[part.start : part.end]) if part.is_base64 else b""
        if b"{" in data and shows_view(data):  # a sentence may have the code of a status
            line, column = whole.line_and_column(part.start)
            yield Unreadable(origin._replace(line=line, column=column), IN_BASE64)


def _of_base64(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text.encode("ascii", "ignore"))
    except binascii.Error:  # cut off
        return b""


def _parts(text: str) -> Iterator[_Part]:
    boundaries = {found[1] or found[2] for found in _BOUNDARY.finditer(text)}
    done = 0
    for header in _HEADER.finditer(text):
        if header.start() < done:
            continue
        begin = _BODY.search(text, header.end())
        if begin is None:
            break
        marks = _END.finditer(text, begin.end())
        ends = (mark for mark in marks if not mark[1] or boundaries & {mark[1], mark[1][:-2]})
        end = next(ends, None)
        done = end.start() if end else len(text)
        headers = _headers(text, header.start(), begin.start())
        is_base64, is_html = header["way"].lower() == "base64", "text/html" in headers.lower()
        yield _Part(begin.end(), done, is_base64, _charset(headers), is_html)


def _pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text, its parts decoded; a part in HTML that says what the one before says is left out."""
    done, before = 0, ""
    for part in _parts(text):
        yield text[done : part.start], done
        if part.is_base64:
            yield text[part.start : part.end], part.start
        else:
            pieces = list(_decoded(text, part))
            said = "".join(piece for piece, _ in pieces)
            yield from () if part.is_html and _is_said(said, before) else pieces
            before = "" if part.is_html else said
        done = part.end
    yield text[done:], done


def _is_said(page: str, text: str) -> bool:
    """Return True if what is in braces in a page is in a text, whatever the space between words and signs."""
    words = "".join(unescape(_TAG.sub("", page)).split())
    inside = words[words.find("{") : words.rfind("}") + 1]
    return bool(inside) and inside in "".join(text.split())


def _headers(text: str, header: int, body: int) -> str:
    """Return the headers around one of them, up to the body."""
    first = text.rfind("\n\n", max(header - _HEADERS, 0), header) + 1
    return text[max(first, header - _HEADERS) : body]


def _charset(headers: str) -> str:
    """Return the charset in some headers, UTF-8 where there is none that Python knows."""
    found = _CHARSET.search(headers)
    try:
        return codecs.lookup(found[1]).name if found else "utf-8"
    except LookupError:
        return "utf-8"


def _decoded(text: str, part: _Part) -> Iterator[Piece]:
    start = part.start
    for escape in _ESCAPE.finditer(text, start, part.end):
        yield text[start : escape.start()], start
        yield _text_of(decodestring(escape[0].encode()), part.charset), escape.start()
        start = escape.end()
    yield text[start : part.end], start


def _text_of(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):  # what is not an encoding of texts
        return data.decode("utf-8", "replace")
