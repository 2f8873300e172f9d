r"""Secrets that are known by the name before them: `name=value`, `name: value`, members, headers, options, XML.

Plan: one expression finds a name with the sign after it. The kind of sign decides where the value ends and which
values are ordinary: after a colon may be a sentence, in quotes a template, after `=` nearly always the secret.

A quote inside a value ends it too early, as in `pwd: "x PSK "y"`. So a name in the last characters of a secret is read
as well, and its value is one more secret.

Invariants: the search goes on at most some characters before the end of a secret, each time after the last name. An
ordinary value has at most 200 characters. So the time is linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.secrets.below import secrets_below
from instanceview.model.secrets.decision import NEAR, Value, is_secret
from instanceview.model.secrets.known_names import name_of, names_secret, next_name
from instanceview.model.secrets.ordinary import is_ordinary, is_word
from instanceview.model.secrets.shapes import Secret
from instanceview.model.secrets.signs import QUOTES, SIGNS
from instanceview.model.secrets.value_spans import further_spans, value_span
from instanceview.model.secrets.values import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.secrets.values import Find


_OPTION = re.compile(
    r"(?:^|[\s\"'`(\[,;|&=./:>])--?[\w.-]*\Z|(?:^|\s)/[\w-]*\Z|\b(?:ENV|set(?:x|env)?(?:\s+[/-]\w)?)\s+[A-Z][A-Z0-9_]*\Z"
    r"|\b(?:ENV|setx(?:\s+/\w)?)\s+\w*\Z"
    r"|\bconfig\s+(?:set|add)[\s-]+\S{0,60}\Z"
)
"""What is before the name of an option, of a variable that a command sets, and of a setting."""
_SENTENCE = re.compile(SIGNS["sentence"], re.IGNORECASE)
_COOKIE = re.compile(
    r"[\s\"'\[-]{0,16}(?:[\"'],\s{1,40}[\"'])?"
    r"(?:(?P<name>[^\s=;,\"'\[\]]{1,256})=(?P<secret>[^\s;,\"'\\]+)|[a-z]{1,16}(?=;));?",
    re.IGNORECASE,
)
_ATTRIBUTES = {"path", "domain", "expires", "max-age", "samesite", "version", "priority"}
_ATTRIBUTE = re.compile(r"<(?:[\w-]{1,16}:)?[\w.-]{0,40}\Z")
"""What is before the name of an element: `<Password encrypted="false">` has an attribute that is like a suffix."""
_REVERSED = re.compile(
    rf"(?i:value)(?:{QUOTES})?\s*[:=]\s*(?P<quote>{QUOTES})(?P<secret>[^\"'\n]{{1,4096}}?)(?P=quote)\s*,?\s*(?:{QUOTES})?"
    rf"(?i:name|key|keyname)(?:{QUOTES})?\s*[:=]\s*{QUOTES}(?P<name>[\w.-]{{1,64}}){QUOTES}"
)
_LAST = 80
"""Characters of a secret, its last ones, in which another name may be: a header and its parameters are shorter."""
_AFTER_QUOTE = {"colon", "equals", "element"}
"""The signs that may be after the end of a secret with a name in it: a member as a value, and an attribute."""
_CLOSED = re.compile(rf"{QUOTES}(?:[\s,;}}\])>&|]|\Z)")
"""A quote that ends a value."""
_VALUE_OF = re.compile(
    r"""\bvalue:?\s+(?P<quote>["'`])(?P<secret>[^"'`\n]{1,256})(?P=quote)(?=(?P<rest>\s(?:[^\n.]{0,40}\s)?(?:of|for)\s[^\n]{1,64}))""",
    re.IGNORECASE,
)
"""A sentence that has a value before the name of its parameter."""
_INPUT = re.compile(r"\binput_value=(?P<quote>['\"])(?P<secret>[^\n]{1,256}?)(?P=quote)(?=[,\]\s]|\Z)")
"""What pydantic says of a value. The field is before the bracket, or it is the end of the line before."""
_ERROR = 300
"""Characters before a value in which the name of its field is."""
_BEFORE = 64
"""Characters before a name in which its beginning and the dash of an option are looked for."""


def named_secrets(text: str, folded: str) -> Iterator[Secret]:
    """Yield the secrets of a text that have a known name before them; `folded` is the text in lower case."""
    find, offset, last = finder(text), 0, 0
    below = 0  # the offset after the last object below a name
    while match := next_name(folded, offset):
        sign, start = _sign(text, match, find)
        if match.start() < last <= start and _is_apart(text, last, sign, is_at_end=start == last):
            offset = last
            continue
        found, offset = _after(text, match, sign, start, find)
        yield from found
        if not found and start >= below and _holds(match, sign, text[start : start + 1]):
            name, _ = name_of(match)
            is_sure = name.kind == "a password" and not name.random
            spans, below = secrets_below(text, start, find, is_of_password=is_sure)
            yield from (Secret(*span, name.kind) for span in spans)
        if found:  # a sentence of at most 80 characters may have another name in it
            begin = max(map(match.start, SIGNS)) if sign == "sentence" else max(start, offset - _LAST)
            last, offset = offset, begin
    yield from _before_names(text, folded)


def _holds(match: re.Match[str], sign: str, first: str) -> bool:
    """Return True if an object or a list of secrets begins after a name.

    That of an authorization says who may do what.
    """
    return first in {"{", "["} and sign in {"colon", "equals"} and name_of(match)[0].kind != "an authorization header"


def _is_apart(text: str, end: int, sign: str, *, is_at_end: bool) -> bool:
    """Return True if the last word of a secret that ends at an offset is not a name of what is after it.

    A quote that other things follow is the end of the secret: that of base64 may read like `pass99==`.
    """
    return _CLOSED.match(text, end) is not None or (not is_at_end and sign not in _AFTER_QUOTE)


def _sign(text: str, match: re.Match[str], find: Find) -> tuple[str, int]:
    """Return the sign after a name, and the offset of the value.

    What looks like attributes is not, after the dash of an option or without a closing tag: `-Password x -Name y>`.
    """
    sign = next(each for each in SIGNS if match[each] is not None)
    if sign == "equals" and _ATTRIBUTE.search(_before(text, match)) and " " in match[0]:
        end = find(">", match.end())
        is_content = end < find("\n", match.end()) and text[end - 1] != "/"  # `<Password Value="x"/>` has none
        return ("element", end + 1) if is_content else (sign, match.end())
    if sign == "element" and match[sign][0] != ">":
        is_closed = text.startswith("</", find("<", match.end()))
        if not is_closed or _OPTION.search(_before(text, match)):
            told = _SENTENCE.match(text, match.start(sign))  # `the password is x -> y`
            return ("sentence", told.end()) if told else ("option", match.start(sign))
    return sign, match.end()


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _BEFORE) : match.start()]


def _after(text: str, match: re.Match[str], sign: str, start: int, find: Find) -> tuple[list[Secret], int]:
    """Return the secrets in the value after a name and its sign, and the offset up to which the text is read."""
    (name, length), before = name_of(match), _before(text, match)
    known = text[match.start() : match.start() + length]
    if name.kind == "a cookie" and (found := _cookies(text, start))[1] > start:
        return found
    begin, end, is_quoted = value_span(text, start, sign, name.kind, find)
    between = text[match.start() + length : start]
    is_option = sign == "option" and "\n" not in between and _OPTION.search(before) is not None
    value = Value(text[begin:end], name, known, sign, before, between, text[end : end + NEAR], is_quoted, is_option)
    if not is_secret(value):
        # A sentence of at most 80 characters may have another name in it.
        return [], match.start() + length if sign == "sentence" else start
    kind = "a bearer token" if "bearer" in text[start:begin].lower() else name.kind
    further = further_spans(text, end, between, find, is_quoted=is_quoted)
    others = [Secret(*span, kind) for span in further if not is_ordinary(text[slice(*span)], known)]
    return [Secret(begin, end, kind), *others], end


def _before_names(text: str, folded: str) -> Iterator[Secret]:
    """Yield the values that are before their names, or a line after them: `{"value": "…", "name": "x-api-key"}`."""
    if "value" not in folded:
        return
    for match in _REVERSED.finditer(text):
        if names_secret(match["name"]) and not is_ordinary(match["secret"], match["name"]):
            yield Secret(*match.span("secret"), "a secret")
    for match in _VALUE_OF.finditer(text):
        is_named = any(map(names_secret, re.findall(r"[\w.-]+", match["rest"])))
        if is_named and not is_word(match["secret"]) and not is_ordinary(match["secret"], ""):
            yield Secret(*match.span("secret"), "a secret")
    for match in _INPUT.finditer(text):
        fields = _fields(text[max(0, match.start() - _ERROR) : match.start()])
        if any(map(names_secret, fields)) and not is_ordinary(match["secret"], ""):
            yield Secret(*match.span("secret"), "a secret")


def _fields(before: str) -> list[str]:
    """Return the last words before the bracket of an error, and of the line above: one may be the name of its field."""
    above, _, line = before.rpartition("\n")
    words = (part.split()[-1:] for part in (above, line.rpartition("[")[0]))
    return [re.sub(r"[^\w.-]", "", word) for found in words for word in found]


def _cookies(text: str, start: int) -> tuple[list[Secret], int]:
    """Return the values of cookies, and the offset after them; a plain word, such as a region, is not a secret."""
    found = []
    while match := _COOKIE.match(text, start):
        if match["name"] and match["name"].lower() not in _ATTRIBUTES and not is_word(match["secret"]):
            found.append(Secret(*match.span("secret"), "a cookie"))
        start = match.end()
    return found, start
