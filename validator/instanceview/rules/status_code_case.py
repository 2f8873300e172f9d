"""The rule `status-code-case`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A status code differs from the usual spelling only in case."
WHY = "The service writes PowerState/running and the page PowerState/Running; ignore case when you compare codes."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/Running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the code whose category or state is known here in another case."""
    code = parsed(str(site.value))
    category = site.categories.get(code.category.lower()) if code else None
    state = category.states.get(code.state.lower()) if code and category else None
    if code is None or category is None or state is None:
        return
    usual = str(replace(code, category=category.name, state=state.name))
    if usual != site.value:
        template = "{value} differs only in case from the usual {allowed}"
        yield Found(site.path, template, site.value, (usual,), basis=state.basis)


RULE: Rule = Rule(
    "status-code-case",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("code",),
    check,
    follows="unknown-state",
)
