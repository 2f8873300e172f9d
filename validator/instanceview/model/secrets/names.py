r"""Secrets that are known by the name before them: `name=value`, `name: value`, members, headers, options, XML.

Plan: one expression finds a name with the sign behind it. The kind of sign decides where the value ends and which
values are ordinary: behind a colon may be a sentence, in quotes a template, behind `=` nearly always the secret.

Invariants: the search goes on behind a secret, and an ordinary value has at most 200 characters. So the time is linear
in the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

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


class _Name(NamedTuple):
    """The kind of a secret, the expression of the end of its names, and the fewest characters that it has.

    Each begins with a word of `_BEGINNING` and looks back from there.
    """

    kind: str
    expression: str
    least: int = 1


def _key(*owners: str) -> str:
    """Return the expression for the word `key` behind one of these words."""
    return f"key(?:{'|'.join(f'(?<={owner}key)|(?<={owner}[ _.-]key)' for owner in owners)})"


def _token(*others: str) -> str:
    """Return the expression for the word `token`, but not behind one of these words."""
    return f"token{''.join(f'(?<!{other}token)(?<!{other}[_-]token)' for other in others)}"


_NAMES = (
    _Name("a password", r"passw(?:or)?ds?|passphrase|passcode|pwd(?<!oldpwd)|pass"),
    _Name("a shared access signature", r"sig(?<![a-z0-9]sig)|signature(?:(?<=x-amz-signature)|(?<=x-goog-signature))"),
    _Name("an account key", _key("account")),
    _Name("an account key", "key(?=[1-9][\\\\\"'])", 40),  # of `listKeys`
    _Name("a shared access key", _key("shared.access", "sharedaccess")),
    _Name(
        "an access key",
        _key(
            *(
                "access",
                "shared",
                "api",
                "private",
                "secret",
                "storage",
                "subscription",
                "auth",
                "workspace",
                "signing",
            ),
            *("consumer", "registry"),
        )
        + "|key[ _.-]?data(?<=client-key-data)",
    ),
    _Name(
        "an access key",
        _key(
            *("primary", "secondary", "host", "function", "functions", "master", "admin", "query", "session"),
            *("service", "client", "encryption", "ssh", "license"),
        ),
        16,
    ),
    _Name("a secret", "secret(?:[ _.-]?access)?(?:[ _.-]?key)?|credentials?"),
    _Name("a token", _token("publickey", "public_key", "skip", "next", "page", "continuation", "delta", "sync")),
    _Name("a protected setting", "protected[ _.-]?settings"),
    _Name("an authorization header", "authorization"),
    _Name("a cookie", "cookies?"),
)
_BEGINNING = re.compile("pass|pwd|protected|sig|secret|key|token|credential|cookie|authorization")
"""The beginnings of all names: a search for them alone takes a tenth of the time, since it skips most letters."""
_SUFFIX = r"(?:[ _.-]?(?:value|text|string|plain(?:text)?|base64|b64|data|enc(?:rypted|oded)?|hash|old|new))?[0-9]{0,3}"
_QUOTES = r"\\{0,15}(?:[\"']{1,3}|`)"
_NESTED = rf"\{{\s*(?:{_QUOTES}type{_QUOTES}\s*:\s*{_QUOTES}\w{{1,40}}{_QUOTES}\s*,\s*)?{_QUOTES}value{_QUOTES}\s*:\s*"
_SIGNS = {
    "colon": rf"[:\uff1a](?!//)\s*(?:{_NESTED})?\[?\s*",
    "equals": r"(?::=|={1,3}>?|->|\uff1d)\s*\[?",
    "pair": rf"(?<=[\"'`\s]),?\s*(?:{_QUOTES})?(?:default)?value(?:{_QUOTES})?\s*[:=]\s*",
    "element": r"(?:(?<=\s)[^<>\n]{1,200})?>(?:<!\[cdata\[)?",
    "option": r"(?<=[ \t])|(?<=[\"'`]),\s*",
}
"""The signs between a name and its value."""
_OPTION = re.compile(r"(?:^|[\s\"'`(\[,;|&=./:>])--?[\w.-]*\Z")
_QUOTE = re.compile(
    r"(?:[burf@$]{1,2}(?=\\{0,15}[\"']))?(?P<quote>\\{0,15}(?:\"\"(?=\w)|''(?=\w)|[\"'`]))", re.IGNORECASE
)
_BRACES = re.compile(r"\{(?P<secret>(?![^{}]*:)(?:[^{}\"'\n]|\}\}){1,1000})\}")
"""A value of ODBC, which may have any character; a brace in it is written twice."""
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
    while match := _next_name(folded, offset):
        sign, start = _sign(text, match, find)
        found, end = _behind(text, match, sign, start, find)
        offset = max(end, start)
        yield from found


def names_secret(name: str) -> bool:
    """Return True if a member of this name holds a secret.

    >>> names_secret("adminPassword"), names_secret("secretUrl")
    (True, False)
    """
    match = _next_name(f"{name.lower()}=", 0)
    return match is not None and match.end() == len(name) + 1


def _next_name(folded: str, offset: int) -> re.Match[str] | None:
    """Return the first name from an offset on, with its sign."""
    name = _expression().match
    while begin := _BEGINNING.search(folded, offset):
        if match := name(folded, begin.start()):
            return match
        offset = begin.start() + 1
    return None


@cache
def _expression() -> re.Pattern[str]:
    names = "|".join(f"(?P<n{number}>{name.expression})" for number, name in enumerate(_NAMES))
    signs = "|".join(f"(?P<{sign}>{expression})" for sign, expression in _SIGNS.items())
    return re.compile(rf"(?:{names}){_SUFFIX}(?:{_QUOTES})?\]?\s*(?:{signs})")


def _sign(text: str, match: re.Match[str], find: Find) -> tuple[str, int]:
    """Return the sign behind a name, and the offset of the value.

    What looks like attributes is not, behind the dash of an option or without a closing tag: `-Password x -Name y>`.
    """
    sign = next(each for each in _SIGNS if match[each] is not None)
    if sign == "element" and match[sign][0] != ">":
        is_closed = text.startswith("</", find("<", match.end()))
        if not is_closed or _OPTION.search(_before(text, match)):
            return "option", match.start(sign)
    return sign, match.end()


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _BEFORE) : match.start()]


def _behind(text: str, match: re.Match[str], sign: str, start: int, find: Find) -> tuple[list[Secret], int]:
    """Return the secrets in the value behind a name and its sign, and the offset up to which the text is read."""
    number = next(number for number in range(len(_NAMES)) if match[f"n{number}"] is not None)
    name, before, between = _NAMES[number], _before(text, match), text[match.end(f"n{number}") : start]
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
    braces = _BRACES.match(text, start) if sign == "equals" else None
    if braces and not _ENDS.isdisjoint(braces["secret"]):
        return *braces.span("secret"), True
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
