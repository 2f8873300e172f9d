"""The JSON text of a document -> whether its texts certainly hold no secret, no placeholder and no unusual time.

Expressions in Rust look through a text at a tenth of the cost of parsing it, Python's at its double, and Python code
that looks at one value after another takes as long as parsing. These are quick because each begins with fixed
characters, and because they look for what is doubtful: a time that is as usual is passed over as soon as it ends.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.text import REDACTION_MARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# A brace of JSON has no letter behind it, that of a placeholder has.
_PLACEHOLDERS = r"\{[A-Za-z]"


@cache
def plain_document() -> Callable[[str], bool]:
    """Return what says whether the JSON text of a document certainly holds nothing doubtful; False is no answer.

    The text must be JSON, with texts for its times.

    >>> is_plain = plain_document()
    >>> is_plain('{"computerName": "web_0", "statuses": [{"time": "2024-07-01T12:00:00Z"}]}')
    True
    >>> is_plain('{"computerName": "{name}"}'), is_plain('{"statuses": [{"time": "2024-13-01T12:00:00Z"}]}')
    (False, False)
    """
    import jsonschema_rs  # takes as long to load, and the expressions to make, as thousands of texts to look through

    has_escape = re.compile(r"\\u00[0-7]").search
    patterns = (REDACTION_MARKS, _PLACEHOLDERS, _unusual_time())
    schema = {"not": {"anyOf": [{"pattern": each} for each in patterns]}}
    scan = jsonschema_rs.Draft7Validator(schema, pattern_options=jsonschema_rs.RegexOptions()).is_valid

    def is_plain(text: str) -> bool:
        # No escape but that of a character of ASCII hides one that is looked for; most texts have none at all.
        is_as_written = text.isascii() and ("\\" not in text or "\\u00" not in text or not has_escape(text))
        return is_as_written and "=" not in text and "<" not in text and scan(text)

    return is_plain


def _unusual_time() -> str:
    """Return an expression for a member called time, or so at its end, and a value unlike those of this century.

    An expression that looks ahead takes a hundred times as long. So this is made from the end of a time to its
    beginning, of what is unlike each of its characters.
    """
    quote = _unlike(('"', ""))
    zone = (("Z", quote), (r"\+", _unlike_each("00:00", quote)))
    digits = "[0-9]*" + _unlike(("0-9", ""), *zone)
    fraction = (r"\.", _unlike(("0-9", digits)))
    minutes = _unlike_each((":", "0-5", "0-9", ":", "0-5", "0-9"), _unlike(fraction, *zone))
    clock = _unlike(("01", _unlike(("0-9", minutes))), ("2", _unlike(("0-3", minutes))))
    end = _unlike(("T", clock))
    days = (("0", _unlike(("1-9", end))), ("1", _unlike(("0-9", end))))
    february = _unlike((r"\-", _unlike(*days, ("2", _unlike(("0-8", end))))))
    of_30 = _unlike((r"\-", _unlike(*days, ("2", _unlike(("0-9", end))), ("3", _unlike(("0", end))))))
    of_31 = _unlike((r"\-", _unlike(*days, ("2", _unlike(("0-9", end))), ("3", _unlike(("01", end))))))
    first = _unlike(("13578", of_31), ("469", of_30), ("2", february))
    months = _unlike(("0", first), ("1", _unlike(("02", of_31), ("1", of_30))))
    return r'ime"[ \t\r\n]*:[ \t\r\n]*"' + _unlike_each(("2", "0", "0-9", "0-9", r"\-"), months)


def _unlike(*ways: tuple[str, str]) -> str:
    """Return what is none of some ways to go on: characters, and what is unlike that which is behind them, if any."""
    others = "".join(_others("".join(characters for characters, _ in ways)))
    return f"(?:{'|'.join([f'[{others}]', *(f'[{characters}]{behind}' for characters, behind in ways if behind)])})"


def _others(characters: str) -> Iterator[str]:
    """Yield the ranges of ASCII that a class leaves out; with all of Unicode a text takes half as long again."""
    bounds = [match.span() for match in re.finditer(f"[^{characters}]+", "".join(map(chr, range(128))))]
    for first, end in bounds:
        yield rf"\x{first:02x}-\x{end - 1:02x}"


def _unlike_each(classes: Sequence[str], behind: str) -> str:
    """Return what is unlike characters of these classes, one after the other, and what stands behind them."""
    for characters in reversed(classes):
        behind = _unlike((characters, behind))
    return behind
