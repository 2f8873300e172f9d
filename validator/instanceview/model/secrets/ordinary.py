"""Values that are ordinary text: placeholders, addresses, sentences, words of prose."""

from __future__ import annotations

import re

_MOST = 200
"""Characters that an ordinary value has at most. A longer one is a secret, and the search goes on after it."""
_WORD = 12
"""Letters of a bare word after a colon from which on it is a secret: prose has few such words after the name.

Those of another alphabet are twice as long, and a sentence in Chinese has no spaces.
"""
_ENDING = re.compile(r"[A-Za-z][a-z]+(?:tions?|ments?|ness|able|ible|fully|cient|lich|[tr]ized)")
"""A long word of English as an error has it: `passwd: Authentication token manipulation error`."""

_PLACEHOLDER = re.compile(
    r"""
    \W{0,3}(?:redacted|removed|hidden|masked|sanitized|filtered|omitted|scrubbed)\W{0,4}
    |\W{1,3}(?:secret|password|passwd|pwd|token)\W{1,4}
    |[($]?(?:null|none|nil|true|false|undefined|unset|empty|yes|no|y|n|n/?a|void|default|await)[\W_]{0,3}
    |system\.[a-z.]{1,80}(?:\[\])?
    |[*x.…•_\#\s-]+[)\]}"']*|\{\s*\}|\[\s*\]
    |(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,20})(?:\s.*)?
    |(?:aes|rsa|sha|ec|hmac)[-_]?[0-9]{3,4}(?:[-_](?:gcm|cbc|ctr|oaep))?
    |/?(?:subscriptions|projects)/\S*|hk(?:lm|cu|cr|ey_[a-z_]{1,30})[:\\].*
    |[a-z_.]{1,60}\(.{0,80}\)(?:[.\[].{0,80})?
    |<[^<>]{1,60}>|\{\{.{0,80}\}\}|\{[a-z_.]{1,40}\}
    |\$\{.{1,80}\}|\$\(.{1,80}\)|\$\([a-z][a-z_./-]{0,40}|\$env:\w+|%[a-z_]+%|(?-i:\$[A-Z_]{3,})
    |\$\{\{.{0,80}|\W{1,2}|(?-i:(?:var|local|data|module|each|[a-z]{2,12}_[a-z_]{2,40}\.[a-z_]{1,40})\.[a-z0-9_.]{1,100})
    |\((?:sensitive(?:\svalue)?|known(?:\safter\sapply)?)\)?
    |\[?(?:parameters|variables|concat|reference|listkeys)\(.*|@microsoft\.keyvault\(.*
    |(?-i:REDACTED)\b.*|\w*_?placeholder|your[_-].{1,60}
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PROSE = re.compile(
    r"\s(?:must|should|cannot|can|not|is|are|was|were|has|have|does|the|an?|of|for|at\sleast|to|or|and|be)\s"
    r"|\b(?:required|invalid|missing|expired|failed|incorrect|too\s(?:short|long|weak))\b",
    re.IGNORECASE,
)
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
"""What a sentence has, and `a b c Q9! d` does not."""
_WORDS = re.compile(r"[^\W\d_]+(?:[-_/'.][^\W\d_]+)*[.,;:!?)\]}\"'\u3002\uff0c]*")
_CODE = re.compile(r"0x[0-9a-f]{1,8}|-?[0-9]+(?:[.,:/-][0-9]+)*%?|(?-i:[A-Z]{2,10}-?[0-9]{3,8}:)", re.IGNORECASE)


def is_ordinary(value: str, name: str, before: str = "") -> bool:
    """Return True if a value is not a secret, whatever sign is before it: nothing, a placeholder, the name again.

    `before` are the characters before the name, which may be the beginning of its word.

    >>> [is_ordinary(each, "password") for each in ("", "[redacted]", "${DB_PASSWORD}", "hunter2")]
    [True, True, True, False]
    """
    if len(value) > _MOST:
        return False
    short = value.strip()
    if not short or _PLACEHOLDER.fullmatch(short):
        return True
    word: str = re.findall(r"\w*\Z", before)[0]  # an empty one is found, too
    again = _folded(short.rpartition(".")[2])
    return again in {_folded(name), _folded(f"{word}{name}")}


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def is_address(value: str) -> bool:
    """Return True if a value is a URL, such as that of a key in a vault."""
    return len(value) <= _MOST and value.lower().startswith(("http://", "https://"))


def is_guid(value: str) -> bool:
    """Return True if a value is a GUID, which names a thing."""
    return _GUID.fullmatch(value) is not None


def is_prose(value: str) -> bool:
    """Return True if a value in quotes is a sentence about a secret; the first line of several decides.

    >>> is_prose("must be 12 characters"), is_prose("correct horse battery staple")
    (True, False)
    """
    if len(value) > _MOST:
        return False
    line = value.strip().partition("\n")[0]  # what follows a key in lines may be anything
    return " " in line and bool(_PROSE.search(f" {line} ") and _LONG_WORD.search(line))


def is_word(value: str) -> bool:
    """Return True if a bare value after a colon is a word, a number or a code, as a sentence goes on with.

    >>> [is_word(each) for each in ("must", "expired.", "401", "0x80070005", "hunter2")]
    [True, True, True, True, False]
    """
    if len(value) > _MOST:
        return False
    if _CODE.fullmatch(value.rstrip(".,;)")):
        return True
    return bool(_WORDS.fullmatch(value)) and all(
        len(word) < (_WORD if word.isascii() else 2 * _WORD) or _ENDING.fullmatch(word)
        for word in re.split(r"[\W\d_]|(?<=[a-z])(?=[A-Z])", value)
    )
