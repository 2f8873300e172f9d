"""The rule `misplaced-category`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import categories, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A status code has a category that belongs elsewhere."
WHY = "Readers look for a power state only in the machine's own statuses, and for a component only in substatuses."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"vmAgent": {"statuses": [{"code": "PowerState/running"}]}}')


def check(site: Site) -> Iterator[Found]:
    """Yield the code whose category is known only at other places."""
    code = parsed(str(site.value))
    here = site.categories
    if code is None or not here or code.category.lower() in here or code.category.lower() not in categories():
        return
    names = tuple("a bare error code" if name == "errorcode" else each.name for name, each in here.items())
    places = [place for place, known in site.scope.places.items() if code.category.lower() in known]
    template = "category {category} of {value} does not belong here; expected: {allowed}"
    hint = f"it belongs in {' or '.join(places)}" if places else "no element of this kind of document has it"
    yield Found(site.path, template, site.value, names, {"category": code.category}, hint)


RULE: Rule = Rule(
    "misplaced-category",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("page", "observed"),
    GOOD,
    BAD,
    ("code",),
    check,
    follows="unknown-category",
)
