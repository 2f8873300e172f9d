"""JSON values in the midst of a text, such as the body of an answer in a line of a log."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGIN = re.compile(r'\{\s*+["}]|\[\s*+[\[{\]]')


def embedded_values(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each JSON object, or array of objects, in a text; a value inside one is not yielded.

    The time grows with the text: behind a fault the search goes on where the fault is, since nothing before it is
    whole.

    >>> text = 'got {"a": [1]} and [{}], not {"b": 2'
    >>> [text[start:end] for start, end in embedded_values(text)]
    ['{"a": [1]}', '[{}]']
    """
    decode = JSONDecoder(strict=False).raw_decode
    at = 0
    while begin := _BEGIN.search(text, at):
        try:
            at = decode(text, begin.start())[1]
        except JSONDecodeError as error:
            at = max(error.pos, begin.start() + 1)
        except RecursionError:
            return
        else:
            yield begin.start(), at
