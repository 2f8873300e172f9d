"""The state of a machine and the state of a scale set as frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.lines import machine_line, scale_set_line
from instanceview.checking.machine_state.notes import (
    agent_notes,
    disk_notes,
    extension_notes,
    machine_notes,
    other_notes,
    service_notes,
)
from instanceview.tables.states import power_rows

if TYPE_CHECKING:
    from instanceview.checking.machine_state.counts import Counted, Service
    from instanceview.checking.machine_state.facets import Agent, Facet, Moment, Power, Status
    from instanceview.checking.machine_state.lines import Saying
    from instanceview.checking.machine_state.parts import Disk, Extension, ExtensionCounts, Handler
    from instanceview.checking.machine_state.rare_facets import Maintenance, Patch
    from instanceview.literals import (
        ColocationWord,
        HealthWord,
        HibernationWord,
        KindName,
        MigrationWord,
        OsStateWord,
        OtherWord,
        ProvisioningWord,
    )
    from instanceview.model.document import Origin


class MachineState(NamedTuple):
    """The state of one machine, by the rules that its instance view must be read with; `str()` is its line.

    `newest` is the latest time in the document. `answered_at` is the time of the answer, where it is known. `ignored`
    says which values have a wrong type, so that they were read as absent.

    >>> from instanceview import state
    >>> machine = state({"statuses": [{"code": "PowerState/stopped"}], "disks": [{"name": "os"}]}, kind="vm")
    >>> machine.power.word, machine.display_name, machine.is_billed
    ('stopped', 'Stopped (Allocated)', True)
    >>> machine.disks[0].word, machine.disks[0].pointer
    ('not reported', '/disks/0')
    """

    power: Power
    provisioning: Facet[ProvisioningWord | OtherWord]
    os_state: Facet[OsStateWord | OtherWord]
    agent: Agent
    newest: Moment | None
    extensions: tuple[Extension, ...]
    handlers_without_extension: tuple[Handler, ...]
    extension_counts: ExtensionCounts
    disks: tuple[Disk, ...]
    health: Facet[HealthWord | OtherWord]
    maintenance: Maintenance
    colocation: Facet[ColocationWord | OtherWord]
    hibernation: Facet[HibernationWord | OtherWord]
    migration: Facet[MigrationWord | OtherWord]
    patch: Patch
    boot_diagnostics: Facet[str]
    other: tuple[Status, ...]
    ignored: tuple[str, ...]
    kind: KindName
    api_version: str | None
    name: str | None
    origin: Origin
    answered_at: str | None

    def __str__(self) -> str:
        """Return the line, such as `running; provisioning succeeded; agent reporting`."""
        return "; ".join(part.text for part in self.parts)

    @property
    def display_name(self) -> str | None:
        """Azure's name of the power state, such as `Stopped (Deallocated)`; None where that is unknown."""
        return self._power_row()[0]

    @property
    def is_billed(self) -> bool | None:
        """True if compute is billed in this power state; None where that is unknown."""
        return self._power_row()[1]

    def _power_row(self) -> tuple[str, bool] | tuple[None, None]:
        is_hibernated = self.power.word == "deallocated" and self.hibernation.word == "Hibernated"
        return power_rows().get("hibernated" if is_hibernated else self.power.word, (None, None))

    @property
    def parts(self) -> tuple[Saying, ...]:
        """The texts of the line with the facet of each."""
        return machine_line(self.power, self.provisioning, self.agent, self.extension_counts)

    @property
    def notes(self) -> tuple[Saying, ...]:
        """The facts that most readers miss, with the facet of each."""
        return (
            *agent_notes(self.agent),
            *machine_notes(self.os_state, self.hibernation, self.boot_diagnostics),
            *extension_notes(self.extensions, self.handlers_without_extension),
            *disk_notes(self.disks),
            *other_notes(self.other, self.ignored),
        )


class ScaleSetState(NamedTuple):
    """The state of a scale set: of its last operation, and the numbers of its machines; `str()` is its line.

    `power`, `agent`, `health` and `disks` are not reported: the summary counts provisioning states only.

    >>> from instanceview import state
    >>> summary = {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 3}]}
    >>> scale_set = state({"virtualMachine": summary})
    >>> scale_set.machines, scale_set.total, scale_set.provisioning.word
    ({'succeeded': 3}, 3, 'unknown')
    """

    provisioning: Facet[ProvisioningWord | OtherWord]
    summary: Counted
    extension_summaries: tuple[Counted, ...]
    services: tuple[Service, ...]
    power: Facet[str]
    agent: Facet[str]
    health: Facet[str]
    disks: Facet[str]
    other: tuple[Status, ...]
    ignored: tuple[str, ...]
    kind: KindName
    api_version: str | None
    name: str | None
    origin: Origin
    answered_at: str | None

    def __str__(self) -> str:
        """Return the line, such as `scale set succeeded; 2 machines: 1 updating, 1 succeeded`."""
        return "; ".join(part.text for part in self.parts)

    @property
    def parts(self) -> tuple[Saying, ...]:
        """The texts of the line with the facet of each."""
        return scale_set_line(self.provisioning, self.summary, self.extension_summaries)

    @property
    def notes(self) -> tuple[Saying, ...]:
        """The facts that most readers miss, with the facet of each."""
        return (*service_notes(self.services), *other_notes(self.other, self.ignored))

    @property
    def machines(self) -> dict[str, int]:
        """The number of machines by state, empty without a summary."""
        return dict(self.summary.counts)

    @property
    def total(self) -> int | None:
        """The number of machines, None without a summary."""
        return None if self.summary.word == "unknown" else self.summary.total

    @property
    def extensions(self) -> dict[str, dict[str, int]]:
        """The number of machines by name of extension and by state."""
        return {each.name or "": dict(each.counts) for each in self.extension_summaries}

    @property
    def orchestration_services(self) -> dict[str, str]:
        """The state of each orchestration service by name."""
        return {each.name or "": each.word for each in self.services}
