"""The reasons of facets in words, made when they are asked for, with the counts of the census.

A facet keeps its reason as `Why`: the name of a text below, its arguments, and at the end, in a tuple of their own,
notes on values of a wrong type. Arguments may be texts of the document; they are escaped, redacted and cut here. A list
of them is safe already.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from instanceview.model.text import number_of, one_line, quote
from instanceview.tables.states import census

Why: TypeAlias = tuple["str | int | bool | tuple[str, ...] | None", ...]

_KEPT = 256  # reasons that are kept: forty texts with numbers of statuses
_BEGUN = {"creating": "created", "updating": "updated", "deleting": "deleted", "migrating": "migrated"}
AT_WORK = frozenset(_BEGUN)
"""The provisioning states of an operation that has not ended."""

_TEXTS = {
    "code": "the code is {0:q}",
    "code that repeats": "the code is {0:q}, also at {1:list}",
    "code unlisted": "the code is {0:q}; its state is not in the vocabulary",
    "disagree": "{0:list}; {repeated_category} have two statuses of one category",
    "extension disagrees": "{0:list}; {extension_disagrees} have two states",
    "scale set disagrees": "{0:list}; {set_disagrees} have two statuses of one category",
    "none": "no {0} among {1:n}",
    "no statuses": "no statuses",
    # Statuses of the machine
    "PowerState": "no PowerState among {0:n}; {no_power_state}, all being created",
    "PowerState at work": "no PowerState among {0:n}; {no_power_state}, all being created; the VM is being {1} ({2})",
    "in progress": "the code is {0:q}; the operating system is still being set up, as on {os_in_progress}",
    "OSState": "no OSState among {0:n}; {no_os_state} have none",
    "ColocationStatus": "no ColocationStatus among {0:n}; {no_colocation} have none",
    "HibernationState": "no HibernationState among {0:n}, which does not mean no; {no_hibernation} have none",
    "MigrationPhase": "no MigrationPhase among {0:n}; {no_migration} have none",
    # The agent
    "Ready": "says Ready: {0:q}",
    "Ready, without a message": "says Ready",
    "Ready, off": "says Ready; last report {0}, the VM is {1}; {ready_but_off} are off",
    "Not Ready": "says Not Ready: {0:q}; the time is that of the answer; {not_ready} say so",
    "Not Ready, without a message": "says Not Ready; the time is that of the answer; {not_ready} say so",
    "no vmAgent, off": "no vmAgent; the VM is {0}",
    "no vmAgent, deallocated": "no vmAgent; the VM is deallocated; {no_agent_deallocated} have none",
    "no vmAgent, stopped": "no vmAgent; the VM is stopped; {no_agent_stopped} have none",
    "no vmAgent yet": "no vmAgent yet; the VM is being created, as {no_agent_creating}",
    "no vmAgent": "no vmAgent beside power state {0}; {no_agent_expected} are off or being created",
    "vmAgent without statuses": "vmAgent has no statuses; {no_agent_status} have none that says Ready or Not Ready",
    "vmAgent otherwise": "the code is {0:q}, neither Ready nor Not Ready; {no_agent_status} have such a code",
    # Extensions
    "agent off": "the agent does not report; {no_extension_status} have no status",
    "not yet": "not reported yet; provisioning {0}; {no_extension_status} have no status",
    "handler without code": "the handler has no code",
    "no handler": "no handler",
    "handler": "its handler is {0}",
    "handler beside succeeded": "its handler is {0}, as with {handler_not_ready}",
    "parts": "parts with a problem: {0:list}",
    "old": "as last reported",
    # Disks
    "encrypted": "the code is {0:q}, also while encryption is at work, as on {encryption_at_work}",
    "EncryptionState": "no EncryptionState among {0:n}, which speaks of the guest only; {no_encryption} have none",
    "no disk statuses": "no statuses, of which an EncryptionState speaks of the guest only",
    "settings": "settings ask for it, no EncryptionState; {settings_alone}",
    # Other members
    "member": "{0} is {1:q}",
    "member unlisted": "{0} is {1:q}, which is not a documented value",
    "member is not there": "{0} is absent",
    "wrong type": "{0:list}",
    "maintenance ended": "lastOperationResultCode is {0:q}, which stays after the maintenance has ended",
    "no vmHealth": "no vmHealth; {no_health} have none",
    "no maintenance": "no maintenanceRedeployStatus; {no_maintenance} have none",
    "no patchStatus": "no patchStatus; {no_patch} have none",
    "no patch status": "patchStatus has no status",
    "no boot status": "no status of bootDiagnostics; {no_boot_status} have none",
    # Scale sets
    "of operation": "the code is {0:q}, of the last operation and not of the machines, as {machine_not_done} show",
    "counted": "counted by the summary: {0:list}",
    "uncounted": "{0} of {1:m} counted; {extension_uncounted} have such counts",
    "no summary": "no summary; {no_summary} have none",
    # Other documents
    "not a machine": "this is the view of {0}, not of a machine",
    "summary": "a scale set's summary counts provisioning states only",
}


class _Argument(NamedTuple):
    """An argument of a text: with the format `q` in quotes, with `list` a safe list.

    With `n` it is a number of statuses, with `m` one of machines.
    """

    value: object

    def __format__(self, form: str) -> str:
        """Return the argument made safe for one line."""
        if form == "q":
            return quote(self.value)
        if form == "list":
            return str(self.value)
        if form == "m" and isinstance(self.value, int):
            return number_of(self.value, "machine")
        return f"{self.value} status{'' if self.value == 1 else 'es'}" if form == "n" else one_line(str(self.value))


def explain(why: Why) -> str:
    """Return a reason in one line.

    >>> explain(("PowerState", 1, ("disks is a string",)))
    'no PowerState among 1 status; 5 of 2,505 captured VMs, all being created; disks is a string'
    """
    # Most reasons have a number at most, and no text of the document.
    return (_explain if any(isinstance(each, (str, tuple)) for each in why[1:]) else _kept)(why)


def _explain(why: Why) -> str:
    name, *arguments = why
    notes = [note for each in arguments if isinstance(each, tuple) for note in each]
    return "; ".join([_TEXTS[str(name)].format(*map(_Argument, arguments), **_counts()), *notes])


_kept = lru_cache(_KEPT)(_explain)


@cache
def _counts() -> dict[str, str]:
    """Return the counts of the census in words."""
    return {name: str(each) for name, each in census().items()}


def being(word: str) -> str:
    """Return the word for a machine that is in a provisioning state.

    >>> being("creating")
    'created'
    """
    return _BEGUN[word]
