"""The rule `unknown-category`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from instanceview.model.names import did_you_mean
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import categories, categories_of, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A status code has an unknown category."
WHY = "No documentation page, publication or capture has it, so it is most likely misspelled."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerStat/running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the code whose category is not known at any place."""
    code = parsed(str(site.value))
    known = categories()
    if code is None or code.category.lower() in known:
        return
    names = categories_of(site.scope.kind)
    template = "unknown category {category} in {value}; known: {allowed}"
    find_hint = partial(did_you_mean, code.category, names)
    yield Found(site.path, template, site.value, names, {"category": code.category}, find_hint=find_hint)


RULE: Rule = Rule(
    "unknown-category",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("page", "observed"),
    GOOD,
    BAD,
    ("code",),
    check,
    follows="malformed-status-code",
)
