"""The names of secrets and the signs behind them, as one expression that finds a name with its sign."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Name(NamedTuple):
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


NAMES = (
    Name("a password", r"passw(?:or)?ds?|passphrase|passcode|pwd(?<!oldpwd)|pass"),
    Name("a shared access signature", r"sig(?<![a-z0-9]sig)|signature(?:(?<=x-amz-signature)|(?<=x-goog-signature))"),
    Name("an account key", _key("account")),
    Name("an account key", "key(?=[1-9][\\\\\"'])", 40),  # of `listKeys`
    Name("a shared access key", _key("shared.access", "sharedaccess")),
    Name(
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
            *("consumer", "registry", "hmac", "application"),
        )
        + "|key[ _.-]?data(?<=client-key-data)",
    ),
    Name(
        "an access key",
        _key(
            *("primary", "secondary", "host", "function", "functions", "master", "admin", "query", "session"),
            *("service", "client", "encryption", "ssh", "license"),
        ),
        16,
    ),
    Name("a secret", "secret(?:[ _.-]?access)?(?:[ _.-]?key)?|credentials?"),
    Name("a token", _token("publickey", "public_key", "skip", "next", "page", "continuation", "delta", "sync")),
    Name("a protected setting", "protected[ _.-]?settings"),
    Name("an authorization header", "authorization"),
    Name("a cookie", "cookies?"),
)
_BEGINNING = re.compile("pass|pwd|protected|sig|secret|key|token|credential|cookie|authorization")
"""The beginnings of all names: a search for them alone takes a tenth of the time, since it skips most letters."""
_SUFFIX = r"(?:[ _.-]?(?:value|text|string|plain(?:text)?|base64|b64|data|enc(?:rypted|oded)?|hash|old|new))?[0-9]{0,3}"
QUOTES = r"\\{0,15}(?:[\"']{1,3}|`)"
_MEMBER = rf"(?:(?:{QUOTES})?\w{{1,40}}(?:{QUOTES})?\s*:\s*(?:{QUOTES})?\w{{1,40}}(?:{QUOTES})?\s*,\s*)"
_NESTED = rf"\{{\s*{_MEMBER}{{0,4}}(?:{QUOTES})?value(?:{QUOTES})?\s*:\s*"
SIGNS = {
    "colon": rf"[:\uff1a]{{1,2}}(?!//|=|:|new\b)\s*(?:{_NESTED})?\[?\s*(?:-\s+)?",
    "equals": r"(?:[:?+]{0,2}={1,3}>?|->|\uff1d)\s*\[?\s*",
    "pair": (
        rf"(?:(?<=[\"'`\s]),?|,)\s*{_MEMBER}?(?:{QUOTES})?(?:default)?value(?:{QUOTES})?\s*[:=]\s*"
        r"|(?<=\s)(?:-value|(?:/t\s+)?reg_(?:expand_)?sz(?:\s+/d)?)\s+"
    ),
    "element": r"(?:(?<=\s)(?![\s\"'`])[^<>\n]{1,200})?>\s*(?:<value>\s*|<!\[cdata\[)?",
    "call": r"\(\s*(?=[\"'])|\|\s*",
    "option": r"(?<=[ \t])|(?<=[\"'`]),\s*",
}
"""The signs between a name and its value."""


def names_secret(name: str) -> bool:
    """Return True if a member holds a secret by its name, which has letters, digits, `_`, `.` and `-` alone.

    >>> names_secret("adminPassword"), names_secret("secretUrl")
    (True, False)
    """
    return next_name(f"{name.lower()}=", 0) is not None


def next_name(folded: str, offset: int) -> re.Match[str] | None:
    """Return the first name from an offset on, with its sign."""
    name = _expression().match
    while begin := _BEGINNING.search(folded, offset):
        if match := name(folded, begin.start()):
            return match
        offset = begin.start() + 1
    return None


@cache
def _expression() -> re.Pattern[str]:
    names = "|".join(f"(?P<n{number}>{name.expression})" for number, name in enumerate(NAMES))
    signs = "|".join(f"(?P<{sign}>{expression})" for sign, expression in SIGNS.items())
    return re.compile(rf"(?:{names}){_SUFFIX}(?:{QUOTES})?\]?\s*(?:{signs})")
