"""One row about a facet of a state, and the texts in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.model.text import one_line, quote
from instanceview.reporting.states.words import label, severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.machine_state.facets import Status


class Row(NamedTuple):
    """A facet, or an item of one: its name, word and pointer, more about it, the reason, and its severity."""

    facet: str
    name: str
    word: str
    pointer: str
    about: tuple[str, ...] = ()
    reason: str = ""
    severity: str = ""


def facet_row(facet: str, value: Any, *about: str, name: str = "") -> Row:  # noqa: ANN401 (any facet)
    """Return the row of a facet, with its detail beside the word, and its time and message after `about`."""
    detail = f" ({one_line(value.detail)})" if getattr(value, "detail", None) else ""
    time = None if facet == "agent" else getattr(value, "time", None)
    more = listed(time=time, message=getattr(value, "message", None))
    word = one_line(value.word) + detail
    about = (*about, *more)
    return Row(facet, name or label(facet), word, value.pointer, about, value.reason, severity(value.word))


def status_row(facet: str, name: str, status: Status) -> Row:
    """Return the row of a status that is not a facet, with its code as the word."""
    about = listed(text=status.display_status, level=status.level, time=status.time, message=status.message)
    return Row(facet, name, one_line(status.code or "no code"), status.pointer, about)


def named(what: str, name: str | None) -> str:
    """Return the word for a thing with its name, or without one."""
    return f"{what} {one_line(name)}" if name else f"{what} without a name"


def listed(**members: str | None) -> tuple[str, ...]:
    """Return the members that are not None, each with its name; a text for people is in quotes."""
    return tuple(_member(name, value) for name, value in members.items() if value is not None)


def _member(name: str, value: str) -> str:
    return f"{name} {quote(value) if name in {'message', 'text', 'says'} else one_line(value)}"


def members(value: Any) -> Iterable[str]:  # noqa: ANN401 (a named tuple or None)
    """Return the members of a part of a facet that are not None, without its word and place."""
    fields = value._asdict() if value else {}
    spelt = {True: "yes", False: "no"}
    return [
        f"{name.replace('_', ' ')} {spelt[each] if isinstance(each, bool) else one_line(str(each))}"
        for name, each in fields.items()
        if each is not None and name not in {"word", "pointer"}
    ]
