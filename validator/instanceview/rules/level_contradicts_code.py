"""The rule `level-contradicts-code`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "The level of a status contradicts its code."
WHY = "Alerts use the level and automation uses the code; when they disagree, one of them is wrong."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/failed/AllocationFailed", "level": "Error"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/failed/AllocationFailed", "level": "Info"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the level that differs from the one the vocabulary has for the code at this place."""
    status = site.value if isinstance(site.value, dict) else {}
    text, level = status.get("code"), status.get("level")
    code = parsed(text) if isinstance(text, str) else None
    state = state_of(site.categories, code) if code else None
    if code is None or state is None or not isinstance(level, str):
        return
    known = (state.numbered if (code.detail or "").lstrip("-").isdecimal() else None) or state
    if known.level and level != known.level:
        template = "{value} contradicts {code}; expected: {allowed}"
        yield Found((*site.path, "level"), template, level, (known.level,), {"code": text}, basis=known.basis)


RULE: Rule = Rule(
    "level-contradicts-code",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("status",),
    check,
    ("code", "level"),
    follows="status-without-code",
)
