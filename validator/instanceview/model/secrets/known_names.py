"""The names of secrets and the signs after them, as one expression that finds a name with its sign."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from instanceview.model.secrets.signs import QUOTES, SIGNS


class Name(NamedTuple):
    """The kind of a secret, the expression of the end of its names, and the fewest characters that it has.

    Each begins with a word of `_BEGINNING` and looks back from there. With `random`, the name has ordinary values too,
    and a secret is known by its letters and digits in no order. With `is_open`, any words may end the name.
    """

    kind: str
    expression: str
    least: int = 1
    random: bool = False
    is_open: bool = False


def _key(*owners: str) -> str:
    """Return the expression for the word `key` after one of these words."""
    return f"key(?:{'|'.join(f'(?<={owner}key)|(?<={owner}[ _.-]key)' for owner in owners)})"


def _token(*others: str) -> str:
    """Return the expression for the word `token`, but not after one of these words."""
    return f"token{''.join(f'(?<!{other}token)(?<!{other}[_-]token)' for other in others)}"


def _ended(word: str, *before: str) -> str:
    """Return the expression for a short word that is alone, or after one of the others."""
    return f"{word}(?:(?<![a-z]{word}){''.join(f'|(?<={each}{word})' for each in before)})"


_WORDS = (
    r"passord|passe(?:(?<=mot[ _-]de[ _-]passe)|(?<=motdepasse))|kennwort|wachtwoord"
    r"|contrase(?:n\u0303?|\xf1)as?|senha|heslo|has\u0142o|l\xf6senord|adgangskode|salasana|jelsz\xf3"
    r"|\u015f[i\u0130]fre|\u043f\u0430\u0440\u043e\u043b[\u0430-\u044f]{1,2}|\u5bc6[\u7801\u78bc]|\u53e3\u4ee4"
    r"|\u30d1\u30b9\u30ef\u30fc\u30c9|\ube44\ubc00\ubc88\ud638|\uc554\ud638"
)
"""The word for a password in English and in other languages of Windows, such as French, Russian and Chinese."""

_PASSWORDS = r"passw(?:or[dt]|d)s?"
_OF_APP = r"[_.-](?:db|sql|prod|dev|test|stg|uat|root|admin|app|vm|gh|github|gitlab|azure)"
"""What a password is of, after its name: `PASSWORD_DB`."""
_OF_ANY = (
    r"(?![a-z0-9_.-]{0,40}(?:passw|secret|token|key|cred|expir|polic|type|ur[il]|name|version|length|complex|endpoint|issu|scope"
    r"|count|path|file|folder|time"
    r"|date|public|thumb|finger|rotat|valid|manage|provider|store|vault|algo|method|header|format|prefix|limit|usage|class"
    r"|ref(?![a-z])|i[sz]er|i[sz]ation|id(?![a-z])))[_.-]?[a-z][a-z0-9_.-]{1,40}"
)
"""Any other words there, as in `dbPasswordProd`, except those of what a secret has: `passwordExpiry`, `tokenType`."""

NAMES = (
    Name(
        "a password", rf"{_PASSWORDS}(?:{_OF_APP})?|{_WORDS}|pass[ _-]?phrase|passcode|pwd(?<!oldpwd)|pass(?<!askpass)"
    ),
    Name("a password", _ended("pw", "bind", "root", "user", "admin", "db", "sa"), random=True),
    Name("a password", f"{_ended('psk', 'tls')}|{_ended('auth', 'master')}(?:tok)?", random=True),
    Name(
        "a shared access signature",
        r"sig(?<![a-z0-9]sig)|signature(?:(?<=x-amz-signature)|(?<=x-goog-signature)"
        r"|(?<=sharedaccesssignature)|(?<=shared[ _.-]access[ _.-]signature))",
    ),
    Name("a signature", "signature(?<=[?&]signature)|hmac(?<=[?&]hmac)", 16),
    Name("an access key", "key(?<=[?&]key)", 16, random=True),
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
            *("consumer", "registry", "hmac", "application", "sas", "symm", "symmetric"),
            *("principal", "secure"),
        )
        + "|key[ _.-]?data(?<=client-key-data)",
        2,  # one letter is that of HTML: `<a accesskey="s">`
    ),
    Name(
        "an access key",
        _key(
            *("primary", "secondary", "host", "function", "functions", "master", "admin", "query", "session"),
            *("service", "client", "encryption", "ssh", "license"),
            *("registration", "activation", "recovery", "product", "unseal", "app", "routing", "integration"),
            *(
                "enrollment",
                "sdk",
                "write",
                "cosmos",
                "batch",
                "openai",
                "speech",
                "maps",
                "search",
                "redis",
                "translator",
            ),
        ),
        16,
    ),
    Name("a secret", "secret(?:[ _.-]?access)?(?:[ _.-]?key)?|credentials?"),
    Name("a token", _token("publickey", "public_key", "skip", "next", "page", "continuation", "delta", "sync")),
    Name("a token", _ended("pat"), 20, random=True),
    Name("a protected setting", "protected[ _.-]?settings"),
    Name("an authorization header", "authorization"),
    Name("a cookie", "cookies?", 16),
    # The last ones: a name that is also one of the others is that.
    Name("a password", rf"(?:{_PASSWORDS}|passphrase|pwd(?<!oldpwd)){_OF_ANY}", random=True, is_open=True),
    Name("a secret", f"secret(?:s(?=[_.-][a-z0-9_.-]{{1,40}}=)|(?!s)){_OF_ANY}", random=True, is_open=True),
    Name("a token", f"token(?:s?(?=[_.-])|(?!s)){_OF_ANY}", random=True, is_open=True),
    Name(
        "an access key",
        f"{_key('account', 'access', 'api', 'secret', 'private')}(?:s|{_OF_ANY})",
        random=True,
        is_open=True,
    ),
)
_BEGINNING = re.compile(
    "pass|pwd?|psk|pat(?![a-z])|protected|sig|hmac|secret|key|token|credential|cookie|auth|kennwort|wachtw|contrase|senha"
    "|heslo|has\u0142|l\xf6senord|adgang|salasana|jelsz|\u015f[i\u0130]fre"
    "|\u043f\u0430\u0440|\u5bc6|\u53e3|\u30d1|\ube44|\uc554"
)
"""The beginnings of all names: a search for them alone takes a tenth of the time, since it skips most letters."""
_SUFFIX = (
    r"(?:[ _.-]?(?:value|text|string|plain(?:text)?|base64|b64|data|enc(?:rypted|oded)?|hash|old|new|base))?"
    r"[_.-]?[0-9]{0,4}"
)


def names_secret(name: str) -> bool:
    """Return True if a member holds a secret by its name, which has letters, digits, `_`, `.` and `-` alone.

    >>> names_secret("adminPassword"), names_secret("secretUrl"), names_secret("auth")
    (True, False, False)
    """
    match = next_name(f"{name.lower()}=", 0)
    return match is not None and not name_of(match)[0].random


def next_name(folded: str, offset: int) -> re.Match[str] | None:
    """Return the first name from an offset on, with its sign."""
    name = _expression().match
    while begin := _BEGINNING.search(folded, offset):
        if match := name(folded, begin.start()):
            return match
        offset = begin.start() + 1
    return None


def name_of(match: re.Match[str]) -> tuple[Name, int]:
    """Return the name that `next_name` found, and its length without beginning and suffix."""
    number = next(number for number in range(len(NAMES)) if match[f"n{number}"] is not None)
    return NAMES[number], len(match[f"n{number}"])


@cache
def _expression() -> re.Pattern[str]:
    names = "|".join(f"(?P<n{number}>{name.expression})" for number, name in enumerate(NAMES))
    signs = "|".join(f"(?P<{sign}>{expression})" for sign, expression in SIGNS.items())
    return re.compile(rf"(?:{names}){_SUFFIX}(?:{QUOTES})?\]?\s*(?:{signs})")
