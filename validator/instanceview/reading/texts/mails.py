"""Parts of mails in quoted-printable (RFC 2045, 6.7): `=3D` for a character, `=` at the end of a line that goes on."""

from __future__ import annotations

import codecs
import re
from quopri import decodestring
from typing import TYPE_CHECKING

from instanceview.reading.texts.regions import region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.source import Source
    from instanceview.reading.texts.regions import Piece

_HEADER = re.compile(r"(?im)^content-transfer-encoding:[ \t]*+quoted-printable[ \t]*+$")
_BODY = re.compile(r"\n[ \t]*+\n")
_BOUNDARY = re.compile(r"(?i)\bboundary=(?:\"([^\"\n]{1,70})\"|([^\s;\"]{1,70}))")  # the most characters of one
_END = re.compile(r"(?m)^(?:--(\S{1,72})[ \t]*+$|From )")  # of a part, and of a mail in a file of several
_CHARSET = re.compile(r"(?i)\bcharset=\"?([\w.:-]{1,40})")
# A line that goes on; a character of ASCII; and the bytes of others, between which a line may go on.
_ESCAPE = re.compile(r"=[ \t]*+(?:\n|\Z)|=[0-7][0-9A-Fa-f]|(?:=[89A-Fa-f][0-9A-Fa-f](?:=[ \t]*+\n(?==[89A-Fa-f]))?+)++")
_HEADERS = 4000  # characters of the headers of a part that are looked at for its charset


def without_quoted_printable(whole: Source) -> Source:
    r"""Return a text, which has a piece for each line, with its parts in quoted-printable decoded.

    >>> from instanceview.places.source import Source
    >>> text = 'Content-Transfer-Encoding: quoted-printable\n\n{"a=\n": "=3D=C3=A9"}\n'
    >>> without_quoted_printable(Source(text).by_lines()).text.splitlines()[-1]
    '{"a": "=é"}'
    """
    region = region_of(_pieces(whole.text))
    return region.source(whole, len(region.text))


def _pieces(text: str) -> Iterator[Piece]:
    boundaries = {found[1] or found[2] for found in _BOUNDARY.finditer(text)}
    done = 0
    for header in _HEADER.finditer(text):
        begin = _BODY.search(text, header.end())
        if begin is None:
            break
        if header.start() < done:
            continue
        ends = (
            mark for mark in _END.finditer(text, begin.end()) if not mark[1] or boundaries & {mark[1], mark[1][:-2]}
        )
        end = next(ends, None)
        charset = _charset(text, header.start(), begin.start())
        yield text[done : begin.end()], done
        done = end.start() if end else len(text)
        yield from _decoded(text, begin.end(), done, charset)
    yield text[done:], done


def _charset(text: str, header: int, body: int) -> str:
    """Return the charset in the headers around one of them, UTF-8 where there is none that Python knows."""
    first = text.rfind("\n\n", max(header - _HEADERS, 0), header) + 1
    found = _CHARSET.search(text, max(first, header - _HEADERS), body)
    try:
        return codecs.lookup(found[1]).name if found else "utf-8"
    except LookupError:
        return "utf-8"


def _decoded(text: str, start: int, end: int, charset: str) -> Iterator[Piece]:
    for escape in _ESCAPE.finditer(text, start, end):
        yield text[start : escape.start()], start
        yield _text_of(decodestring(escape[0].encode()), charset), escape.start()
        start = escape.end()
    yield text[start:end], start


def _text_of(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):  # what is not an encoding of texts
        return data.decode("utf-8", "replace")
