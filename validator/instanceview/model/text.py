"""Text of an input as outputs show it: redacted, escaped, cut."""

from __future__ import annotations

import json
import re

from instanceview.model.redaction import redact

LONGEST = 80
"""The most characters of one value in a message: a finding fits on two lines of a terminal."""

_AHEAD = 1 << 16
"""Characters that are looked at for the first 81: the end of a secret that begins there may be what shows it.

A private key and its certificates take 10,000, and six times as many where each character is an escape.
"""

# Characters that could move, hide or reorder what a terminal shows: C0, DEL, C1, zero-width and
# bidirectional marks, line separators, the BOM, noncharacters, tags and lone surrogates.
_HOSTILE = (
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e007f\ud800-\udfff]"
    # The beginning of a command to a runner of CI, anywhere in a line of a log: `##vso[…]` and `##[…]`.
    r"|#(?=#(?:vso)?\[)"
)


def escape(text: str) -> str:
    r"""Return `text` with control, invisible and reordering characters, lone surrogates and CI commands escaped.

    >>> escape("a\tb\x1b[31m\u202e"), escape("##vso[task.complete]")
    ('a\\tb\\u001b[31m\\u202e', '\\u0023#vso[task.complete]')
    """
    if text.isascii() and text.isprintable() and "#" not in text:
        return text  # as nearly all is
    return re.sub(_HOSTILE, lambda match: r"\u0023" if match[0] == "#" else json.dumps(match[0])[1:-1], text)


def beginning(text: str) -> str:
    r"""Return a text that a line may begin with: `::` there is a command to GitHub Actions.

    >>> beginning("::error::x"), beginning(" ::1"), beginning("a::b")
    ('\\u003a:error::x', ' \\u003a:1', 'a::b')
    """
    return text.replace(":", r"\u003a", 1) if text.lstrip().startswith("::") else text


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
    return re.sub(halves, lambda match: "\\" * bool(match["half"]) + match[0], text)


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
    return cut(escape(_redacted_beginning(text)))  # cut twice, so that little is escaped


def safe(text: str) -> str:
    r"""Return the whole of a text as an output may show it: redacted and escaped.

    >>> safe("Bearer 0123456789abcdef\n")
    'Bearer [redacted]\\n'
    """
    return escape(redact(text))


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
    return _redacted_beginning(text).replace("\\", "\\\\").replace('"', '\\"')


def _redacted_beginning(text: str) -> str:
    return redact(text[:_AHEAD])[: LONGEST + 1]


def join_words(words: tuple[str, ...]) -> str:
    """Return words with commas between them; those after the twelfth are only counted.

    >>> join_words(("a", "b")), join_words(tuple("abcdefghijklmnopq"))
    ('a, b', 'a, b, c, d, e, f, g, h, i, j, k, l and 5 more')
    """
    most = 12
    shown = ", ".join(one_line(word) for word in words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most} more"


def reason_of(error: OSError) -> str:
    """Return the reason of an error of the system, as a message has it after a colon.

    >>> reason_of(FileNotFoundError(2, "No such file or directory"))
    'no such file or directory'
    """
    return (error.strerror or str(error)).lower()


def number_of(number: int, word: str) -> str:
    """Return a number with its word.

    >>> number_of(1, "entry"), number_of(2, "entry"), number_of(0, "file")
    ('1 entry', '2 entries', '0 files')
    """
    return f"{number} {plural(number, word)}"


def counted(number: int, word: str) -> str:
    """Return a number with separators, and its word.

    >>> counted(1, "document"), counted(2876, "document")
    ('1 document', '2,876 documents')
    """
    return f"{number:,} {plural(number, word)}"


def with_article(word: str) -> str:
    """Return a word after its article.

    >>> with_article("vm"), with_article("arc-extension")
    ('a vm', 'an arc-extension')
    """
    return f"{'an' if word[:1] in set('aeiou') else 'a'} {word}"


def plural(number: float, word: str) -> str:
    """Return a word in the form that a number of it has."""
    if number == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("ry") else f"{word}s"
