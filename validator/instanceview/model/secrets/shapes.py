r"""Secrets that are known by their shape, whatever is before them.

Each expression is linear in any text: a repetition is of one class of characters, and begins at a literal, at a
boundary or has a bound.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KEY = r"(?:[A-Z0-9 ]{0,40} )?PRIVATE KEY(?: BLOCK)?"


class Secret(NamedTuple):
    """The span of a secret in a text, and its kind in words."""

    start: int
    end: int
    kind: str


class _Shape(NamedTuple):
    """The kind of a secret, texts in lower case of which each has one, its expression, and a predicate on the match.

    `begins`: each match begins with the one mark, where alone it is looked for.
    """

    kind: str
    marks: tuple[str, ...]
    expression: str
    holds: Callable[[str], bool] = bool
    begins: bool = False


def _is_of_user(word: str) -> bool:
    """Return True if a word is base64 of a text with a colon: user and password."""
    return b":" in _decoded(word)


def _is_token(word: str) -> bool:
    """Return True if a word is a JSON web token or its first part, which names an algorithm or a type."""
    head, dot, _ = word.partition(".")
    return bool(dot) or bool(re.search(rb'"(?:alg|typ|kid|enc)"', _decoded(head)))


def _decoded(word: str) -> bytes:
    """Return the bytes of a word in base64, as far as it is whole; none if it is not base64."""
    word = word.rstrip("=")
    try:
        return base64.b64decode(word[: len(word) // 4 * 4], altchars=b"-_", validate=True)
    except ValueError:
        return b""


_TOKENS = {
    "gh": r"gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}",
    "glpat-": r"glpat-[\w-]{16,}",
    "xox": r"xox[abeoprs]-[\w-]{10,}",
    "xapp-": r"xapp-[\w-]{10,}",
    "npm_": r"npm_[A-Za-z0-9]{30,}",
    "pypi-": r"pypi-[\w-]{30,}",
    "dckr_pat_": r"dckr_pat_[\w-]{20,}",
    "hvs.": r"hvs\.[\w-]{20,}",
    "k_live_": r"[sr]k_live_\w{16,}",
    "t3blbkfj": r"sk-[\w-]{0,200}T3BlbkFJ[\w-]+",
    "sk-ant-": r"sk-ant-[\w-]{20,}",
    "aiza": r"AIza[\w-]{35}",
    "ya29.": r"ya29\.[\w-]{20,}",
    "hf_": r"hf_[A-Za-z0-9]{30,}",
    "sg.": r"(?<![\w.-])SG\.[\w-]{16,32}\.[\w-]{32,64}(?![\w-])",
    "hooks.slack.com": r"(?<=hooks\.slack\.com/services/)[\w/]{16,}",
}
"""Tokens of well-known services by their beginning."""
_SHAPES = (
    _Shape("a private key", ("private key",), rf"(?is:-----BEGIN {_KEY}-----.*?(?:-----END {_KEY}-----|\Z))"),
    # A part of one, by the first bytes of its numbers: PKCS #1, PKCS #8, SEC 1, OpenSSH.
    _Shape(
        "a private key",
        ("ibaak", "ibadanbgkq", "mhccaqeei", "b3blbnnzac1rzxktdje"),
        r"(?:MI[IG][A-Za-z0-9+/]{1,4}IBAAK[BC]|MI[IG][A-Za-z0-9+/]{2}[wAQg]IBADANBgkq|MHcCAQEEI|b3BlbnNzaC1rZXktdjE)"
        r"[A-Za-z0-9+/=\s]+",
    ),
    # The same, encoded once more, as in a kubeconfig; a certificate or public key is not a secret.
    _Shape("a private key", ("ls0tls1crudjti",), r"LS0tLS1CRUdJTi(?!BDRVJ|BQVUJ)[A-Za-z0-9+/=]+"),
    # A word of prose ("bearer authentication") and a parameter (`Bearer realm="a"`) are not a token.
    _Shape(
        "a bearer token",
        ("bearer",),
        r"(?i:\bbearer\s*:?\s+(?P<secret>(?!\w+=[\"\w])(?=[^\s\"'<>]{0,200}[0-9]|[^\s\"'<>]{20})[^\s\"'<>,;]+))",
        begins=True,
    ),
    _Shape(
        "a JSON web token", ("eyj",), r"(?i:(?<![\w-])eyJ[\w-]{8,}(?:\.\s*(?=[\w-]{16})[\w-]+|\.[\w-]*)*)", _is_token
    ),
    _Shape(
        "a JSON web token",
        ("eyj",),
        r"(?i:eyJ(?:(?!eyJ)[\w-]){8,}\.\s*eyJ[\w-]+(?:\.\s*(?=[\w-]{16})[\w-]+|\.[\w-]*)*)",
    ),
    _Shape("a password", ("basic",), r"(?i:\bbasic\s+(?P<secret>[A-Za-z0-9+/_-]{8,}=*))", _is_of_user, begins=True),
    # An entry of docker's configuration or of .npmrc.
    _Shape(
        "a password",
        ("auth",),
        r"(?i:(?<![a-z])auth\\{0,15}[\"']?\s*[:=]\s*\\{0,15}[\"']?(?P<secret>[A-Za-z0-9+/]{8,}=*))",
        _is_of_user,
        begins=True,
    ),
    _Shape("a signature", ("sharedkey",), r"(?i:\bsharedkey(?:lite)?\s+[\w-]{1,64}:(?P<secret>[A-Za-z0-9+/]{16,}=*))"),
    # 64 bytes in base64: a key of storage, batch, Cosmos DB or Log Analytics; a digest is named before it.
    _Shape("an account key", ("==",), r"(?<![A-Za-z0-9+/=])(?<!(?i:sha512)[-:=])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])"),
    # Keys of Azure with a mark in them.
    _Shape(
        "an access key",
        ("azfu", "azse", "azca", "azdo", "+a", "acdb", "apim", "aiot", "jqqj9"),
        r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{30,80}(?:AzFu|AzSe|AzCa|\+AS[tb]|\+ABa|\+AEh|\+ARm|\+ACR|ACDb|APIM|AIoT|AZDO"
        r"|JQQJ9)[A-Za-z0-9+/_-]{4,40}={0,2}(?![A-Za-z0-9+/=_-])",
    ),
    _Shape("a client secret", ("q~",), r"[\w~.-]{3}[0-9]Q~[\w~.-]{31,34}"),
    # The key of a function, or the code of a sign-in.
    _Shape("a function key", ("code=",), r"(?i:(?<![a-z])code=(?P<secret>(?=[^\s&]{0,200}[0-9])[\w%/+~.=-]{20,}))"),
    _Shape(  # a shorter one, in an address
        "a function key",
        ("?code=", "&code="),
        r"(?i:(?<=[?&])code=(?P<secret>(?=[^\s&]{0,200}[0-9])(?=[^\s&]{0,200}[a-z])[\w%+~.=-]{6,}))",
    ),
    _Shape(
        "an access key",
        ("akia", "asia"),
        r"(?<![A-Za-z0-9])A(?:KIA|SIA)[A-Z0-9]{12,17}(?:[\s,;:|\"']{1,5}[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/]))?",
    ),
    *(_Shape("a token", (mark,), expression) for mark, expression in _TOKENS.items()),
)


def shaped_secrets(text: str, folded: str) -> Iterator[Secret]:
    """Yield the secrets of a text that have a known shape; `folded` is the text in lower case."""
    for shape in _SHAPES:
        if not any(mark in folded for mark in shape.marks):
            continue
        expression = _compiled(shape.expression)
        group = "secret" if expression.groups else 0
        matches = _beginning_at(shape.marks[0], expression, text, folded) if shape.begins else expression.finditer(text)
        for match in matches:
            if shape.holds(match[group]):
                yield Secret(*match.span(group), shape.kind)
    if "private key" in folded:
        yield from _ends_of_keys(text)


def _beginning_at(mark: str, expression: re.Pattern[str], text: str, folded: str) -> Iterator[re.Match[str]]:
    """Yield what `finditer` does for an expression of any case that begins with a mark, in a fraction of its time."""
    offset = folded.find(mark)
    while offset >= 0:
        match = expression.match(text, offset)
        if match:
            yield match
        offset = folded.find(mark, match.end() if match else offset + 1)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _ends_of_keys(text: str) -> Iterator[Secret]:
    """Yield the base64 before the last line of a private key: its first line may be cut off."""
    for match in re.finditer(rf"-----END {_KEY}-----", text, re.IGNORECASE):
        before = text[: match.start()]
        start = len(before.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \r\n\t"))
        if start < match.start():
            yield Secret(start, match.start(), "a private key")
