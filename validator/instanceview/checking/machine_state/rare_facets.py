"""Facets of a machine that few documents have: maintenance and patches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.reasons import Why, explain

if TYPE_CHECKING:
    from instanceview.checking.machine_state.facets import Status
    from instanceview.literals import MaintenanceWord, OtherWord, PatchWord


class Windows(NamedTuple):
    """The windows of a maintenance: in the first one the customer may start it, in the second the platform does."""

    pre_maintenance_start: str | None = None
    pre_maintenance_end: str | None = None
    maintenance_start: str | None = None
    maintenance_end: str | None = None


class Maintenance(NamedTuple):
    """Whether the customer may start a maintenance, or how the last one ended, which stays after it has ended."""

    word: MaintenanceWord | OtherWord
    pointer: str
    why: Why
    detail: str | None = None
    time: str | None = None
    windows: Windows | None = None
    message: str | None = None

    @property
    def reason(self) -> str:
        """As `Facet.reason`."""
        return explain(self.why)


class Assessment(NamedTuple):
    """The last search for patches, and what it found."""

    word: PatchWord | OtherWord
    pointer: str
    reboot_pending: bool | None = None
    critical_and_security: int | None = None
    other: int | None = None
    time: str | None = None


class Installation(NamedTuple):
    """The last installation of patches, and the number of patches by what became of them."""

    word: PatchWord | OtherWord
    pointer: str
    reboot_status: str | None = None
    installed: int | None = None
    pending: int | None = None
    failed: int | None = None
    excluded: int | None = None
    not_selected: int | None = None
    time: str | None = None


class Patch(NamedTuple):
    """Patches of the guest. `word` is that of the assessment, or else that of the installation."""

    word: PatchWord | OtherWord
    pointer: str
    why: Why
    detail: str | None = None
    time: str | None = None
    assessment: Assessment | None = None
    installation: Installation | None = None
    configuration: tuple[Status, ...] = ()

    @property
    def reason(self) -> str:
        """As `Facet.reason`."""
        return explain(self.why)
