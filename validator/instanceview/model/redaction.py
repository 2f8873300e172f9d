"""Secrets in the text of an input, redacted as in all outputs."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import islice
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

from instanceview.model.secrets.gate import may_hold_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from instanceview.model.secrets.shapes import Secret

_LEAST = 4
"""Characters that a part of a secret has at least."""
_VALUES = {"value", "securevalue", "secretvalue"}
_NAMES = ("name", "key", "Name", "Key")
"""The members that have the name of a value beside them."""
_RANDOM = "kZ7wQ9hD2mV4xT6bN8sJ3pL5cR1yF0gA"
"""A text that is a secret by each name of one."""
_AT_ONCE = 1000
"""Pieces of a text that are joined at a time."""
_NEIGHBOURS = 1 << 15
"""The most characters of a text whose secrets are kept: what is searched for an excerpt has up to 19,000."""
REDACTED = "[redacted]"
"""The replacement of a secret in every output."""


def redact(text: str) -> str:
    r"""Return `text` with passwords, signatures, tokens and keys replaced by `[redacted]`; the name before one is kept.

    >>> redact("https://x.blob.core.windows.net/a?sv=1&sig=abc%3D&se=2")
    'https://x.blob.core.windows.net/a?sv=1&sig=[redacted]&se=2'
    """
    secrets = _secrets_in(text)
    return _redacted_part(text, 0, len(text), secrets) if secrets else text


def redact_parts(text: str, *parts: tuple[int, int]) -> list[str]:
    """Return parts of a text, each from an offset to another; a secret is seen whole although a part may cut it.

    The same text is searched once for parts that are asked for one after the other.

    >>> redact_parts("password=hunter2 or not", (0, 12), (12, 19))
    ['password=[redacted]', '[redacted] or']
    """
    secrets = _secrets_once(text) if len(text) <= _NEIGHBOURS else _secrets_in(text)
    return [_redacted_part(text, start, end, secrets) for start, end in parts]


@lru_cache(4)
def _secrets_once(text: str) -> Sequence[Secret]:
    # Most findings of a text are near one another: searched anew for each, 1,000 secrets in a line took 4 s.
    return _secrets_in(text)


def _secrets_in(text: str) -> Sequence[Secret]:
    if not may_hold_secret(text):  # the search costs more than parsing the document, and this is nearly free
        return ()
    from instanceview.model.secrets.search import secrets_in  # slow to load, and most texts hold none

    return secrets_in(text)


def _redacted_part(text: str, start: int, end: int, secrets: Sequence[Secret]) -> str:
    pieces = _pieces(text, start, end, secrets)
    # Some are joined at a time: a list of all takes 70 bytes for each secret, which may have six.
    return "".join(iter(lambda: "".join(islice(pieces, _AT_ONCE)), ""))


def _pieces(text: str, start: int, end: int, secrets: Sequence[Secret]) -> Iterator[str]:
    last = start
    for secret in secrets:
        if start < secret.end and secret.start < end:
            yield f"{text[last : max(start, secret.start)]}{REDACTED}"
            last = secret.end
    yield text[last:end]


def redact_quoted(text: str, *wholes: str) -> str:
    """Return a text that may quote parts of others, without the secrets that only the whole of one shows.

    A part may be cut off within the secret.

    >>> redact_quoted('unknown rule "hunter2"', "password=hunter2"), redact_quoted("hunt…", "password=hunter2")
    ('unknown rule "[redacted]"', '[redacted]…')
    """
    for whole in wholes:
        for secret in _secrets_in(whole):
            value = whole[secret.start : secret.end]
            if len(value) >= _LEAST:
                text = _without(text, value)
    return redact(text)


def _without(text: str, secret: str) -> str:
    """Return a text in which each beginning of a secret is replaced, as far as it is the same."""
    pieces: list[str] = []
    last = 0
    while (start := text.find(secret[:_LEAST], last)) >= 0:
        pieces += (text[last:start], REDACTED)
        last = start + len(commonprefix((text[start : start + len(secret)], secret)))  # noqa: RUF071 (characters are meant)
    return "".join((*pieces, text[last:]))


def redact_pointer(pointer: str) -> str:
    """Return a JSON pointer with the secrets in its names redacted.

    >>> redact_pointer("/a/https:~1~1b~1?sig=c~1d/0")
    '/a/https:~1~1b~1?sig=[redacted]/0'
    """
    if not may_hold_secret(pointer):
        return pointer
    names = [redact(name.replace("~1", "/").replace("~0", "~")) for name in pointer.split("/")]
    return "/".join(name.replace("~", "~0").replace("/", "~1") for name in names)


def redact_value(value: Any) -> Any:  # noqa: ANN401 (a JSON value)
    """Return a JSON value with the secrets in its texts and names redacted.

    >>> redact_value({"exclude": ["?sig=a"]})
    {'exclude': ['?sig=[redacted]']}
    """
    if isinstance(value, dict):
        return {redact(name): redact_value(each) for name, each in value.items()}
    if isinstance(value, list):
        return [redact_value(each) for each in value]
    return redact(value) if isinstance(value, str) else value


def redact_member(name: str, value: str) -> str:
    """Return the value of a member, redacted: as a whole where the name says that it is a secret.

    >>> redact_member("apiKey", "hunter2"), redact_member("code", "?sig=a")
    ('[redacted]', '?sig=[redacted]')
    """
    if not may_hold_secret(f'"{name}":'):  # `key` is the end of many words, and a name with its quote
        return redact(value)
    member = f'"{name}": {json.dumps(value)}'
    (shown,) = redact_parts(member, (len(name) + len('"": '), len(member)))
    try:
        return redact(str(json.loads(shown)))
    except ValueError:  # only a part of an escape is left
        return REDACTED


def meant_name(holder: Mapping[str, object], key: str, name: str) -> str:
    """Return the name that says what a member is: its own, or of `{"name": …, "value": …}` the name in it.

    `name` is that of the holder. Below the name of a secret, it is that of each member that does not say of what
    type or state it is.

    >>> meant_name({"name": "apiKey", "value": "a"}, "value", ""), meant_name({"a": "b"}, "a", "apiKey")
    ('apiKey', 'apiKey')
    """
    if key.lower() not in _VALUES:
        return name if _is_of_secret(name) and not _is_about_secret(key) else key
    named = next((holder[each] for each in _NAMES if each in holder), None)
    return named if isinstance(named, str) else name


def _is_of_secret(name: str) -> bool:
    """Return True if each random text is a secret by this name."""
    return may_hold_secret(f'"{name}":') and redact_member(name, _RANDOM) == REDACTED


def _is_about_secret(name: str) -> bool:
    from instanceview.model.secrets.below import is_about_secret  # as above

    return is_about_secret(name)


def redact_below(name: str, value: Any) -> Any:  # noqa: ANN401 (a JSON value)
    """Return the value of a member with `[redacted]` for each text that is a secret by the names around it.

    >>> redact_below("adminPassword", {"a": ["hunter2", 1]}), redact_below("osName", {"password": "hunter2"})
    ({'a': ['[redacted]', 1]}, {'password': '[redacted]'})
    """
    if isinstance(value, str):
        return REDACTED if redact_member(name, value) == REDACTED else value
    if isinstance(value, list):
        return [redact_below(name, each) for each in value]
    if isinstance(value, dict):
        is_inside = _is_of_secret(name)
        return {key: redact_below(name if is_inside else meant_name(value, key, name), value[key]) for key in value}
    return value


def kind_of_secret(text: str, name: str | None = None) -> str:
    """Return the kind of the first secret in a text that has one, or that is one by the name of its member.

    >>> kind_of_secret("?a=1&sig=bm90LWEtc2VjcmV0"), kind_of_secret("hunter2", "adminPassword")
    ('a shared access signature', 'a password')
    """
    from instanceview.model.secrets.search import secrets_in  # as above

    return (secrets_in(text) or secrets_in(f'"{name}": {json.dumps(text)}'))[0].kind
