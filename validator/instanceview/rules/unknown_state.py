"""The rule `unknown-state`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from instanceview.model.names import did_you_mean
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A status code has an unknown state for its category."
WHY = "No documentation page, publication or capture has it here, so it is most likely misspelled."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/succeded"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the code whose category is known at this place, but whose state is not."""
    code = parsed(str(site.value))
    category = site.categories.get(code.category.lower()) if code else None
    if code is None or category is None or code.state.lower() in category.states:
        return
    if _is_number(code.state) and any(map(_is_number, category.states)):
        return  # a category that has numbers may have any number
    names = tuple(state.name for state in category.states.values())
    template = "unknown state {state} in {value}; known here: {allowed}"
    find_hint = partial(did_you_mean, code.state, names)
    yield Found(site.path, template, site.value, names, {"state": code.state}, find_hint=find_hint)


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdecimal()


RULE: Rule = Rule(
    "unknown-state",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("page", "observed"),
    GOOD,
    BAD,
    ("code",),
    check,
    follows="misplaced-category",
)
