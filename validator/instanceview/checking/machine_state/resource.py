"""The state of a document beside those of machines, as a frozen value, and its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.facets import Facet
from instanceview.checking.machine_state.lines import Saying
from instanceview.checking.machine_state.notes import other_notes
from instanceview.checking.machine_state.reasons import explain
from instanceview.checking.machine_state.resource_facts import COPIED, ROOM, USED
from instanceview.model.text import one_line, quote
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.checking.machine_state.facets import Status
    from instanceview.checking.machine_state.reasons import Why
    from instanceview.checking.machine_state.resource_facts import Fact
    from instanceview.literals import KindName
    from instanceview.model.document import Origin
    from instanceview.tables.kind import Said

FAILED = "failed"
"""The word of a failure."""
STREAMS = ("stdout", "stderr")
"""The names of the facts about what a script wrote."""
_MOST_OF_TEXT = 200  # characters of what a script wrote, in a line for people


class Part(NamedTuple):
    """A part with a result of its own: a host of a group, or a component of an extension."""

    name: str | None
    word: str
    pointer: str
    why: Why
    message: str | None = None

    @property
    def reason(self) -> str:
        """The reason for the word, in one line."""
        return explain(self.why)


class ResourceState(NamedTuple):
    """The state of what is not a machine, such as an extension or a run command; `str()` is its line.

    `result` is how it ended, `facts` are what the document says beside it, `items` the parts with results of their own.

    >>> from instanceview import state
    >>> extension = state({"statuses": [{"code": "ProvisioningState/failed/3"}]}, kind="vm-extension")
    >>> extension.result.word, str(extension)
    ('failed', 'extension failed (3)')
    """

    result: Facet[str]
    facts: tuple[Fact, ...]
    items: tuple[Part, ...]
    other: tuple[Status, ...]
    ignored: tuple[str, ...]
    kind: KindName
    api_version: str | None
    name: str | None
    origin: Origin
    answered_at: str | None

    def __str__(self) -> str:
        """Return the line, such as `extension failed (3)`."""
        return "; ".join(part.text for part in self.parts)

    @property
    def power(self) -> Facet[str]:
        """The result where that is a power state, else not reported: only machines have it."""
        return self.result if self.has_power else self._of_machines()

    @property
    def has_power(self) -> bool:
        """True if the result is a power state."""
        return KIND_VALUES[self.kind].said.category == "PowerState"

    def _of_machines(self) -> Facet[str]:
        return Facet("not reported", "", ("not a machine", KIND_VALUES[self.kind].holder))

    @property
    def provisioning(self) -> Facet[str]:
        """Not reported: only machines have it."""
        return self._of_machines()

    @property
    def agent(self) -> Facet[str]:
        """Not reported: only machines have it."""
        return self._of_machines()

    @property
    def health(self) -> Facet[str]:
        """Not reported: only machines have it."""
        return self._of_machines()

    @property
    def disks(self) -> Facet[str]:
        """Not reported: only machines have it."""
        return self._of_machines()

    @property
    def parts(self) -> tuple[Saying, ...]:
        """The texts of the line with the facet of each."""
        kind = KIND_VALUES[self.kind]
        detail = f" ({one_line(self.result.detail)})" if self.result.detail else ""
        names = {*kind.said.shown, ROOM, USED, COPIED}
        shown = [(words_of(each.name.rpartition(".")[2]), each) for each in self.facts if each.name in names]
        counted = [each for each in self.items if (each.name or "").lower() not in STREAMS]
        return (
            Saying("result", f"{kind.subject} {one_line(self.result.word)}{detail}"),
            *(Saying("result", f"{name} {one_line(str(fact.value))}") for name, fact in shown),
            *([Saying("result", _counted(kind.said, counted))] if counted else ()),
            *(Saying("result", one_line(each.display_status or each.code or "no code")) for each in self.other),
        )

    @property
    def notes(self) -> tuple[Saying, ...]:
        """The notes that a reader needs at once: the message of a failure, and what a script wrote."""
        message = self.result.message if self.result.word == FAILED else None
        texts = {fact.name: str(fact.value) for fact in self.facts if fact.name in {*STREAMS, "output", "error"}}
        failed = [each for each in self.items if each.word == FAILED]
        said = [f"{name}: {quote(text[:_MOST_OF_TEXT])}" for name, text in texts.items() if text]
        said += [f"says {quote(message[:_MOST_OF_TEXT])}"] if message and not said else []
        said += [f"{one_line(each.name or 'a part')} failed: {quote(each.message or '')}" for each in failed]
        return (*(Saying("result", text) for text in said), *other_notes((), self.ignored))


def words_of(name: str) -> str:
    """Return the name of a fact in words.

    >>> words_of("exitCode"), words_of("availableCapacity.allocatableVMs")
    ('exit code', 'available capacity allocatable VMs')
    """
    spaced = "".join(f" {each}" if each.isupper() else each for each in name.replace(".", " "))
    return " ".join(word.lower() for word in spaced.split()).replace("v ms", "VMs").replace("os ", "OS ")


def _counted(said: Said, items: Sequence[Part]) -> str:
    counts: dict[str, int] = {}
    for item in items:
        counts[item.word] = counts.get(item.word, 0) + 1
    listed = ", ".join(f"{number} {one_line(word)}" for word, number in counts.items())
    return f"{words_of(said.items or 'components')}: {listed}"
