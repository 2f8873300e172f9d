"""Facets of which a machine has several: its extensions with their handlers, and its disks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.reasons import Why, explain
from instanceview.model.text import join_words

if TYPE_CHECKING:
    from instanceview.literals import EncryptionWord, ExtensionWord, HandlerWord, OtherWord


class Handler(NamedTuple):
    """The handler of an extension: the program of the agent that runs it. `text` is its word with the detail."""

    word: HandlerWord | OtherWord
    pointer: str
    why: Why
    type: str | None = None
    detail: str | None = None
    message: str | None = None
    time: str | None = None

    @property
    def reason(self) -> str:
        """As `Facet.reason`."""
        return explain(self.why)

    @property
    def text(self) -> str:
        """The word with its detail, such as `NotReady/1009`."""
        return f"{self.word}/{self.detail}" if self.detail else self.word


class Part(NamedTuple):
    """A part of an extension that has a problem, as one of its substatuses says."""

    name: str | None
    word: str | None
    pointer: str
    level: str | None = None
    message: str | None = None


class Extension(NamedTuple):
    """An extension. `as_last_reported` is True beside an agent that does not report, which makes the word an old one.

    `parts` are the substatuses of level Warning or Error and the failed ones, whatever the word is.
    """

    word: ExtensionWord | OtherWord
    pointer: str
    why: Why
    name: str | None = None
    detail: str | None = None
    time: str | None = None
    message: str | None = None
    handler: Handler | None = None
    parts: tuple[Part, ...] = ()
    as_last_reported: bool = False

    @property
    def reason(self) -> str:
        """As `Facet.reason`; also what is not well beside a word that is."""
        whys: list[Why] = [self.why]
        if self.handler is None and self.word != "no status":
            whys.append(("no handler",))
        elif self.handler and self.handler.word != "succeeded":
            whys.append(("handler beside succeeded" if self.word == "succeeded" else "handler", self.handler.text))
        if self.parts:
            whys.append(("parts", join_words(tuple(part.name or part.word or part.pointer for part in self.parts))))
        if self.as_last_reported:
            whys.append(("old",))
        return "; ".join(map(explain, whys))


class ExtensionCounts(NamedTuple):
    """The numbers of extensions by state; `other` are those of any other state."""

    failed: int = 0
    transitioning: int = 0
    no_status: int = 0
    other: int = 0
    succeeded: int = 0


class Disk(NamedTuple):
    """A disk: what it says of encryption from within the guest, and its state where that is not `succeeded`.

    `time` is when the disk was attached last: it changes with each deallocation and start.
    """

    word: EncryptionWord | OtherWord
    pointer: str
    why: Why
    name: str | None = None
    time: str | None = None
    provisioning: str | None = None
    provisioning_pointer: str | None = None
    detail: str | None = None

    @property
    def reason(self) -> str:
        """As `Facet.reason`."""
        return explain(self.why)
