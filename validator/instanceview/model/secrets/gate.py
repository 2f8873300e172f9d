"""Decide that a text certainly holds no secret, so that the search for some is not even loaded.

`tests/model/test_redaction.py` checks that both agree.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

# Texts that a secret of these modules has, in lower case: a part of the name before it, or of the secret itself.
_WORDS = (
    *("bearer", "eyj", "pwd", "token", "cookie", "authorization", "credential", "signature"),
    *("protected", "slack", "ibaak", "ibadanbgkq", "mhccaqeei", "b3blbnnzac1rzxktdje", "ls0tls1crudjti"),
    *("q~", "t3blbkfj", "securestring", "securevalue", "xox", "hvs", "aiza", "ya29", "jqqj9", "azdo", "azse", "akia"),
    *("asia", ":5432:", "curl", "schtasks", "signtool", "gr1348941", "hvb", "dapi", "shp", "oy2"),
    *("atlasv1", "webhook", "mc4caqaw", "kty", "sudo", "twine", ":aa", "oracle:thin", "rsakeyvalue"),
    *("psk", "authtok", "bindpw", "rootpw", "pat=", "dt0c0", "dp.st.", "dp.pt.", "atatt3", "akcp"),
    *(":::", "slmgr", "k8s.io.", "d08c9ddf0115d111", "aqaaancmnd8bfder", "ugfzc3dvcmq6"),
    *("kennwort", "wachtwoord", "contrase", "senha", "heslo", "adgangskode", "salasana", "passord"),
)
_WORDS_BY_SIGN = {
    "_": (
        *("gho_", "ghp_", "ghr_", "ghs_", "ghu_", "github_pat_", "npm_", "dckr_pat_", "k_live_", "hf_"),
        *("glsa_", "k_test_", "whsec_", "dop_v1_", "sntrys_", "identity_h", "squ_", "sqp_", "sqa_"),
        *("lin_api_", "rubygems_", "add_user", "sp_addlogin", "__construct"),
    ),
    "-": (
        *("glpat-", "xapp-", "pypi-", "sk-ant-", "gldt-", "glrt-", "glcbt-", "glptt-", "gocspx-"),
        *("private-lines", "identity-h", "nrak-", "add-mask", "tskey-", "swmtkn-", "pmak-", "pul-"),
        *("sk-proj-", "sk-svcacct-", "sk-admin-", "sk-or-v1-"),
    ),
    " ": (
        *("net user", "exe user", "net use ", "identified by", "identified with", "bcp "),
        *("vault login", " -hp", "freerdp"),
    ),
}
"""Words with a character that many texts do not have: only in one with it they are looked for."""
_MORE_WORDS = (
    *("pass", "pw", "sig", "key", "secret", "auth", "basic", "==", "code=", "@", "%", "&", "\\u", "\\x", "\\1"),
    *("\x1b", "\0", " -", "$", "sg."),
    *("azfu", "azca", "+as", "+aba", "+aeh", "+arm", "+acr", "acdb", "apim", "aiot"),
)
# Words that ordinary texts have too ("assigned", "passed", "100%"), with what follows them in a secret.
_MORE = (
    r"pass(?:[^abd-oq-vx-z]|e\W)|(?:sig|auth|basic)[^a-z]|key[^u]|secret(?:[^us]|s[_.-])|pw[^a-z]|==|code=|@|%u?[0-9a-f]{2}|&|\\[ux1]|\x1b|\0"
    r"| --?[apuwk]|az[fc]|\+a|acdb|apim|aiot|\$(?:[156y]|2[abxy]|apr1|argon2)|\bsg\.[\w-]{16}"
)
_OWNERS_OF_KEYS = (
    "account|access|shared|api|private|secret|storage|subscription|auth|workspace|signing|consumer|registry|hmac|application"
    "|primary|secondary|host|functions?|master|admin|query|session|service|client|ssh|license|sas|symm|symmetric|registration|activation"
    "|recovery|product|unseal|app|routing|integration|enrollment|principal|secure|sdk|write"
    "|cosmos|batch|openai|speech|maps|search|redis|translator"
)
_ESCAPE = r"\\(?:[xX][0-9A-Fa-f]|1[0-7][0-7]|U00|u\{)"
"""An escape that may hide the name of a secret, but for those of ASCII; one expression is searched for in one pass."""
SECRET_MARKS = (
    *("=", "@", "&", "(?i:%u?[0-9a-f][0-9a-f])"),
    *(f"(?i:{word.replace('.', '[.]')})" for word in chain(_WORDS, *_WORDS_BY_SIGN.values())),
    *(
        r"SG\.[A-Za-z0-9_-]",
        "(?i:key-[0-9a-f])",
        r"\$(?:[156y]|2[abxy]|apr1|argon2)",
        "(?i:pass[^abd-oq-vx-z])",
        "(?i:passe[^a-z])",
        "(?i:sig[^a-z])",
        "(?i:auth[^a-z])",
        "(?i:basic[^a-z])",
        "(?i:secret[^us])",
        "(?i:pw[^a-z])",
        "(?i: --?[apuwk])",
    ),
    *(
        f"(?i:(?:{_OWNERS_OF_KEYS})[ _.-]?key)",
        r"(?i:private\+key)",
        "(?i:key *[1-9:=])",
        "(?i:key  )",
        r"(?i:key *\\+)",
        r"(?i:\?key )",
        r"(?i:\+acr)",
    ),
    _ESCAPE,
    "(?i:encryption[ _.-]?key)",  # a documented member has this name: one with a text would be missed without it
)
"""Expressions of which a JSON text with a secret has one; hardly any other text has."""
CLOSER_MARKS = (
    (
        "=",
        (
            *("==", "(?i:code=)", "(?i:key[^a-z])"),
            "(?i:hmac=)",
            "(?i:secrets[_.-])",
            "(?i:encryption[ _.-]?key[a-z0-9_.: =-])",  # a documented member has this name, and a quote after it
            *(r"\+[aA]", "(?i:azfu)", "(?i:azca)", "(?i:acdb)", "(?i:apim)", "(?i:aiot)"),
        ),
    ),
    ("@", ("@[A-Za-z0-9_.]", r"@\[", r"@\\+u", "(?i:identified)", "(?i:kinit)", "(?i:sqlplus)")),
)
"""Expressions of which a secret has one where its only mark is one of these characters, as `int="1"` of XML has."""
_SHORT = 120
"""Characters of a text whose answer is kept: messages are longer, and few of them repeat."""
_CACHED = 4096
"""Texts whose answer is kept: all captures have some 3,000 short ones, which take 0.6 MB."""
_HIDDEN = (
    "[\u017f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\uff21-\uff3a\uff41-\uff5a]"
    "|(?i:has\u0142|l\xf6sen|jelsz\xf3|\u015f[i\u0130]fre|\u043f\u0430\u0440\u043e\u043b)"
    "|\u5bc6[\u7801\u78bc]|\u53e3\u4ee4|\u30d1\u30b9\u30ef\u30fc\u30c9|\ube44\ubc00\ubc88\ud638|\uc554\ud638"
)
"""Characters that hide a name, as other forms of letters and those without width do, and names in other alphabets."""


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
    for sign, words in _WORDS_BY_SIGN.items():
        if sign in folded:
            for word in words:
                if word in folded:
                    return True
    for word in _MORE_WORDS:
        if word in folded:
            return re.search(_MORE, folded) is not None or _is_hidden(text)
    return _is_hidden(text)


_has_words_of_cache = lru_cache(_CACHED)(_has_words)


def _is_hidden(text: str) -> bool:
    return not text.isascii() and re.search(_HIDDEN, text) is not None
