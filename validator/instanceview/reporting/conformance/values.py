"""The conformance report as values, from which every form of it is made: Markdown, JSON, a page, a summary.

Texts of inputs are redacted, escaped and cut here, so that a form only has to quote them. In JSON, each value is an
object whose members have the names of the fields in camel case; a member without a value is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.model.document import Origin
    from instanceview.reporting.conformance.covered_values import CodeCoverage, Matrix, NeverSeen, TableCoverage
    from instanceview.reporting.conformance.deviating_values import Disagreement, Fidelity, Undocumented

VERSION = 1
"""The version of the form in JSON; `schemas/README.md` says what raises it."""
MOST_UNREADABLE = 100
"""The unreadable inputs that the report lists: about 20 KB, and enough to mend at once. The overview counts all."""


class NameCount(NamedTuple):
    """A name with its number of documents."""

    name: str
    documents: int


class VersionCount(NamedTuple):
    """An api-version with its number of documents, and the number of those that do not say their api-version."""

    name: str
    documents: int
    assumed: int | None

    @property
    def shown(self) -> str:
        """The api-version, with the word `assumed` and a number where documents do not say it."""
        if not self.assumed:
            return self.name
        return f"{self.name}, assumed" + ("" if self.assumed == self.documents else f" for {self.assumed:,}")


class RuleCount(NamedTuple):
    """A rule that found something: its number of findings, the place of the first, and the address of its evidence."""

    rule: str
    severity: str
    findings: int
    first: Origin
    link: str


class Overview(NamedTuple):
    """The run in numbers, as the report of `check` has them, and the documents by kind, api-version and container."""

    documents: int
    recorded: int
    conformant: int
    nonconformant: int
    skipped: int
    unreadable: int
    findings: Mapping[str, int]
    kinds: tuple[NameCount, ...]
    api_versions: tuple[VersionCount, ...]
    containers: tuple[NameCount, ...]
    rules: tuple[RuleCount, ...]


class UnreadableInput(NamedTuple):
    """An input that could not be read: its place, and the reason with the next step."""

    origin: Origin
    reason: str


class TimelinePoint(NamedTuple):
    """The states of a machine at the time of an answer; a scale set has no `power`. `extensions` has states by name."""

    time: str
    power: str | None
    provisioning: str
    extensions: Mapping[str, str]
    origin: Origin


class MachineTimeline(NamedTuple):
    """A machine or scale set that was asked more than once in a file, with its states in the order of time.

    `resource` is the path of the machine where another one of the file has the same name.
    """

    machine: str
    kind: str
    file: str
    resource: str | None
    points: tuple[TimelinePoint, ...]


class Conformance(NamedTuple):
    """The whole report; `tool` is the program that made it, with its version.

    `unreadable` has the first inputs that could not be read, `MOST_UNREADABLE` of them.
    """

    version: int
    tool: str
    overview: Overview
    tables: tuple[TableCoverage, ...]
    status_codes: tuple[CodeCoverage, ...]
    never_seen: NeverSeen
    undocumented: Undocumented
    matrix: tuple[Matrix, ...]
    disagreements: tuple[Disagreement, ...]
    fidelity: Fidelity
    timelines: tuple[MachineTimeline, ...]
    unreadable: tuple[UnreadableInput, ...]
