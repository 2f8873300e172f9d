"""The shapes of secrets: private keys, tokens, keys of Azure and AWS, digests of passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.secrets.base64_words import is_of_user, is_text, is_token
from instanceview.model.secrets.tokens import TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = r"(?:[A-Z0-9 +]{0,40}[ +])?PRIVATE[ +]KEY(?:[ +]BLOCK)?"
"""The expression of the words between the dashes of a private key."""


class Shape(NamedTuple):
    """The kind of a secret, texts in lower case of which each has one, its expression, and a predicate on the match.

    `begins`: each match begins with the one mark, where alone it is looked for.
    """

    kind: str
    marks: tuple[str, ...]
    expression: str
    holds: Callable[[str], bool] = bool
    begins: bool = False


SHAPES = (
    Shape(
        "a private key",
        ("private key", "private+key"),
        rf"(?is:-{{4,5}} ?BEGIN[ +]{KEY} ?-{{4,5}}.*?(?:-{{4,5}} ?END[ +]{KEY} ?-{{4,5}}|\Z))",
    ),
    # A part of one, by the first bytes of its numbers: PKCS #1, PKCS #8, SEC 1, OpenSSH.
    Shape(
        "a private key",
        ("ibaak", "ibadanbgkq", "mhccaqeei", "mc4caqawbqydk2vwbcie", "b3blbnnzac1rzxktdje"),
        r"(?:MI[IG][A-Za-z0-9+/]{1,4}IBAAK[BC]|MI[IG][A-Za-z0-9+/]{2}[wAQg]IBADANBgkq|MHcCAQEEI|MC4CAQAwBQYDK2VwBCIE"
        r"|b3BlbnNzaC1rZXktdjE)"
        r"[A-Za-z0-9+/=\s]+",
    ),
    # The same, encoded once more, as in a kubeconfig; a certificate or public key is not a secret.
    Shape("a private key", ("ls0tls1crudjti",), r"LS0tLS1CRUdJTi(?!BDRVJ|BQVUJ)[A-Za-z0-9+/=]+"),
    Shape(  # of PuTTY
        "a private key",
        ("private-lines",),
        r"(?i:private-lines: ?[0-9]{1,3}(?P<secret>(?:\s+[A-Za-z0-9+/=]+(?![\w-]*:))++))",
    ),
    # The private numbers of a key in JSON (RFC 7517) and in XML.
    Shape(
        "a private key",
        ("kty",),
        r"[\"'](?:[dkpq]|d[pq]|qi)\\{0,15}[\"']\s*:\s*\\{0,15}[\"'](?P<secret>[\w-]{16,})(?=\\{0,15}[\"'])",
    ),
    Shape("a private key", ("rsakeyvalue",), r"<(?:D|P|Q|DP|DQ|InverseQ)>(?P<secret>[A-Za-z0-9+/=\s]{16,})<"),
    # The digest of a password as crypt(3) and htpasswd write it.
    Shape(
        "a password",
        ("$",),
        r"\$(?:[156y]|2[abxy]|apr1|argon2(?:id?|d))\$(?:[\w=,.-]{1,64}\$){0,3}[A-Za-z0-9./+]{1,32}\$?[A-Za-z0-9./+]{16,}",
    ),
    # A word of prose ("bearer authentication") and a parameter (`Bearer realm="a"`) are not a token.
    Shape(
        "a bearer token",
        ("bearer",),
        r"(?i:\bbearer(?:\s*[:=]?\s+|\s*[:=]\s*|\s*(?=\\{0,15}[\"']))\\{0,15}[\"']?(?P<secret>(?!\w+=[\"\w])(?=[^\s\"'<>]{0,200}[0-9]|[^\s\"'<>]{20})[^\s\"'<>,;]+))",
        begins=True,
    ),
    Shape(
        "a JSON web token",
        ("eyj",),
        r"(?i:(?:(?<![\w-])|(?<=----))eyJ[\w-]{8,}(?:\s{0,8}\.\s*(?=[\w-]{16})[\w-]+|\.[\w-]*)*+)",
        is_token,
    ),
    Shape(
        "a JSON web token",
        ("eyj",),
        r"(?i:eyJ(?:(?!eyJ)[\w-]){8,}\s{0,8}\.\s*eyJ[\w-]+(?:\s{0,8}\.\s*(?=[\w-]{16})[\w-]+|\.[\w-]*)*+)",
    ),
    Shape(
        "a password",
        ("basic",),
        r"(?i:\bbasic\s+\\{0,15}[\"']?(?P<secret>[A-Za-z0-9+/_-]{8,}=*))",
        is_of_user,
        begins=True,
    ),
    # The answer to a server of mail that asks for the password, in base64 as its question is.
    Shape(
        "a password",
        ("auth login", "ugfzc3dvcmq6"),
        r"(?i:(?:\bauth\s+login\s+[a-z0-9+/]{4,200}=*|\b334\s+UGFzc3dvcmQ6)\s+(?:[a-z]: *|[<>-]{1,3} *)?"
        r"(?P<secret>[a-z0-9+/]{4,200}=*))(?![\w+/])",
        is_text,
    ),
    # What Windows encrypts for a user, as ConvertFrom-SecureString and files of RDP have it.
    Shape(
        "a password",
        ("d08c9ddf0115d111", "aqaaancmnd8bfder"),
        r"(?i:01000000d08c9ddf0115d1118c7a00c04fc297eb[0-9a-f]{16,})|AQAAANCMnd8BFdERjHoAwE/Cl\+s[A-Za-z0-9+/=]{16,}",
    ),
    # The second half of a sign-in to HashiCorp Vault.
    Shape(
        "a secret",
        ("secret_id", "secret-id"),
        r"(?i:\bsecret[_-]id\\{0,15}[\"']?\s*[:=]\s*\\{0,15}[\"']?(?P<secret>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))",
    ),
    # An entry of docker's configuration or of .npmrc.
    Shape(
        "a password",
        ("auth",),
        r"(?i:(?<![a-z])auth\\{0,15}[\"']?\s*[:=]\s*\\{0,15}[\"']?(?P<secret>[A-Za-z0-9+/]{8,}=*))",
        is_of_user,
        begins=True,
    ),
    Shape("a signature", ("sharedkey",), r"(?i:\bsharedkey(?:lite)?\s+[\w-]{1,64}:(?P<secret>[A-Za-z0-9+/]{16,}=*))"),
    # 64 bytes in base64: a key of storage, batch, Cosmos DB or Log Analytics; a digest is named before it.
    Shape(
        "an account key",
        ("==",),
        r"(?:(?<![A-Za-z0-9+/=])|(?<=[A-Za-z]=))(?<!(?i:sha512)[-:=])[A-Za-z0-9+/]{86}==(?!=)",
    ),
    # 32 bytes in base64 after a word for a key: of devices, hubs, WireGuard and Fernet. A digest has another name.
    Shape(
        "an access key",
        ("key",),
        r"(?i:key(?<!publickey)(?<!public[ _-]key)(?:[ _-]?[0-9])?\\{0,15}[\"']?\s*[:=]\s*b?\\{0,15}[\"']?)"
        r"(?P<secret>[A-Za-z0-9+/]{43}=)(?!=)",
        begins=True,
    ),
    # The recovery password of BitLocker, and a key of a product.
    Shape(
        "a password",
        ("bitlocker", "recovery", "numerical", "protector"),
        r"(?<![\w-])(?:[0-9]{6}-){7}[0-9]{6}(?![\w-])",
    ),
    Shape(
        "an access key",
        ("product", "licen", "activation", "slmgr"),
        r"(?<![\w-])(?:[A-Z0-9]{5}-){4}[A-Z0-9]{5}(?![\w-])",
    ),
    # What a publisher of Event Grid sends.
    Shape("a signature", ("&s=",), r"(?i:\br=https?[^\s&]{1,2000}&e=[^\s&]{1,100}&s=(?P<secret>[^\s&\"']{16,}))"),
    # The digests of a password in Windows.
    Shape("a password", (":::",), r":(?P<secret>[0-9a-fA-F]{32}:[0-9a-fA-F]{32}):::"),
    # Keys of Azure with a mark in them.
    Shape(
        "an access key",
        ("azfu", "azse", "azca", "azdo", "+a", "acdb", "apim", "aiot", "jqqj9"),
        r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{30,80}(?:AzFu|AzSe|AzCa|\+AS[tb]|\+ABa|\+AEh|\+ARm|\+ACR|ACDb|APIM|AIoT|AZDO"
        r"|JQQJ9)[A-Za-z0-9+/_-]{4,40}={0,2}(?![A-Za-z0-9+/=_-])",
    ),
    Shape("a client secret", ("q~",), r"[\w~.-]{3}[0-9]Q~[\w~.-]{31,34}"),
    # The key of a function, or the code of a sign-in.
    Shape(
        "a function key",
        ("code=",),
        r"(?i:(?<![a-z])code=(?P<secret>(?!(?:[a-z]+/){1,3}-?[0-9]{1,10}\b)(?=[^\s&]{0,200}[0-9])[\w%/+~.=-]{20,}))",
    ),
    Shape(  # a shorter one, in an address
        "a function key",
        ("?code=", "&code="),
        r"(?i:(?<=[?&])code=(?P<secret>(?=[^\s&]{0,200}[0-9])(?=[^\s&]{0,200}[a-z])[\w%+~.=-]{6,}))",
    ),
    Shape(
        "an access key",
        ("akia", "asia"),
        r"(?<![A-Za-z0-9])A(?:KIA|SIA)[A-Z0-9]{12,17}(?:[\s,;:|\"']{1,5}[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/]))?",
    ),
    *(Shape("a token", (mark,), expression) for mark, expression in TOKENS[""].items()),
)
SHAPES_BY_SIGN = {
    sign: tuple(Shape("a token", (mark,), expression) for mark, expression in TOKENS[sign].items()) for sign in "_-"
}
"""Shapes with a character that many texts do not have: only in one with it they are looked for."""
