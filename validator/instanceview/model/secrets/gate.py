"""Decide that a text certainly holds no secret, so that the search for some is not even loaded.

`tests/model/test_redaction.py` checks that both agree.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Texts that a secret of these modules has, in lower case: a part of the name before it, or of the secret itself.
_WORDS = (
    *("bearer", "eyj", "pwd", "token", "cookie", "authorization", "credential", "signature", "protected", "slack"),
    *("ibaak", "ibadanbgkq", "mhccaqeei", "b3blbnnzac1rzxktdje", "ls0tls1crudjti", "q~", "t3blbkfj", "securestring"),
    *("gho_", "ghp_", "ghr_", "ghs_", "ghu_", "github_pat_", "glpat-", "xox", "xapp-", "npm_", "pypi-", "dckr_pat_"),
    *("hvs", "k_live_", "sk-ant-", "aiza", "ya29", "hf_", "jqqj9", "azdo", "azse", "akia", "asia"),
    *("net user", "exe user", ":5432:", "identified by"),
)
_MORE_WORDS = (
    *("pass", "sig", "key", "secret", "auth", "basic", "==", "code=", "@", "%", "&", "\\u", "\\x", "\x1b", " -"),
    *("azfu", "azca", "+as", "+aba", "+aeh", "+arm", "+acr", "acdb", "apim", "aiot", "sg."),
)
# Words that ordinary texts have too ("assigned", "passed", "100%"), with what follows them in a secret.
_MORE = (
    r"pass[^abd-oq-vx-z]|(?:sig|auth|basic)[^a-z]|key[^u]|secret[^us]|==|code=|@|%[0-9a-f]{2}|&|\\[ux]|\x1b| --?[apuw]"
    r"|az[fc]|\+a|acdb|apim|aiot|sg\.[\w-]{16}"
)
_OWNERS_OF_KEYS = (
    "account|access|shared|api|private|secret|storage|subscription|auth|workspace|signing|consumer|registry"
    "|primary|secondary|host|functions?|master|admin|query|session|service|client|ssh|license"
)
SECRET_MARKS = (
    *("=", "@", "&", "(?i:%[0-9a-f][0-9a-f])"),
    *(f"(?i:{word})" for word in _WORDS),
    *(
        "(?i:pass[^abd-oq-vx-z])",
        "(?i:sig[^a-z])",
        "(?i:auth[^a-z])",
        "(?i:basic[^a-z])",
        "(?i:secret[^us])",
        "(?i: --?[apuw])",
    ),
    *(f"(?i:(?:{_OWNERS_OF_KEYS})[ _.-]?key)", r"(?i:\+acr)", r"SG\.[A-Za-z0-9_-]"),
)
"""Expressions of which a JSON text with a secret has one; hardly any other text has."""
_ESCAPES = (r"\\x", r"\\u(?:20|[fF][eE]|01)", r"\\u00[aA][dD]")
"""Escapes that may hide the name of a secret, but for those of ASCII."""
CLOSER_MARKS = (
    (
        "=",
        (
            *("==", "(?i:code=)", "(?i:key[1-9])"),
            "(?i:encryption[ _.-]?key[a-z0-9_.: =-])",  # a documented member has this name, and a quote behind it
            *(r"\+[aA]", "(?i:azfu)", "(?i:azca)", "(?i:acdb)", "(?i:apim)", "(?i:aiot)"),
            *_ESCAPES,
        ),
    ),
    ("@", ("@[A-Za-z0-9_.]", r"@\[", r"@\\+u", *_ESCAPES)),
)
"""Expressions of which a secret has one where its only mark is one of these characters, as `int="1"` of XML has."""
_SHORT = 120
"""Characters of a text whose answer is kept: messages are longer, and few of them repeat."""
_CACHED = 4096
"""Texts whose answer is kept: all captures have some 3,000 short ones, which take 0.6 MB."""
_HIDDEN = "[\u017f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
"""Characters that hide a name: a form of the letter s, and those without width."""


def may_hold_secret(text: str) -> bool:
    """Return True if a text may hold what `redact` replaces; False is certain.

    >>> may_hold_secret("ProvisioningState/succeeded"), may_hold_secret("no Bearer")
    (False, True)
    """
    # Short texts are names, codes and levels, most of which every document has: the answer of the cache takes 0.1 of
    # 3 microseconds.
    return _has_words_of_cache(text) if len(text) <= _SHORT else _has_words(text)


def _has_words(text: str) -> bool:
    folded = text.lower()
    for word in _WORDS:
        if word in folded:
            return True
    for word in _MORE_WORDS:
        if word in folded:
            return re.search(_MORE, folded) is not None or _is_hidden(text)
    return _is_hidden(text)


_has_words_of_cache = lru_cache(_CACHED)(_has_words)


def _is_hidden(text: str) -> bool:
    return not text.isascii() and re.search(_HIDDEN, text) is not None
