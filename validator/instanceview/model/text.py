"""Text of an input as outputs show it: redacted, escaped, cut; and the one definition of a secret.

A secret is defined in four forms, since each of them has a speed of its own. They must agree, which
`tests/model/test_redaction.py` checks: `_SECRETS` finds a secret, `may_hold_secret` rules one out by substrings,
`SECRET_MARKS` are what a scan of a whole document looks for, and `kind_of_secret` names what was found.
"""

from __future__ import annotations

import json
import re

LONGEST = 80
"""The most characters of one value in a message: a finding fits on two lines of a terminal."""

# Patterns are compiled when first used, which `re` remembers: most runs never need them.
# Source lines are shown as they are written: a JSON escape may take the place of `\n`, `&`, `/` or `=`.
_START = r"(?:\b|(?<=\\[nrt]))"
_IS = r"\s*(?:=|\\u003d)\s*"
_SECRETS = (
    rf"(?P<keep>(?:[?&;]|\\u0026)(?:sig|access_token|refresh_token)(?:=|\\u003d)|{_START}(?:accountkey|sharedaccesskey){_IS}"
    # A word of prose ("bearer authentication") is not a token.
    rf"|{_START}bearer\s+(?=\S*[0-9]|\S{{20}}))"
    r"(?P<secret>(?:[^\s&;\"'<>,\\]|\\/|\\u002[bf]|\\u003d)+)"
    rf"|(?P<jwt>{_START}eyJ[\w-]{{8,}}(?:\.[\w-]*)*)"
    r"|(?P<pem>-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$))"
)
SECRET_MARKS = ("=", "-----", "(?i:bearer)", "(?i:eyj)", r"\\u00[23]")
"""Expressions of which each secret has one, its sign of equality perhaps as the escape that JSON has for it."""
REDACTED = "[redacted]"
"""The replacement of a secret in every output."""

_KINDS_OF_SECRET = {
    "sig": "a shared access signature",
    "bearer": "a bearer token",
    "_token": "a token",
    "sharedaccesskey": "a shared access key",
    "accountkey": "an account key",
}

# Characters that could move, hide or reorder what a terminal shows: C0, DEL, C1, zero-width and
# bidirectional marks, line separators, the BOM, noncharacters, tags and lone surrogates.
_HOSTILE = (
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e007f\ud800-\udfff]"
    # The beginning of a command to a runner of CI, anywhere in a line of a log: `##vso[…]` and `##[…]`.
    r"|#(?=#(?:vso)?\[)"
)


def redact(text: str) -> str:
    r"""Return `text` with signatures, tokens and keys replaced by `[redacted]`.

    A SAS signature, a bearer token, a token in a query, a JSON web token, an account or shared access key and a
    private key are secrets; the name before one (`sig=`) is kept.

    >>> redact("https://x.blob.core.windows.net/a?sv=1&sig=abc%3D&se=2")
    'https://x.blob.core.windows.net/a?sv=1&sig=[redacted]&se=2'
    """
    # The expression costs as much as parsing the document; the substring tests are nearly free.
    if not may_hold_secret(text):
        return text
    return re.sub(_SECRETS, lambda match: (match["keep"] or "") + REDACTED, text, flags=re.IGNORECASE | re.DOTALL)


def may_hold_secret(text: str) -> bool:
    """Return True if a text may hold what `redact` replaces; False is certain.

    >>> may_hold_secret("ProvisioningState/succeeded"), may_hold_secret("no Bearer")
    (False, True)
    """
    # Written out, as every text that the cache lacks comes here: a loop takes three times as long. A search for one
    # character takes a tenth of the time of a search for two.
    folded = text.lower()
    if "bearer" in folded or ("j" in folded and "eyj" in folded) or ("--" in folded and "-----" in folded):
        return True
    # In JSON's own text any character may be written as an escape.
    if "\\" in folded and "\\u" in folded:
        return True
    return "=" in folded and ("sig" in folded or "key" in folded or "_token" in folded)


def kind_of_secret(text: str, redacted: str) -> str:
    """Return the kind of the first secret in a text, by the name before it in the redacted text.

    >>> kind_of_secret("?a=1&sig=bm90LWEtc2VjcmV0", "?a=1&sig=[redacted]")
    'a shared access signature'
    """
    before = redacted.partition(REDACTED)[0].lower().rstrip(" \t\r\n=")
    named = (kind for mark, kind in _KINDS_OF_SECRET.items() if before.endswith(mark))
    return next(named, "a private key" if "PRIVATE KEY-----" in text.upper() else "a JSON web token")


def escape(text: str) -> str:
    r"""Return `text` with control, invisible and reordering characters, lone surrogates and CI commands escaped.

    >>> escape("a\tb\x1b[31m\u202e"), escape("##vso[task.complete]")
    ('a\\tb\\u001b[31m\\u202e', '\\u0023#vso[task.complete]')
    """
    if text.isascii() and text.isprintable() and "#" not in text:
        return text  # as nearly all is
    return re.sub(_HOSTILE, lambda match: r"\u0023" if match[0] == "#" else json.dumps(match[0])[1:-1], text)


def harmless(text: str) -> str:
    r"""Return JSON text, ASCII only, without commands to a runner of CI, and as strict parsers take it.

    A surrogate without its other half becomes the text of its escape: many parsers refuse the whole otherwise.

    >>> print(harmless(r'{"a": "##vso[x]", "b": "\ud800 \ud83d\ude00 \\ud800"}'))
    {"a": "#\u0023vso[x]", "b": "\\ud800 \ud83d\ude00 \\ud800"}
    """
    if r"\ud" in text:
        text = _paired(text)
    # Two number signs occur inside strings alone, where an escape means the same.
    return text.replace("##", r"#\u0023")


def _paired(text: str) -> str:
    # An escaped backslash and a pair are passed over, so that what is left is a half.
    halves = r"\\\\|\\ud[89ab]..\\ud[c-f]..|(?P<half>\\ud[89a-f]..)"
    return re.sub(halves, lambda match: f"\\{match[0]}" if match["half"] else match[0], text)


def cut(text: str) -> str:
    """Return `text`, or its first 79 characters and `…` when it is longer than 80.

    >>> len(cut("x" * 100))
    80
    """
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def one_line(text: str) -> str:
    r"""Return `text` made safe for one line of output: redacted, escaped and cut.

    >>> one_line("two\nlines")
    'two\\nlines'
    """
    return cut(escape(redact(text)[: LONGEST + 1]))  # cut twice, so that little is escaped


def quote(value: object) -> str:
    r"""Return a JSON value as a message shows it: strings in double quotes, objects and arrays by their size.

    >>> quote('say "hi"'), quote(1), quote(None), quote([1, 2]), quote({})
    ('"say \\"hi\\""', '1', 'null', 'an array of 2 items', 'an empty object')
    """
    if isinstance(value, str):
        return f'"{one_line(_escape_quotes(value))}"'
    if isinstance(value, dict):
        return f"an object with {_counted(len(value), 'member')}" if value else "an empty object"
    if isinstance(value, list):
        return f"an array of {_counted(len(value), 'item')}" if value else "an empty array"
    return cut(json.dumps(value))


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _escape_quotes(text: str) -> str:
    # Cut first: quoting a megabyte to show 80 characters of it would be waste.
    return redact(text)[: LONGEST + 1].replace("\\", "\\\\").replace('"', '\\"')


def join_words(words: tuple[str, ...]) -> str:
    """Return words with commas between them; those behind the twelfth are only counted.

    >>> join_words(("a", "b")), join_words(tuple("abcdefghijklmnopq"))
    ('a, b', 'a, b, c, d, e, f, g, h, i, j, k, l and 5 more')
    """
    most = 12
    shown = ", ".join(one_line(word) for word in words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most} more"


def number_of(number: int, word: str) -> str:
    """Return a number with its word.

    >>> number_of(1, "entry"), number_of(2, "entry"), number_of(0, "file")
    ('1 entry', '2 entries', '0 files')
    """
    return f"{number} {plural(number, word)}"


def plural(number: int, word: str) -> str:
    """Return a word in the form that a number of it has."""
    if number == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("ry") else f"{word}s"
