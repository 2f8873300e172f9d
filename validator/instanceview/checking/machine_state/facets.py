"""Facets of a machine as frozen values: the answer to each question, with its word and its reason.

Facets are named tuples, since a state is made of twenty of them. Their reasons are texts that few callers read: a facet
keeps what its reason is made of, `why`, and makes the text when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from instanceview.checking.machine_state.reasons import Why, explain

if TYPE_CHECKING:
    from instanceview.literals import (
        AgentWord,
        OtherWord,
        PowerWord,
        SaysWord,
    )

W_co = TypeVar("W_co", bound=str, covariant=True)  # a facet of a typed word is one of a text


made = tuple.__new__
"""Makes a named tuple of the values of all its members, in half of the time that its class takes.

Six of these are made for each document, and that is a tenth of the time of its state.
"""


class Moment(NamedTuple):
    """A time as the document writes it, and its pointer."""

    time: str
    pointer: str


class Facet(NamedTuple, Generic[W_co]):
    """The answer to one question about a machine.

    `word` is the answer. `detail` is the third segment of the code, which narrows it down. `pointer` is that of the
    value that decided; where nothing was found, of the nearest thing that was looked through. `time` and `message` are
    those of the status, as the document writes them.
    """

    word: W_co
    pointer: str
    why: Why
    detail: str | None = None
    time: str | None = None
    message: str | None = None

    @property
    def reason(self) -> str:
        """The reason for the word, in one line: escaped, secrets redacted."""
        return explain(self.why)


class Power(NamedTuple):
    """The power state. `since` is known of a deallocated machine alone: the time at which its disks were released."""

    word: PowerWord | OtherWord
    pointer: str
    why: Why
    detail: str | None = None
    time: str | None = None
    since: Moment | None = None

    @property
    def reason(self) -> str:
        """As `Facet.reason`."""
        return explain(self.why)


class Agent(NamedTuple):
    """Whether the agent reports. `says` is what its status says, which is the last report where the machine is off.

    `time_is` explains `time`: the last report of an agent that says Ready, or the moment of the answer. `age` is the
    number of whole seconds from this time to the newest one in the document, hence at least; with `answered_at` it is
    exact. It is None without a time.
    """

    word: AgentWord
    pointer: str
    why: Why
    says: SaysWord | None = None
    version: str | None = None
    time_is: str | None = None
    time: str | None = None
    age: int | None = None
    message: str | None = None
    detail: str | None = None

    @property
    def reason(self) -> str:
        """As `Facet.reason`."""
        return explain(self.why)


class Status(NamedTuple):
    """A status as it is: one of a category that has no facet, or without a code."""

    code: str | None
    pointer: str
    display_status: str | None = None
    level: str | None = None
    message: str | None = None
    time: str | None = None
