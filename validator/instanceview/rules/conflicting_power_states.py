"""The rule `conflicting-power-states`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model import Severity
from instanceview.pointer import pointer
from instanceview.rule import Example, Found, Rule
from instanceview.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rule import Site

SENTENCE = "A machine has two power states that contradict each other."
WHY = "A machine is in one power state at a time; captures never show two."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running"}, {"code": "PowerState/stopped"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield every later status whose power state differs from the first one's."""
    first: tuple[str, str, str] | None = None
    for index, status in enumerate(site.value if isinstance(site.value, list) else ()):
        text = status.get("code") if isinstance(status, dict) else None
        code = parsed(text) if isinstance(text, str) else None
        if code is None or code.category.lower() != "powerstate":
            continue
        path = (*site.path, index, "code")
        if first is None:
            first = (code.state.lower(), str(text), pointer(path))
        elif code.state.lower() != first[0]:
            template = "{value} contradicts {other} at {at!s}"
            hint = "a machine has one power state"
            yield Found(path, template, text, facts={"other": first[1], "at": first[2]}, hint=hint, spot="conflict")


RULE: Rule = Rule(
    "conflicting-power-states", Severity.WARNING, SENTENCE, WHY, ("observed",), GOOD, BAD, ("statuses",), check
)
