"""The rule `conflicting-provisioning-states`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model import Severity
from instanceview.pointer import pointer
from instanceview.rule import Example, Found, Rule
from instanceview.vocabulary import parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rule import Site
    from instanceview.status_code import StatusCode

SENTENCE = "One thing has two provisioning states that contradict each other."
WHY = "A machine, agent, disk or extension is in one provisioning state at a time; captures never show two."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "ProvisioningState/updating"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield every later status whose known provisioning state differs from the first one's, whatever the detail."""
    if not isinstance(site.value, list) or len(site.value) < 2:  # noqa: PLR2004 (two make a pair)
        return
    places = [(index, _provisioning(status)) for index, status in enumerate(site.value)]
    codes = [(index, code) for index, code in places if code is not None]
    if len({code.state.lower() for _, code in codes}) < 2 or "count" in site.element.children:  # noqa: PLR2004 (a pair)
        return  # one state, or a summary, which counts machines in several states
    known = [(index, code) for index, code in codes if state_of(site.categories, code)]
    for index, code in known[1:]:
        at, first = known[0]
        if code.state.lower() != first.state.lower():
            template = "{value} contradicts {other} at {at!s}"
            facts = {"other": str(first), "at": pointer((*site.path, at, "code"))}
            hint = "one thing has one provisioning state"
            yield Found((*site.path, index, "code"), template, str(code), facts=facts, hint=hint, spot="conflict")


def _provisioning(status: object) -> StatusCode | None:
    """Return the provisioning state of a status, None where its code says something else."""
    text = status.get("code") if isinstance(status, dict) else None
    code = parsed(text) if isinstance(text, str) else None
    return code if code is not None and code.category.lower() == "provisioningstate" else None


RULE: Rule = Rule(
    "conflicting-provisioning-states", Severity.WARNING, SENTENCE, WHY, ("observed",), GOOD, BAD, ("statuses",), check
)
