"""Evidence in broken bytes: a part of a file that nobody named is unreadable if it shows an instance view."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.document import Skipped, Unreadable
from instanceview.model.limits import is_beyond
from instanceview.reading.http.answer import CUT_OFF
from instanceview.reading.marks import letters
from instanceview.reading.operation import request_of
from instanceview.reading.recognise import NOT_OURS
from instanceview.tables.elements import root_names
from instanceview.tables.family import FAMILY
from instanceview.tables.vocabulary import categories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ALONE = ("vmAgent", "vmAgentVersion", "extensionHandlers", "statusesSummary", "displayStatus")
_ALONE_AT_ROOT = ("platformUpdateDomain", "rdpThumbPrint", "maintenanceRedeployStatus", "vmHealth")
"""Members that nothing else has: one of them is enough."""
IN_BASE64 = "an instance view in base64, such as an attachment; save it to a file and pass that"
"""The reason why a part of a text is not read whose bytes showed a view when they were decoded."""
_RENDER = "; render it first"
_LEAVE_OUT = ", or leave it out with --exclude"
_ENOUGH = 3
"""Members at the root that are enough together, as many as `recognise` wants of one that has no structure."""
_LONGEST = 200
"""Bytes that the evidence may have: what is between two blocks is searched with so much of the first."""


def shows_view(data: bytes) -> bool:
    r"""Return True if the bytes of something broken show that it is an instance view.

    That is a status code, a member that nothing else has, the value of an `instanceView`, or three members at the root.
    The members of a mark of a kind beside those of machines are enough, too. The name of a code's category alone is
    none, nor is the URL of a request.

    >>> shows_view(b'{"code": "PowerState/run'), shows_view(b'\\"vm_agent\\": {'), shows_view(b'"disks": [{{ .Disks }}')
    (True, True, False)
    >>> shows_view(b'{"executionState": "Failed", "exit'), shows_view(b'{"typeHandlerVersion": "1.0", "settings": {')
    (True, False)
    """
    alone, several = _words()
    folded = letters(data)
    lowered = data.replace(b"\x00", b"").lower()  # UTF-16 and UTF-32 have them between the letters
    if any(word in folded for word in alone) and _patterns()[0].search(lowered):
        return True
    marks = [way for way in _marks() if all(word in folded for word in way)]
    if not marks and sum(word in folded for word in several) < _ENOUGH:
        return False
    found = {letters(match[1]) for match in _patterns()[1].finditer(lowered)}
    return len(found.intersection(several)) >= _ENOUGH or any(found.issuperset(way) for way in marks)


@cache
def _words() -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Return the letters of which some are in evidence that is enough alone, and in that which is enough together.

    Words are found in a fiftieth of the time that the patterns take.
    """
    alone = (*categories(), *_ALONE, *_ALONE_AT_ROOT, "instanceView")
    return tuple(letters(word.encode()) for word in alone), tuple(letters(name.encode()) for name in _several())


@cache
def _marks() -> tuple[tuple[bytes, ...], ...]:
    """Return the letters of the names of each mark that has a name of several words: others are names of anything."""
    ways = (re.split("[ .]", way) for kind in FAMILY.values() for way in kind.marks)
    return tuple(tuple(letters(name.encode()) for name in way) for way in ways if not all(map(str.islower, way)))


def _of_marks() -> set[str]:
    return {name for kind in FAMILY.values() for way in kind.marks for name in re.split("[ .]", way)}


def _several() -> list[str]:
    return [name for name in sorted(root_names()) if not name.islower() and name not in _ALONE]


@cache
def _patterns() -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return the pattern of evidence that is enough alone, and that of members which are enough together.

    They are for bytes in lower case.
    """
    codes = rb"(?<![a-z0-9/])(?:%b)/(?:[a-z]|\Z)" % "|".join(sorted(categories())).encode()
    names = rb"(?<![a-z])(?:%b)(?![a-z])[\\\"' ]*+[:=]" % _any((*_ALONE, *_ALONE_AT_ROOT))
    holder = rb"(?<![a-z])instance[_-]?view[\\\"' ]*+:(?:\s|\\+[nrt])*+(?:[{\[]|\\*+[\"'][a-z]|[a-z_-]++:)"
    several = rb"(?<![a-z])(%b)(?![a-z])[\\\"' ]*+[:=]" % _any({*_several(), *_of_marks()})
    return re.compile(b"%b|%b|%b" % (codes, names, holder)), re.compile(several)


def _any(names: Iterable[str]) -> bytes:
    """Return a pattern for some names, also with `_` or `-` between their words, the longest first."""
    names = sorted(names, key=len, reverse=True)
    return "|".join(re.sub(r"(?<=[a-z])(?=[A-Z])", "[_-]?", name).lower() for name in names).encode()


def shows_view_in(blocks: Iterable[bytes]) -> bool:
    """Return True if one of the blocks of a file shows an instance view, or what is between two of them."""
    rest = b""
    for block in blocks:
        if shows_view(rest + block):
            return True
        rest = block[-_LONGEST:]
    return False


def weigh(item: Unreadable, has_evidence: Callable[[], bool]) -> Skipped | Unreadable:
    """Return an item that cannot be read, in a file that nobody named: as skipped where nothing is or may be ours.

    `has_evidence` returns True if something else in the file shows an instance view. A body that answers a request for
    one is evidence too; a request without any body is none. What is beyond a limit was not read, so that nothing is
    known of it.
    """
    if is_beyond(item.reason) or item.reason == IN_BASE64:
        return item
    if item.reason.startswith(NOT_OURS) or item.reason == CUT_OFF:
        return Skipped(item.origin, item.reason)
    is_answer = bool(item.origin.url) and request_of(item.origin.url or "").is_for_view
    if not (is_answer or has_evidence()):
        return Skipped(item.origin, item.reason, "broken")
    return item._replace(reason=f"{item.reason}{_LEAVE_OUT}") if item.reason.endswith(_RENDER) else item
