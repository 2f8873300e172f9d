"""The rule `agent-unavailable-version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model import Severity
from instanceview.rule import Example, Found, Rule
from instanceview.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rule import Site

SENTENCE = "The version of the agent does not go with its status."
WHY = "In every capture the version is Unknown where the agent is unavailable, and a number where it is ready."
GOOD = Example('{"vmAgent": {"vmAgentVersion": "Unknown", "statuses": [{"code": "ProvisioningState/Unavailable"}]}}')
BAD = Example('{"vmAgent": {"vmAgentVersion": "2.7.0.1", "statuses": [{"code": "ProvisioningState/Unavailable"}]}}')


def check(site: Site) -> Iterator[Found]:
    """Yield a version with digits beside Unavailable, and Unknown beside succeeded."""
    agent = site.value.get("vmAgent") if isinstance(site.value, dict) else None
    version = agent.get("vmAgentVersion") if isinstance(agent, dict) else None
    statuses = agent.get("statuses") if isinstance(agent, dict) else None
    if not isinstance(version, str) or not isinstance(statuses, list):
        return
    codes = [status.get("code") for status in statuses if isinstance(status, dict)]
    states = {code: _state(code) for code in codes if isinstance(code, str)}
    unknown = version.lower() == "unknown"
    numbered = any(character.isdigit() for character in version)
    for code, state in states.items():
        if (state == "unavailable" and numbered) or (state == "succeeded" and unknown):
            template = "{value} contradicts {code}; usual beside it: {allowed}"
            usual = "Unknown" if numbered else "a version, such as 2.7.41491.1010"
            hint = f"an agent that {'does not report has no' if numbered else 'is ready has a'} known version"
            yield Found(("vmAgent", "vmAgentVersion"), template, version, (usual,), {"code": code}, hint)
            return


def _state(text: str) -> str:
    """Return the folded provisioning state of a code, empty for other codes."""
    code = parsed(text)
    return code.state.lower() if code and code.category.lower() == "provisioningstate" else ""


RULE: Rule = Rule(
    "agent-unavailable-version",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("document",),
    check,
    ("vmAgent",),
)
