r"""Secrets that are known by the name before them: `name=value`, `name: value`, members, headers, options, XML.

Plan: one expression finds a name with the sign behind it. The kind of sign decides where the value ends and which
values are ordinary: behind a colon may be a sentence, in quotes a template, behind `=` nearly always the secret.

Invariants: the search goes on behind a secret, and an ordinary value has at most 200 characters. So the time is linear
in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.secrets.names import NAMES, SIGNS, next_name
from instanceview.model.secrets.shapes import Secret
from instanceview.model.secrets.values import (
    bare_end,
    finder,
    is_address,
    is_ordinary,
    is_prose,
    is_word,
    object_end,
    quoted_end,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.secrets.values import Find

_OPTION = re.compile(r"(?:^|[\s\"'`(\[,;|&=./:>])--?[\w.-]*\Z")
_QUOTE = re.compile(
    r"(?:[burf@$]{1,2}(?=\\{0,15}[\"']))?(?P<quote>\\{0,15}(?:\"\"(?=\w)|''(?=\w)|[\"'`]))", re.IGNORECASE
)
_BRACES = re.compile(r"\{(?P<secret>(?![^{}]*:)(?:[^{}\"'\n]|\}\}){1,1000})\}")
"""A value of ODBC, which may have any character; a brace in it is written twice."""
_PAIR = re.compile(r"""\(\s*["']?[\w.\\@-]{1,64}["']?\s*,\s*["']?(?P<secret>[^\s()"',]{1,256})["']?\s*\)""")
"""User and password behind `-Credential`."""
_ENDS = frozenset(";,&| \t}")
"""Characters of which each ends a value without braces."""
_SCHEME = re.compile(
    r"(?:bearer|basic|negotiate|ntlm|sharedkey(?:lite)?|token|apikey|(?P<line>digest|aws4[\w-]{1,20}|oauth|hawk))[\s:]+",
    re.IGNORECASE,
)
"""The word before a credential in a header; with `line`, parameters are behind it, up to the end of the line."""
_COOKIE = re.compile(
    r"[\s\"'\[]{0,8}(?:(?P<name>[^\s=;,\"'\[\]]{1,256})=(?P<secret>[^\s;,\"'\\]+)|[a-z]{1,16}(?=;));?", re.IGNORECASE
)
_FOLDER = re.compile(r"(?:/[\w.-]*)+$|[a-z]:\\", re.IGNORECASE)
"""The value of `PWD` that is the current folder."""
_ATTRIBUTES = {"path", "domain", "expires", "max-age", "samesite", "version", "priority"}
_BEFORE = 64
"""Characters before a name in which its beginning and the dash of an option are looked for."""


def named_secrets(text: str, folded: str) -> Iterator[Secret]:
    """Yield the secrets of a text that have a known name before them; `folded` is the text in lower case."""
    find, offset = finder(text), 0
    while match := next_name(folded, offset):
        sign, start = _sign(text, match, find)
        found, end = _behind(text, match, sign, start, find)
        offset = max(end, start)
        yield from found


def _sign(text: str, match: re.Match[str], find: Find) -> tuple[str, int]:
    """Return the sign behind a name, and the offset of the value.

    What looks like attributes is not, behind the dash of an option or without a closing tag: `-Password x -Name y>`.
    """
    sign = next(each for each in SIGNS if match[each] is not None)
    if sign == "element" and match[sign][0] != ">":
        is_closed = text.startswith("</", find("<", match.end()))
        if not is_closed or _OPTION.search(_before(text, match)):
            return "option", match.start(sign)
    return sign, match.end()


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _BEFORE) : match.start()]


def _behind(text: str, match: re.Match[str], sign: str, start: int, find: Find) -> tuple[list[Secret], int]:
    """Return the secrets in the value behind a name and its sign, and the offset up to which the text is read."""
    number = next(number for number in range(len(NAMES)) if match[f"n{number}"] is not None)
    name, before, between = NAMES[number], _before(text, match), text[match.end(f"n{number}") : start]
    if name.kind == "a cookie":
        return _cookies(text, start)
    is_bare_option = sign == "option" and ("\n" in between or not _OPTION.search(before))
    is_end_of_word = match[f"n{number}"] == "pass" and before[-1:].isalpha() and text[match.start()] != "P"
    if is_bare_option or is_end_of_word:
        return [], 0
    begin, end, is_quoted = _value(text, start, sign, name.kind, find)
    value = text[begin:end]
    if end - begin < name.least or is_ordinary(value, match[f"n{number}"], before):
        return [], 0
    is_folder = match[f"n{number}"] == "pwd" and _FOLDER.match(value)
    if is_folder or (is_address(value) and name.kind != "a password"):
        return [], 0
    is_member = between.lstrip("\\")[:1] in {'"', "'", "`"}
    is_sentence = sign == "colon" and not is_member and is_word(value)
    if is_prose(value) if is_quoted or sign == "option" else is_sentence:
        return [], 0
    is_bearer = "bearer" in text[start:begin].lower()
    return [Secret(begin, end, "a bearer token" if is_bearer else name.kind)], end


def _value(text: str, start: int, sign: str, kind: str, find: Find) -> tuple[int, int, bool]:
    """Return the start and end of a value, and whether it is in quotes."""
    if sign == "element":
        end = find("<", start)
        return start, end if text.startswith("</", end) else start, True
    if text[start : start + 1] == "{" and sign == "colon":
        return start, object_end(text, start) if kind == "a protected setting" else start, False
    pair = _PAIR.match(text, start) if kind == "a secret" else None
    braces = _BRACES.match(text, start) if sign == "equals" else None
    whole = pair or (braces if braces and not _ENDS.isdisjoint(braces["secret"]) else None)
    if whole:
        return *whole.span("secret"), True
    if sign == "option" and text[start : start + 1] == "-":
        return start, start, False
    quote = _QUOTE.match(text, start)
    start = quote.end() if quote else start
    scheme = _SCHEME.match(text, start) if kind == "an authorization header" else None
    start = scheme.end() if scheme else start
    if quote:
        return start, quoted_end(text, start, quote["quote"], find), True
    return start, find("\n", start) if scheme and scheme["line"] else bare_end(text, start), False


def _cookies(text: str, start: int) -> tuple[list[Secret], int]:
    """Return the values of cookies, and the offset behind them; a plain word, such as a region, is not a secret."""
    found = []
    while match := _COOKIE.match(text, start):
        if match["name"] and match["name"].lower() not in _ATTRIBUTES and not is_word(match["secret"]):
            found.append(Secret(*match.span("secret"), "a cookie"))
        start = match.end()
    return found, start
