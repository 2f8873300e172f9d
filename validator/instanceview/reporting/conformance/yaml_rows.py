"""Rows of YAML for what is not documented, ready to be added to `schemas/elements/` and `schemas/status-codes.yaml`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from instanceview.model.text import one_line
from instanceview.tables.known_codes import vocabulary
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.model.coverage import CodeCount, MemberCount

_TO_WRITE = "TODO one sentence on it."


def member_row(path: str, since: str, count: MemberCount) -> str:
    """Return the row of a member, which is added to `members` of the table of its object.

    >>> from instanceview.model.coverage import MemberCount
    >>> print(member_row("vmAgent.mode", "2024-07-01", MemberCount(2, {"string": 2})), end="")
    mode:
      about: TODO one sentence on it.
      type: string
      since: "2024-07-01"
      basis: [observed]
      captures: 2
    """
    types = sorted(count.types, key=lambda name: (name == "null", -count.types[name]))
    return (
        f"{_key(path.rpartition('.')[2])}:\n  about: {_TO_WRITE}\n  type: {types[0]}\n"
        f'  since: "{since}"\n  basis: [observed]\n  captures: {count.documents}\n'
    )


def code_row(element: str, code: str, count: CodeCount) -> str:
    """Return the entry of a code, with its category: it is added to `categories` of its place.

    >>> from instanceview.model.coverage import CodeCount
    >>> print(code_row("statuses", "PowerState/paused", CodeCount(2, 0, {"Info": 2}, {"VM paused": 2})), end="")
    PowerState:
      paused:
        about: TODO one sentence on it.
        level: Info
        displayStatus: [VM paused]
        time: never
        basis: [observed]
        captures: 2
    """
    try:
        parsed = StatusCode.parse(code, bare=True)
    except MalformedStatusCodeError as error:
        return f"# {code} is malformed: {error.reason}\n"
    steps = [parsed.category or "ErrorCode", parsed.state]
    steps += ["details", parsed.detail] if parsed.detail else []
    spelt = {each.category.lower(): each.category for each in vocabulary() if each.place == element}
    steps[0] = spelt.get(steps[0].lower(), steps[0])
    lines = [f"{'  ' * depth}{_key(step)}:" for depth, step in enumerate(steps)]
    lines += [f"{'  ' * len(steps)}{line}" for line in _facts(count)]
    return "".join(f"{line}\n" for line in lines)


def _facts(count: CodeCount) -> list[str]:
    times = {0: "never", count.times: "always"}.get(count.timed, "sometimes")
    return [
        f"about: {_TO_WRITE}",
        *([f"level: {_key(_most(count.levels))}"] if count.levels else []),
        *([f"displayStatus: [{', '.join(_key(one_line(text)) for text in count.texts)}]"] if count.texts else []),
        f"time: {times}",
        "basis: [observed]",
        f"captures: {count.times}",
    ]


def _most(counts: Mapping[str, int]) -> str:
    return one_line(max(counts, key=lambda name: counts[name]))


def _key(text: str) -> str:
    """Return a text as a scalar of YAML: bare where it is a word or words, else in double quotes."""
    is_word = re.fullmatch(r"[A-Za-z][A-Za-z0-9_. -]*[A-Za-z0-9_]|[A-Za-z]", text)
    return text if is_word and text.lower() not in _TAKEN else json.dumps(text)


_TAKEN = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
"""Words that YAML 1.1 reads as other values."""
