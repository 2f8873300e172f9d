"""The agent of a machine: what its status says, and whether that is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.machine_state.codes import PROVISIONING, found
from instanceview.checking.machine_state.facets import Agent

if TYPE_CHECKING:
    from instanceview.checking.machine_state.members import Object, Reading
    from instanceview.checking.machine_state.reasons import Why
    from instanceview.literals import AgentWord, SaysWord

OFF = frozenset({"stopping", "stopped", "deallocating", "deallocated"})
"""The power states in which no agent runs."""
_COUNTED = frozenset({"stopped", "deallocated"})
"""Those of them in which machines were captured."""
_POINTER = "/vmAgent/statuses"
_NO_VERSION = "unknown"
"""The version of an agent that is not ready, folded."""
_TIME_IS: dict[str | None, str] = {"Ready": "last report", "Not Ready": "answer"}
"""The meaning of the status's time by what the agent says."""
_SAYINGS = {"not yet populated": "Not Ready, not populated", "unresponsive": "Not Ready, unresponsive"}
"""Words in the message of an agent that is not ready, and the reasons that count it."""


def agent_of(reading: Reading, agent: Object | None, power: str, provisioning: str) -> Agent:
    """Return the agent of a machine beside its power and provisioning states; the age is not known yet."""
    if agent is None:
        return _absent(power, provisioning)
    version = reading.text_at(agent, "vmAgentVersion", "/vmAgent")
    if version and version.lower() == _NO_VERSION:
        version = None
    statuses = reading.list_at(agent, "statuses", "/vmAgent")
    if not statuses:
        pointer = "/vmAgent" if statuses is None else _POINTER
        return Agent("unknown", pointer, ("vmAgent without statuses",), version=version)
    return _of_statuses(reading, statuses, version, power)


def _absent(power: str, provisioning: str) -> Agent:
    if power in OFF:
        why: Why = (f"no vmAgent, {power}",) if power in _COUNTED else ("no vmAgent, off", power)
        return Agent("not reporting", "", why)
    if provisioning == "creating":
        return Agent("not reporting", "", ("no vmAgent yet",))
    return Agent("unknown", "", ("no vmAgent", power))


def _of_statuses(reading: Reading, statuses: list[object], version: str | None, power: str) -> Agent:
    codes = reading.codes_of(statuses, _POINTER)
    what = found(codes, PROVISIONING, "AgentCode", _POINTER)
    if what is None:
        return Agent("unknown", _POINTER, ("none", PROVISIONING, len(codes)), version=version)
    status: Object = statuses[what.at]  # type: ignore[assignment]  # what has a code is an object
    time = status.get("time")
    time = time if type(time) is str else None
    message = reading.text_at(status, "message", f"{_POINTER}/{what.at}")
    if what.word == "succeeded":
        says: SaysWord | None = "Ready"
        word: AgentWord = "not reporting" if power in OFF else "reporting"
        why: Why = ("Ready, off", time or "unknown", power) if power in OFF else ("Ready", message)
    elif what.word == "Unavailable":
        says, word, why = "Not Ready", "not reporting", (_saying(message or ""), message)
    else:
        says, word = None, "unknown"
        why = what.why if what.why[0] == "disagree" else ("vmAgent otherwise", codes[what.at])
    pointer = what.pointer if says else _POINTER
    time_is = _TIME_IS.get(says) if time else None
    return Agent(word, pointer, why, says, version, time_is, time, None, message, what.detail)


def _saying(message: str) -> str:
    """Return the name of the reason of an agent that is not ready."""
    return next((name for words, name in _SAYINGS.items() if words in message), "Not Ready")
