"""The agent of a machine: what its status says, and whether that is so."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.codes import LONGEST, PROVISIONING, count_of, found
from instanceview.checking.machine_state.facets import Agent, made

if TYPE_CHECKING:
    from instanceview.checking.machine_state.codes import Codes
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


def agent_of(reading: Reading, agent: Object | None, power: str, provisioning: str) -> Agent:
    """Return the agent of a machine beside its power and provisioning states, as if its report were the newest time."""
    if agent is None:
        return _absent(power, provisioning)
    version, statuses = agent.get("vmAgentVersion"), agent.get("statuses")
    if type(version) is not str:
        version = reading.text_at(agent, "vmAgentVersion", "/vmAgent")
    elif len(version) == len(_NO_VERSION) and version.lower() == _NO_VERSION:
        version = None
    if type(statuses) is not list:
        reading.list_at(agent, "statuses", "/vmAgent")
        return Agent("unknown", "/vmAgent", ("vmAgent without statuses",), version=version)
    if not statuses:
        return Agent("unknown", _POINTER, ("vmAgent without statuses",), version=version)
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
    is_off = power in OFF
    read = _kept if len("".join(codes)) <= LONGEST else _meaning
    word, pointer, why, says, time_is, detail, at = read(codes, is_off)
    status = statuses[at]
    if not says or type(status) is not dict:
        return Agent(word, pointer, why, version=version, detail=detail)
    time, message = status.get("time"), status.get("message")
    if type(time) is not str:
        time = None
    if type(message) is not str:
        message = reading.text_at(status, "message", f"{_POINTER}/{at}")
    if is_off and says == "Ready":
        why = ("Ready, off", time or "unknown", power)
    else:
        why = (says, message) if message else (f"{says}, without a message",)
    return made(
        Agent,
        (word, pointer, why, says, version, time_is if time else None, time, 0 if time else None, message, detail),
    )


class _Meaning(NamedTuple):
    """What the codes of an agent's statuses mean, and the index of the status that decides.

    `why` is empty where the reason needs the message or the time.
    """

    word: AgentWord
    pointer: str
    why: Why
    says: SaysWord | None
    time_is: str | None
    detail: str | None
    at: int


def _meaning(codes: Codes, is_off: bool) -> _Meaning:  # noqa: FBT001 (a key of the cache)
    what = found(codes, PROVISIONING, "AgentCode", _POINTER)
    if what is None:
        return _Meaning("unknown", _POINTER, _without(codes), None, None, None, 0)
    if what.word == "succeeded":
        word: AgentWord = "not reporting" if is_off else "reporting"
        return _Meaning(word, what.pointer, (), "Ready", "last report", what.detail, what.at)
    if what.word == "Unavailable":
        return _Meaning("not reporting", what.pointer, (), "Not Ready", "answer", what.detail, what.at)
    why = what.why if what.word == "unknown" and what.pointer == _POINTER else ("vmAgent otherwise", codes[what.at])
    return _Meaning("unknown", _POINTER, why, None, None, what.detail, what.at)


def _without(codes: Codes) -> Why:
    number = count_of(codes)
    return ("none", PROVISIONING, number) if number else ("vmAgent without statuses",)


_kept = lru_cache(64)(_meaning)
