"""The rule `domain-as-text`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A domain or count is text, as on the documentation page; the service sends a number."
WHY = "Clients generated from the definitions fail on text; clients written from the page fail on numbers."
GOOD = Example('{"platformFaultDomain": 2}', api_version="2016-04-30-preview")
BAD = Example('{"platformFaultDomain": "2"}', api_version="2016-04-30-preview")


def check(site: Site) -> Iterator[Found]:
    """Yield the decimal text of a number that the page writes as text."""
    value = site.value
    if (
        site.element.member.text_at == site.scope.api_version
        and isinstance(value, str)
        and re.fullmatch("[0-9]+", value)
    ):
        number = value.lstrip("0") or "0"
        template = "{value} is text, as on the documentation page; the service sends the number {allowed}"
        yield Found(site.path, template, value, (number,), hint="convert text to a number, so that both forms are read")


RULE: Rule = Rule(
    "domain-as-text",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("page", "service"),
    GOOD,
    BAD,
    ("member",),
    check,
    follows="service-only-element",
)
