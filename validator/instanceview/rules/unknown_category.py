"""The rule `unknown-category`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.names import did_you_mean
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import categories, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "The category of a status code is not in the vocabulary."
WHY = "No page, publication or capture shows it, so it is most likely a misspelling."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerStat/running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the code whose category no place is known to hold."""
    code = parsed(str(site.value))
    known = categories()
    if code is None or code.category.lower() in known:
        return
    names = tuple(known.values())
    template = "category {category} of {value} is unknown; known: {allowed}"
    hint = did_you_mean(code.category, names)
    yield Found(site.path, template, site.value, names, {"category": code.category}, hint)


RULE: Rule = Rule(
    "unknown-category", Severity.WARNING, SENTENCE, WHY, ("page", "observed"), GOOD, BAD, ("code",), check
)
