"""The rule `unset-time`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._times import PLAIN_TIME
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A time is a default that programs write when no time was set."
WHY = "Nothing happened at that time, but readers sort and subtract it like a real one."
GOOD = Example('{"vmAgent": {"statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01T12:00:00Z"}]}}')
BAD = Example('{"vmAgent": {"statuses": [{"code": "ProvisioningState/succeeded", "time": "0001-01-01T00:00:00Z"}]}}')

# The first or last day that a program counts: .NET and Go, Windows files, databases, Unix, .NET again.
UNSET = ("0000-", "0001-01-01", "1601-01-01", "1900-01-01", "1970-01-01", "9999-12-31")


def check(site: Site) -> Iterator[Found]:
    """Yield the time on a day that programs write for an unset time."""
    if str(site.value).startswith(UNSET):
        yield Found(
            site.path,
            "{value} means that no time was set; expected a recorded time",
            site.value,
            hint="omit it if the time is not known",
        )


RULE: Rule = Rule(
    "unset-time",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("time",),
    check,
    quiet={"time": (PLAIN_TIME,)},
    follows="malformed-time",
)
