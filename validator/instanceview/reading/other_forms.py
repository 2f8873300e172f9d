"""Statuses of machines in a text that are in no JSON value: other programs, pages and word processors wrote them.

They cannot be checked, and must not be passed over in silence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Goal: a status that no value of the text has, in the forms that people hold, and no code in prose or a line of a log.
#
# Plan: a status code is looked for, which is quick. What is directly before it and after it says whether it is the
# value of a member, and in whose form: the object of a status is in another member, or has a further member.

_CODE = re.compile(r"(?i)(?:Power|Provisioning)State(?:\\*+/|%2F)\w++")
_BEFORE, _AFTER = 400, 80
"""Characters before and after a code that are looked at: a YAML item with its longest members, the next name."""

# Of languages, word processors, HTML, and as another string or a URL has them.
_QUOTE = (
    r"(?:[\"'`\u2018-\u201f\u00ab\u00bb]|&(?:quot|apos|#0*+3[49]|#x0*+2[27]);|\\++(?:[\"']|x2[27]|u002[27])|%2[27])"
)
_SPACE = r"(?:\s|\+|%20)"
_SIGN = rf"{_SPACE}{{0,9}}+(?::|%3A|=>|=){_SPACE}{{0,9}}+"
_INSIDE = rf"(?P<inside>(?:[,;]|%2C|{_QUOTE}{_SIGN}(?:[\[{{]|%5B|%7B|{_SPACE}){{1,40}}+){_SPACE}{{0,99}}+)?+"
_QUOTED = re.compile(rf"(?i){_INSIDE}(?P<name>(?P<quote>{_QUOTE})code{_QUOTE})(?P<sign>{_SIGN}){_QUOTE}\Z")
_BARE = re.compile(
    r"(?i)(?P<open>[{(])\s{0,99}+(?P<others>\w++\s?+[=:][^{}()\n,;]{0,99}+[,;]\s{0,99}+){0,4}(?P<name>code)\s?+[=:]\s?+[\"']?\Z"
)
_YAML = re.compile(r"statuses:[ \t]*+\n(?:[^\n{}]{0,99}\n){0,6}?[^\n{}]{0,60}?(?P<name>\bcode):[ \t]++[\"']?+\Z")
_ITEM = re.compile(r"(?m)^[^\n:]{0,60}-[ \t]++\w++:[ \t]")
_MEMBER = re.compile(r"[\"']?+[ \t]*+\n[^\n:-]{0,60}\w:[ \t]")
_NEIGHBOUR = re.compile(rf"{_QUOTE}?+{_SPACE}{{0,9}}+(?:[,;]|%2C){_SPACE}{{0,99}}+{_QUOTE}?+\w++{_QUOTE}?+{_SIGN}")
_BRACKET = re.compile(r"[\[{]|[\]}]")
_REST = 1024  # characters after a code, in which the object of its status ends
_OF_CHANGE = re.compile(r"(?m)^[ \t]*+[+-]\s")  # lines of a diff are excerpts
# A test prints values of its language, and a line of a program assigns them.
_OF_CODE = re.compile(
    r"(?i)\bassert|[!=]==?|\bexpected\b|\A[ \t]*+(?:(?:const|let|my|val|var) )?+[\w$]++(?:: \w++)? = "
)
_ELIDED = re.compile(r"\u2026|[,\[{(][ \t]*+\.{3}")

OF_PROGRAM = "no instance view: this is an object that a program printed, not JSON; write it as JSON"
OTHER_SIGNS = "not JSON: a status in other quotes or signs than those of JSON; write it as JSON"
_OF_YAML = "not JSON: this is YAML between other text; save it as a file, or put it in a fence for YAML"
_WITHOUT_HEAD = "not JSON: this is the end of an instance view without its beginning; pass the whole answer"
_PART = "no instance view: this is a part of one; pass the whole answer"


class OtherForm(NamedTuple):
    """A status in another form than JSON: its offset, what to do, and True if it should have been JSON or YAML."""

    start: int
    end: int
    reason: str
    is_ours: bool

    def moved(self, by: int) -> OtherForm:
        """Return it with its offsets in a text that has so many characters before its own."""
        return self._replace(start=self.start + by, end=self.end + by)


def status_in(text: str, start: int, end: int) -> OtherForm | None:
    """Return the first status in another form between two offsets, one that should be JSON or YAML before all others.

    >>> status_in("got {'statuses': [{'code': 'PowerState/running', 'level': 'Info'}]}", 0, 67).reason
    'not JSON: a status in other quotes or signs than those of JSON; write it as JSON'
    """
    first: OtherForm | None = None
    for code in _CODE.finditer(text, start, end):
        found = _form(text, start, code, end)
        if found and found.is_ours:
            return found
        first = first or found
    return first


def _form(text: str, start: int, code: re.Match[str], end: int) -> OtherForm | None:
    """Return a code as the value of a member in another form, None for a code in prose, in a log or in an excerpt."""
    before = text[max(start, code.start() - _BEFORE) : code.start()]
    begin = code.start() - len(before)
    after = text[code.end() : min(code.end() + _AFTER, end)]
    line = before.rpartition("\n")[2] + code[0] + after.partition("\n")[0]
    if _ELIDED.search(line):
        return None
    quoted, bare = _QUOTED.search(before), _BARE.search(before)
    if quoted and (quoted["inside"] or _NEIGHBOUR.match(after)):
        at = begin + quoted.start("name")
        if quoted["quote"] != '"' or quoted["sign"].strip() != ":":
            is_of_code = _OF_CODE.search(line) is not None
            return OtherForm(at, code.end(), OF_PROGRAM if is_of_code else OTHER_SIGNS, is_ours=not is_of_code)
        rest = text[code.end() : min(code.end() + _REST, end)]
        is_cut = _is_without_head(rest) and not _OF_CHANGE.search(before + after)
        return OtherForm(at, code.end(), _WITHOUT_HEAD if is_cut else _PART, is_ours=is_cut)
    if bare and not quoted and (bare["open"] == "{" or bare["others"] or _NEIGHBOUR.match(after)):
        return OtherForm(begin + bare.start("name"), code.end(), OF_PROGRAM, is_ours=False)
    yaml = _YAML.search(before)
    if yaml and _ITEM.search(yaml[0]) and (yaml[0].rpartition("- ")[2].count(": ") > 1 or _MEMBER.match(after)):
        return OtherForm(begin + yaml.start("name"), code.end(), _OF_YAML, is_ours=True)
    return None


def _is_without_head(rest: str) -> bool:
    """Return True if brackets are closed after a status that were opened before it, where nothing is read."""
    depth = 0
    for bracket in _BRACKET.finditer(rest):
        depth += 1 if bracket[0] in "[{" else -1
        if depth < 0:
            return True
    return False
