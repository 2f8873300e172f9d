"""Spans of values after the name of a secret and its sign: in quotes, in braces, bare, and in lines of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.secrets.beside import is_random
from instanceview.model.secrets.signs import QUOTES
from instanceview.model.secrets.values import bare_end, object_end, quoted_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.secrets.values import Find

_QUOTE = re.compile(
    r"(?:(?:<<|[burf@$]{1,2})(?=\\{0,15}[\"']))?"
    r"(?P<quote>\\{0,15}(?:\"{3}|'{3}|\"\"(?=\w)|''(?=\w)|[\"'`]))",
    re.IGNORECASE,
)
_BRACES = re.compile(r"\{(?P<secret>(?![^{}]*:)(?:[^{}\"'\n]|\}\}){1,1000})\}")
"""A value of ODBC, which may have any character; a brace in it is written twice."""
_PAIR = re.compile(r"""\(\s*["']?[\w.\\@-]{1,64}["']?\s*,\s*["']?(?P<secret>[^\s()"',]{1,256})["']?\s*\)""")
"""User and password after `-Credential`."""
_ENDS = frozenset(";,&| \t}")
"""Characters of which each ends a value without braces."""
_SCHEME = re.compile(
    r"(?:bearer|basic|negotiate|ntlm|sharedkey(?:lite)?|token|api-?key|api-?token|splunk|ssws|d?pop|bot|geniekey|(?P<line>digest|aws4[\w-]{1,20}|oauth|hawk"
    r"|hmac[\w-]{0,10})|[a-z][\w-]{2,20}(?= +(?=\S{0,40}[0-9])[\w+/=.~-]{20}))[\s:]+",
    re.IGNORECASE,
)
"""The word before a credential in a header, also an unknown one before a long word with digits.

With `line`, parameters are after it, up to the end of the line.
"""
_CONTINUED = re.compile(r"[\\`]\r?\n[ \t]*")
"""The end of a line that a shell goes on with in the next one."""
_TAGS = re.compile(r"(?:[!&][\w!/.:-]*[ \t]+)++")
"""Tags and anchors of YAML before a value."""
_LINES = re.compile(
    r"""[|>][-+0-9]{0,2}[ \t]*\r?\n(?P<indent>[ \t]+)(?P<block>.*(?:\n(?:(?P=indent).*|[ \t]*(?=\n))){0,100}+)
    |<<[-~]?["']?(?P<mark>\w{1,40})["']?[ \t]*\r?\n(?P<document>(?s:.{1,4096}?))\n[ \t]*(?P=mark)\b
    """,
    re.VERBOSE,
)
"""A value in lines of its own: a block of YAML, and what shells and Terraform read up to a mark.

Each name may have a block that goes on to the end of the text, so that a block is read for 100 lines.
"""
_ITEM = re.compile(r"\r?\n[ \t]*-[ \t]+(?=\S)")
"""What is before an item of a list in YAML."""
_NEXT = re.compile(rf"{QUOTES}\s*(?:(?P<list>,)|->)\s*(?={QUOTES})")
"""What is between two values in quotes: of a list, and the old and the new one of a change."""


def value_span(text: str, start: int, sign: str, kind: str, find: Find) -> tuple[int, int, bool]:
    """Return the start and end of a value, and whether it is in quotes."""
    if continued := _CONTINUED.match(text, start):
        start = continued.end()
    if sign == "element":
        return start, _element_end(text, start, find), True
    if sign == "colon" and (tags := _TAGS.match(text, start)):
        start = tags.end()
    if lines := _LINES.match(text, start):
        return *lines.span("document" if lines["mark"] else "block"), True
    if (text[start : start + 1], sign) in {("{", "colon"), ("-", "option")}:
        return start, object_end(text, start) if kind == "a protected setting" and sign == "colon" else start, False
    pair = _PAIR.match(text, start) if kind == "a secret" else None
    braces = _BRACES.match(text, start) if sign == "equals" else None
    whole = pair or (braces if braces and not _ENDS.isdisjoint(braces["secret"]) else None)
    if whole:
        return *whole.span("secret"), True
    quote = _QUOTE.match(text, start)
    start = quote.end() if quote else start
    scheme = _SCHEME.match(text, start) if kind == "an authorization header" else None
    start = scheme.end() if scheme else start
    if quote:
        return start, quoted_end(text, start, quote["quote"], find), True
    return start, find("\n", start) if scheme and scheme["line"] else bare_end(text, start, find), False


def _element_end(text: str, start: int, find: Find) -> int:
    """Return the offset after the content of an element; that of one that is cut off is one word, if it is random."""
    end = find("<", start)
    if text.startswith("</", end):
        return end
    end = min(end, *(find(space, start) for space in " \t\r\n"))
    return end if is_random(text[start:end]) else start


def further_spans(text: str, end: int, between: str, find: Find, *, is_quoted: bool) -> Iterator[tuple[int, int]]:
    """Yield the spans of the values after one that ends at an offset: of its list, or the new value."""
    while "\n" in between and not is_quoted and (item := _ITEM.match(text, end)):
        end = bare_end(text, item.end(), find)
        yield item.end(), end
    if not is_quoted:
        return
    while (after := _NEXT.match(text, end)) and ("[" in between or not after["list"]):
        quote = _QUOTE.match(text, after.end())
        if quote is None:
            return
        end = quoted_end(text, quote.end(), quote["quote"], find)
        yield quote.end(), end
