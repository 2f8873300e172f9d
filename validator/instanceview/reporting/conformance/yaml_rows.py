"""Rows of YAML for what is not documented, ready to be added to `schemas/elements/` and `schemas/status-codes.yaml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.redaction import redact
from instanceview.model.text import cut
from instanceview.tables.descent import line_of
from instanceview.tables.kinds import KIND_VALUES
from instanceview.tables.known_codes import vocabulary
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.model.counts import CodeCount, MemberCount

_TO_WRITE = '"..."  # describe it in one sentence'
_NEXT = "then run: python -m instanceview.derive"
_TAKEN = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
"""Words that YAML 1.1 reads as other values."""


def member_row(kind: str, path: str, since: str, count: MemberCount) -> str:
    """Return the row of a member, which is added to `members` of the table of its object.

    >>> from instanceview.model.counts import MemberCount
    >>> print(member_row("vm", "vmAgent.mode", "2024-07-01", MemberCount(2, {"string": 2})), end="")
    # below members in schemas/elements/VirtualMachineAgentInstanceView.yaml; then run: python -m instanceview.derive
    mode:
      about: "..."  # describe it in one sentence
      type: string
      since: "2024-07-01"
      basis: [observed]
      captures: 2
    """
    types = sorted(count.types, key=lambda name: (name == "null", -count.types[name]))
    holder = line_of(kind, path)[-1]
    name = path[len(holder.path) + 1 :] if holder.path else path
    table = holder.member.table or KIND_VALUES[kind].model
    return (
        f"# below members in schemas/elements/{table}.yaml; {_NEXT}\n"
        f"{_scalar(name)}:\n  about: {_TO_WRITE}\n  type: {types[0]}\n"
        f'  since: "{since}"\n  basis: [observed]\n  captures: {count.documents}\n'
    )


def malformed_note(code: str) -> str | None:
    """Return the fault of a malformed code, None for a well-formed one.

    A code with a secret is malformed too, so that no row has it: the parts between its slashes may not be redacted.

    >>> malformed_note("PowerState//running"), malformed_note("PowerState/paused"), malformed_note("a/?sig=b")
    ('malformed: empty segment', None, 'malformed: it has a secret')
    """
    if redact(code) != code:
        return "malformed: it has a secret"
    try:
        StatusCode.parse(code, bare=True)
    except MalformedStatusCodeError as error:
        return f"malformed: {error.reason}"
    return None


def code_row(element: str, code: str, count: CodeCount) -> str:
    """Return the entry of a well-formed code with its category, which is added to `categories` of its place.

    >>> from instanceview.model.counts import CodeCount
    >>> print(code_row("statuses", "PowerState/paused", CodeCount(2, 0, {"Info": 2}, {"VM paused": 2})), end="")
    # at statuses in schemas/status-codes.yaml; then run: python -m instanceview.derive
    PowerState:
      paused:
        about: "..."  # describe it in one sentence
        level: Info
        displayStatus: [VM paused]
        time: never
        basis: [observed]
        captures: 2
    """
    parsed = StatusCode.parse(code, bare=True)
    steps = [parsed.category or "ErrorCode", parsed.state]
    steps += ["details", parsed.detail] if parsed.detail else []
    spelt = {each.category.lower(): each.category for each in vocabulary() if each.place == element}
    steps[0] = spelt.get(steps[0].lower(), steps[0])
    lines = [f"# at {element} in schemas/status-codes.yaml; {_NEXT}"]
    lines += [f"{'  ' * depth}{_scalar(step)}:" for depth, step in enumerate(steps)]
    lines += [f"{'  ' * len(steps)}{line}" for line in _facts(count)]
    return "".join(f"{line}\n" for line in lines)


def _facts(count: CodeCount) -> list[str]:
    times = {0: "never", count.times: "always"}.get(count.timed, "sometimes")
    return [
        f"about: {_TO_WRITE}",
        *([f"level: {_scalar(_most(count.levels))}"] if count.levels else []),
        *([f"displayStatus: [{', '.join(_scalar(text) for text in count.texts)}]"] if count.texts else []),
        f"time: {times}",
        "basis: [observed]",
        f"captures: {count.times}",
    ]


def _most(counts: Mapping[str, int]) -> str:
    return max(counts, key=lambda name: counts[name])


def _scalar(text: str) -> str:
    """Return a text as a scalar of YAML, redacted and cut: bare where it is a word or words, else in double quotes."""
    text = cut(redact(text))
    is_word = re.fullmatch(r"[A-Za-z][A-Za-z0-9_. -]*[A-Za-z0-9_]|[A-Za-z]", text)
    return text if is_word and text.lower() not in _TAKEN else f'"{"".join(map(_quoted, text))}"'


def _quoted(character: str) -> str:
    """Return a character as it is written between double quotes; `#` could begin a command to a runner of CI."""
    if character.isprintable() and character not in '"\\#':
        return character
    return f"\\U{ord(character):08x}"
