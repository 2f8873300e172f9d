"""The rule `malformed-status-code`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A status code does not have the form Category/state[/detail]."
WHY = "Readers split the code at its slashes to find the state; a malformed code has no state to find."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/"}]}')

_FORM = "Category/state[/detail] or ComponentStatus/component/state[/code]"


def check(site: Site) -> Iterator[Found]:
    """Yield the code that does not match the grammar, with the reason and the offset of the fault."""
    bare = site.element.member.format == "bare-code"
    try:
        StatusCode.parse(str(site.value), bare=bare)
    except MalformedStatusCodeError as error:
        template = "{value} is not a status code: {reason!s} at offset {position!s}; expected: {allowed}"
        facts = {"reason": error.reason, "position": error.position}
        yield Found(site.path, template, site.value, (f"a bare error code, {_FORM}" if bare else _FORM,), facts)


RULE: Rule = Rule(
    "malformed-status-code",
    Severity.ERROR,
    SENTENCE,
    WHY,
    ("page", "observed"),
    GOOD,
    BAD,
    ("pattern",),
    check,
    follows="domain-as-text",
)
