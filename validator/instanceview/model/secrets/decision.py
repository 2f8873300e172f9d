"""The decision if the value after the name of a secret is one: what is written before and after it, and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.secrets.beside import is_argument, is_cell, is_in_sentence, is_random
from instanceview.model.secrets.ordinary import is_address, is_guid, is_ordinary, is_prose, is_word

if TYPE_CHECKING:
    from instanceview.model.secrets.known_names import Name

_DIGEST = 40
"""The fewest characters of a value with a name of very many things, as `key1`: a random one is not enough."""
_LABEL = re.compile(
    r"\b(?:href|src|action|for|title|alt|placeholder)\s*=\s*\\{0,3}[\"'][^\"'<>]{0,60}\Z", re.IGNORECASE
)
"""What is before the last word of an attribute whose element has a text for people."""
_CHANGE = re.compile(r"\b(?:re)?(?:set|chang|updat|rotat)\w{0,4}\s[^\n]{0,40}\Z", re.IGNORECASE)
"""What is before a password that is changed: `changed the password to x`, not `sent the password to x`."""
_KEY = re.compile(r"(?:(?P<header>\b(?:x|ocp)-[a-z-]{0,40})|\bapi[ _-]?)key\Z", re.IGNORECASE)
"""The name of a key with no sign after it: `Ocp-Apim-Subscription-Key 6d25cf73…`."""
NEAR = 40
"""Characters after a word in which a sentence shows: `--password is required`."""
_NO_SIGNATURE = re.compile(
    r"(?:[0-9]{1,5}|(?:sig)?(?:hup|int|quit|kill|term|abrt|alrm|usr[12]|pipe|chld|cont|segv|stop|tstp))\Z|\??[a-z]{2,3}=",
    re.IGNORECASE,
)
"""A signal, as `SIG=15` and `sig=HUP`, and other parameters than the signature, which has a name of its own."""
_COUNT = re.compile(r"[0-9]{1,3}(?:[/.][0-9]{1,4})?%?|ok|failed", re.IGNORECASE)
"""The value of `pass` that counts tests, or says what became of one."""
_SURE = {"equals", "colon", "pair", "element"}
"""The signs after a name that other words end."""
_FOLDER = re.compile(r"(?:/[\w.-]*)++$|[a-z]:\\", re.IGNORECASE)
"""The value of `PWD` that is the current folder."""


class Value(NamedTuple):
    """A value, and what is around it: the name, its text, the sign, and characters before, between and after.

    `is_option` says that the name is that of an option, after which a space is enough.
    """

    text: str
    name: Name
    known: str
    sign: str
    before: str
    between: str
    after: str
    is_quoted: bool
    is_option: bool


def is_secret(value: Value) -> bool:
    """Return True if a value after the name of a secret is one."""
    name, text = value.name, value.text
    is_also_ordinary = name.random or name.kind == "a cookie" or _is_end_of_word(value)
    if (len(text) < name.least and not (name.least < _DIGEST and is_random(text))) or (
        is_also_ordinary and not is_random(text)
    ):
        return False
    if name.is_open and (value.sign not in _SURE or is_guid(text)):
        return False
    if value.sign in {"sentence", "option", "call"} and not value.is_option and not _is_beside(value):
        return False
    return not _is_harmless(value) and not _is_sentence(value)


def _is_end_of_word(value: Value) -> bool:
    """Return True if a name is the end of another word, such as `bypass`, and not the second one of `dbPass`."""
    return value.known == "pass" and value.before[-1:].isalpha()


def _is_beside(value: Value) -> bool:
    """Return True if a value is a secret without a sign before it: in an argument, a cell, or a sentence."""
    kind = value.name.kind
    if value.between.strip().lower() == "to" and not _CHANGE.search(value.before):
        return False
    is_apart = value.is_quoted or is_cell(value.between) or "," in value.between
    if "," in value.between and not value.is_quoted and ("(" in value.text or not is_random(value.text)):
        return False  # an argument of a call in a program: `sign(private_key, hashes.SHA256())`
    if value.sign == "option" and not is_cell(value.between) and _is_api_key(value):
        return True
    if value.sign != "sentence" and is_apart:
        return is_argument(value.text, value.known, value.before, value.between, kind)
    return is_in_sentence(value.text, kind, is_quoted=value.is_quoted)


def _is_api_key(value: Value) -> bool:
    """Return True if a random value is after the name of a header for keys, or in quotes after `ApiKey`."""
    key = _KEY.search(f"{value.before}{value.known}")
    return key is not None and is_random(value.text) and (value.is_quoted or key["header"] is not None)


def _is_harmless(value: Value) -> bool:
    """Return True if a value is not a secret after any sign: a placeholder, an address, a folder, a number."""
    known, text = value.known.lower(), value.text
    # The quote after the sign is the end of a question in quotes: `read -p "Password: " NAME`.
    is_prompt = value.is_quoted and text[:1].isspace() and any(value.before.count(quote) % 2 for quote in "\"'")
    return (
        is_prompt
        or (value.name.kind == "a shared access signature" and _NO_SIGNATURE.match(text) is not None)
        or (value.sign == "element" and _LABEL.search(value.before) is not None)
        or is_ordinary(text, value.known, value.before)
        or ((value.name.is_open or value.name.kind != "a password") and is_address(text))
        or (known == "pass" and _COUNT.fullmatch(text) is not None)
        or (known == "pwd" and _FOLDER.match(text) is not None)
    )


def _is_sentence(value: Value) -> bool:
    """Return True if a value goes on with a sentence about a secret: after a colon, an arrow or an option."""
    text = value.text
    if value.is_option and not value.is_quoted and is_word(text) and is_prose(f"{text}{value.after}"):
        return True
    if value.between.startswith("</") and is_word(text):  # `<td>Password</td><td>required</td>`
        return True
    if value.is_quoted or value.sign == "option":
        return is_prose(text)
    # A member has a value in quotes, but for `volume "token" : secret "a" not found`.
    is_member = value.between.lstrip("\\")[:1] in {'"', "'", "`"} and not value.after.startswith(' "')
    may_be = value.sign == "colon" or value.between.strip() in {"->", "==", "=>"}
    return may_be and not is_member and is_word(text.lstrip("([{"))
