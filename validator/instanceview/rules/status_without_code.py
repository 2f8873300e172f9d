"""The rule `status-without-code`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.names import nearest
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A status has no code."
WHY = "Programs identify a status by its code alone, and every captured status has one."
GOOD = Example('{"statuses": [{"code": "PowerState/running", "displayStatus": "VM running"}]}')
BAD = Example('{"statuses": [{"displayStatus": "VM running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the status without a code, unless the name of a member is a misspelt `code`."""
    status = site.value if isinstance(site.value, dict) else {}
    if status.get("code") is not None or any(
        nearest(str(name), ("code",)) for name in status if name not in site.element.children
    ):
        return
    names = site.element.names_at(site.scope.api_version)
    states = [
        (category.name, state.name) for category in site.categories.values() for state in category.states.values()
    ]
    first = states[0] if states else ("ProvisioningState", "succeeded")  # nearly all lists of statuses may have it
    hint = f'add "code", for example {_code_as_written(*first)}'
    yield Found(
        (*site.path, "code"),
        "a status has no {name}; documented here: {allowed}",
        allowed=names,
        facts={"name": "code"},
        hint=hint,
        spot="object",
    )


def _code_as_written(category: str, state: str) -> str:
    known = {"ErrorCode": state, "ComponentStatus": f"{category}/StdOut/{state}"}
    return known.get(category, f"{category}/{state}")


RULE: Rule = Rule(
    "status-without-code",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("status",),
    check,
    ("code", "*"),
    follows="status-code-case",
)
