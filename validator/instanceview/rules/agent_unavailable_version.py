"""The rule `agent-unavailable-version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "The agent's version contradicts its status."
WHY = "In every capture, the version is Unknown where the agent is unavailable and a number where it is ready."
GOOD = Example('{"vmAgent": {"vmAgentVersion": "Unknown", "statuses": [{"code": "ProvisioningState/Unavailable"}]}}')
BAD = Example('{"vmAgent": {"vmAgentVersion": "2.7.0.1", "statuses": [{"code": "ProvisioningState/Unavailable"}]}}')


def check(site: Site) -> Iterator[Found]:
    """Yield a version with digits beside the state Unavailable, or the version Unknown beside succeeded."""
    agent = site.value.get("vmAgent") if isinstance(site.value, dict) else None
    version = agent.get("vmAgentVersion") if isinstance(agent, dict) else None
    statuses = agent.get("statuses") if isinstance(agent, dict) else None
    if not isinstance(version, str) or not isinstance(statuses, list):
        return
    codes = tuple(code for code in (_code(status) for status in statuses) if code is not None)
    code = _contradicting(version, codes)
    if code is not None:
        is_ready = version.lower() == "unknown"
        template = "{value} contradicts {code}; expected: {allowed}"
        usual = "a version such as 2.7.41491.1010" if is_ready else "Unknown"
        hint = "a ready agent reports its version" if is_ready else "the version of an unavailable agent is Unknown"
        yield Found(("vmAgent", "vmAgentVersion"), template, version, (usual,), {"code": code}, hint)


def _code(status: object) -> str | None:
    code = status.get("code") if isinstance(status, dict) else None
    return code if isinstance(code, str) else None


def _contradicting(version: str, codes: tuple[str, ...]) -> str | None:
    """Return the first code that a version contradicts, None without one."""
    unknown = version.lower() == "unknown"
    numbered = any(character.isdigit() for character in version)
    states = {code: _provisioning_state(code) for code in codes}
    fits = {"unavailable": not numbered, "succeeded": not unknown}
    return next((code for code, state in states.items() if not fits.get(state, True)), None)


def _provisioning_state(text: str) -> str:
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
    ("vmAgent.vmAgentVersion", "vmAgent.statuses.code"),
    follows="summary-count",
)
