r"""A text as it is written, and as each reader of it decodes it, with the way back to the offsets of the written one.

Goal: a secret is seen through percent-encoding, escapes of JSON and entities of HTML, each of them more than once.

Plan: one pass decodes every escape of every kind, once. The next pass decodes what it left. A decoded text knows the
offset of each escape in it, so a span of it leads back to a span of the written text.

Invariants: a pass takes time linear in the text, and a text without escapes is never copied.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST = 5  # passes: percent-encoding twice inside JSON in JSON in JSON
_HEX = "[0-9A-Fa-f]"
# Colours, and characters without width or that are not shown, hide a name from an expression.
_HIDING = "\x00\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
# One class of first characters, each looked at again: a search for that takes an eighth of one for the forms.
_ESCAPE = re.compile(
    rf"[\\%&\x1b{_HIDING}](?:"
    rf"(?<=\\)(?:U000{_HEX}{{5}}|[uU]{_HEX}{{4}}|u\{{0{{0,3}}{_HEX}{{1,5}}\}}|[xX]{_HEX}{{2}}|1[0-7]{{2}}|[\"'\\/bfnrt])"
    # Several bytes in percent-encoding are one character of UTF-8.
    rf"|(?<=%)(?:[c-fC-F]{_HEX}(?:%[89abAB]{_HEX}){{1,3}}|(?:[uU]00)?{_HEX}{{2}})"
    rf"|(?<=&)(?:#[0-9]{{1,7}}|#[xX]{_HEX}{{1,6}}|[A-Za-z]{{2,8}});"
    rf"|(?P<hidden>(?<=\x1b)\[[0-9;]{{0,12}}[A-Za-z]|(?<=[{_HIDING}])[{_HIDING}]*+))"
)
_OFFSET = "I"
"""The type of an offset in an array, of four bytes: a text is below 4 GiB."""
_BY_LETTER = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Layer(NamedTuple):
    """A text after some passes, the layer below it, and its escapes.

    `offsets` are those of the escapes here. `starts` and `ends` are their spans below, `after` the offsets after them
    here. They are arrays, since a text may be escapes alone: tuples took 40 bytes for each byte of it.
    """

    text: str
    below: Layer | None = None
    offsets: Sequence[int] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    after: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        r"""Return the span of the written text for a span of this one that has a character.

        >>> *_, decoded = layers("a%3Db")
        >>> decoded.text, decoded.span(0, 2), decoded.span(2, 3)
        ('a=b', (0, 4), (4, 5))
        """
        if self.below is None:
            return start, end
        return self.below.span(self._below(start)[0], self._below(end - 1)[1])

    def _below(self, offset: int) -> tuple[int, int]:
        """Return the span below of the character at an offset here."""
        index = bisect_right(self.offsets, offset) - 1
        if index < 0:
            return offset, offset + 1
        start, end, after = self.starts[index], self.ends[index], self.after[index]
        return (start, end) if offset < after else (end + offset - after, end + offset - after + 1)


def layers(text: str) -> Iterator[Layer]:
    r"""Yield a text as it is written, then after each pass that changes it.

    >>> [layer.text for layer in layers(r"%2526sig\u003da")]
    ['%2526sig\\u003da', '%26sig=a', '&sig=a']
    """
    layer = Layer(text)
    yield layer
    for _ in range(_MOST):
        if not _ESCAPE.search(layer.text):
            return
        layer = _decoded(layer)
        yield layer


def _decoded(below: Layer) -> Layer:
    pieces: list[str] = []
    offsets, starts, ends, after = array(_OFFSET), array(_OFFSET), array(_OFFSET), array(_OFFSET)
    length = last = 0
    for match in _ESCAPE.finditer(below.text):
        between, characters = below.text[last : match.start()], _characters(match[0]) if match["hidden"] is None else ""
        pieces += filter(None, (between, characters))
        offsets.append(length + len(between))
        length += len(between) + len(characters)
        starts.append(match.start())
        ends.append(match.end())
        after.append(length)
        last = match.end()
    pieces.append(below.text[last:])
    return Layer("".join(pieces), below, offsets, starts, ends, after)


def _characters(escape: str) -> str:
    """Return the character of an escape; an unknown entity stays as it is."""
    if escape[0] == "&":
        return html.unescape(escape)
    if escape.count("%") > 1:
        return bytes.fromhex(escape.replace("%", "")).decode("utf-8", "replace")
    if escape[0] == "%" or escape[1] in "uUxX":
        return chr(int(escape.strip("\\%uUxX{}"), 16))
    if escape[1].isdecimal():
        return chr(int(escape[1:], 8))
    return _BY_LETTER.get(escape[1], escape[1])
