"""The rule `placeholder`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._times import PLAIN_TIME
from instanceview.rules.quiet import Without
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A value is a placeholder that was never filled in."
WHY = "Samples and templates have `<time>` or `{name}` where an answer has a value; it says nothing about the machine."
GOOD = Example('{"placementGroupId": "f79e82f0-3480-4eb3-a893-5cf9bb74daad"}')
BAD = Example('{"placementGroupId": "<placement-group-identifier>"}')

_PLACEHOLDER = r"<[^<>]+>|\{[A-Za-z][A-Za-z_ -]*\}"
# Every placeholder has one of these. No letter follows the braces of JSON itself, so a scan passes over them.
_BEGINNINGS = ("<", r"\{[A-Za-z]")


def check(site: Site) -> Iterator[Found]:
    """Yield the text that has `<…>` or `{…}` in it, or the time that has no digit."""
    value = site.value
    if not isinstance(value, str) or site.element.member.free_text:
        return
    timeless = site.hook == "time" and value and not any(character.isdigit() for character in value)
    if timeless or (("<" in value or "{" in value) and re.search(_PLACEHOLDER, value)):
        yield Found(site.path, "{value} is a placeholder", value, hint="replace it with the real value")


RULE: Rule = Rule(
    "placeholder",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("page",),
    GOOD,
    BAD,
    ("type", "pattern", "enum", "time", "code", "open", "text"),
    check,
    quiet={"time": (PLAIN_TIME,), **dict.fromkeys(("code", "open", "text"), (Without(_BEGINNINGS),))},
    follows="duplicate-key",
)
