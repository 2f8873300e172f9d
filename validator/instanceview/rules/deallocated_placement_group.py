"""The rule `deallocated-placement-group`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A deallocated machine has a placement group."
WHY = "The documentation page expects none, but nearly all captured deallocated machines have one; do not rely on it."
GOOD = Example('{"placementGroupId": "f79e82f0", "statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"placementGroupId": "f79e82f0", "statuses": [{"code": "PowerState/deallocated"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the placement group of a machine whose power state is deallocated."""
    body = site.value if isinstance(site.value, dict) else {}
    group, statuses = body.get("placementGroupId"), body.get("statuses")
    element = site.element.children.get("placementGroupId")
    if not group or not isinstance(group, str) or not isinstance(statuses, list) or element is None:
        return
    codes = [status.get("code") for status in statuses if isinstance(status, dict)]
    deallocated = [code for code in codes if isinstance(code, str) and _is_deallocated(code)]
    if deallocated and element.documented_at(site.scope.api_version):
        yield Found(
            ("placementGroupId",),
            "{value} is set beside {code}; the documentation page expects none, but nearly all captures have one",
            group,
            facts={"code": deallocated[0]},
            hint="use the power state, not this member, to find out whether the machine is deallocated",
        )


def _is_deallocated(text: str) -> bool:
    code = parsed(text)
    return code is not None and (code.category.lower(), code.state.lower()) == ("powerstate", "deallocated")


RULE: Rule = Rule(
    "deallocated-placement-group",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("page",),
    GOOD,
    BAD,
    ("document",),
    check,
    ("placementGroupId?", "statuses.code"),
    follows="handler-version-differs",
)
