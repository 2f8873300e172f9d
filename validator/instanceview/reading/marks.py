"""Byte marks: what is in every text that holds an instance view, so that most other files are passed over unparsed."""

from __future__ import annotations

import re
from functools import cache

from instanceview.reading.family import telling_names
from instanceview.reading.files.signatures import PACKED, PACKED_BYTES
from instanceview.tables.elements import root_names
from instanceview.tables.kinds import MACHINES
from instanceview.tables.vocabulary import BARE, categories_by_element

_UPPER, _LOWER = bytes(range(ord("A"), ord("Z") + 1)), bytes(range(ord("a"), ord("z") + 1))
_FOLDED = bytes.maketrans(_UPPER, _LOWER)
_NO_LETTERS = bytes(set(range(256)) - {*_UPPER, *_LOWER})
_TEXT = bytes({*b"\t\n\v\f\r\x1b", *range(ord(" "), 256)} - {0x7F})

_OF_REQUESTS = (b"instanceview", b"statusonly")
_BUFFER = b"typebuffer"  # the bytes that Node.js writes as `{"type": "Buffer", "data": [...]}`

# An escaped letter, `_` or `-`: those of a name.
_LETTER_ESCAPES = re.compile(rb"\\(?:u00|x|U000000)(?i:2d|5f|[46][1-9a-f]|[57][0-9a])")

_RUN = b"x" * 40
"""The fewest characters of a packed instance view, each as an x: base64 of the shortest, with one status, has 56."""
_IN_RUNS = bytes(
    ord("x") if chr(each).isascii() and (chr(each).isalnum() or chr(each) in "+/_-\\") else ord(" ")
    for each in range(256)
)
_PACKED = re.compile(rb"(?:\\++[nrt]?+)*+" + PACKED)  # an escaped line break may precede it
_CODE = re.compile(r'"code"\s*+:\s*+"(?:Power|Provisioning)State/')
_FIRST = b"(?:" + b"|".join(b"%d" % each for each in sorted(PACKED_BYTES)) + b")"
_NUMBERS = (
    re.compile(rb"\[\s*+" + _FIRST + rb"(?:\s*+,\s*+-?+\d{1,3}+){20}"),
    re.compile(rb"-[ ]++" + _FIRST + rb"(?:\s++-[ ]++-?+\d{1,3}+){20}"),
)


def may_hold_view(data: bytes) -> bool:
    r"""Return True if bytes may hold an instance view, be it packed; False is certain.

    They hold one if they name a member that one has at its root, in any case, in words with `_` or `-` between them.
    They may also hold one if they have a code of its statuses, or if something in them may be another text.

    >>> may_hold_view(b'vm_agent: {}'), may_hold_view(b'{"name": "package"}'), may_hold_view(b'{"\\u0073tatuses": []}')
    (True, False, True)
    """
    folded = letters(data)
    return any(name in folded for name in _names()) or _may_be_packed(data)


def has_code_of_status(text: str, start: int = 0) -> bool:
    """Return True if a text that is broken JSON has the code of a machine's status from an offset on, as no other has.

    >>> has_code_of_status('{"statuses": [{"code": "PowerState/run'), has_code_of_status('{"code": "NotFound"')
    (True, False)
    """
    return _CODE.search(text, start) is not None


@cache
def _names() -> tuple[bytes, ...]:
    """Return the words of which one is in each instance view or in its request, folded; none is a part of another."""
    codes = {each.name for kind in MACHINES for each in categories_by_element(kind)["statuses"].values()} - {BARE}
    words = {_folded(name) for name in root_names() | codes | telling_names()} | {*_OF_REQUESTS, _BUFFER}
    return tuple(sorted(word for word in words if not any(other in word for other in words - {word})))


def letters(data: bytes) -> bytes:
    """Return the letters of a text in lower case, so that names are the same however their words are joined."""
    return data.translate(_FOLDED, _NO_LETTERS)


def _folded(name: str) -> bytes:
    return letters(name.encode())


def _may_be_packed(data: bytes) -> bool:
    """Return True if some of the bytes may be another text, in escapes, packed, or in an encoding of more bytes."""
    if data.translate(None, _TEXT):
        return True
    if b"\\" in data and _LETTER_ESCAPES.search(data):
        return True
    return _has_packed_run(data) or any(numbers.search(data) for numbers in _NUMBERS)


def _has_packed_run(data: bytes) -> bool:
    runs = data.translate(_IN_RUNS)
    at = runs.find(_RUN)
    while at >= 0:
        if _PACKED.match(data, at):
            return True
        end = runs.find(b" ", at)
        at = runs.find(_RUN, end) if end >= 0 else -1
    return False
