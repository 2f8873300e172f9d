"""The rule `guessed-kind`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import ABSENT
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "Nothing says the kind of the document, and its members fit several kinds."
WHY = "It is checked as the most frequent of these kinds; another one has other members and status codes."
GOOD = Example('{"computerName": "app", "vmAgent": {}}', kind=None)
BAD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}]}', kind=None)
_MOST = 2
"""The most other kinds that a message names: they fit on a line, and more are no more likely."""


def check(site: Site) -> Iterator[Found]:
    """Yield the document whose kind is a guess."""
    others = site.value if isinstance(site.value, tuple) else ()
    named = ", ".join(others[:_MOST])
    left = len(others) - _MOST
    more = f" and {left} more" if left > 0 else ""
    template = "checked as {checked!s}, but its members also fit {others!s}"
    hint = "choose the kind with --kind, or kind= in Python"
    facts = {"checked": site.scope.kind, "others": f"{named}{more}"}
    yield Found((), template, ABSENT, hint=hint, facts=facts, spot="kind")


RULE: Rule = Rule(
    "guessed-kind",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("guessed",),
    check,
    follows="unlisted-api-version",
)
