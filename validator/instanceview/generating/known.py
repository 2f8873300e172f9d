"""The statuses of the vocabulary in full: each known code with its level, text and time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.tables.catalog import tables_json
from instanceview.tables.descent import element_at
from instanceview.tables.elements import tree
from instanceview.tables.vocabulary import BARE, categories_by_element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.tables.vocabulary import State

PENDING = ""
"""The placeholder of a time until `agree` writes it."""

# How often a code of a machine that nobody captured has a time, by its category: as often as the captured codes of that
# category. Those say that an operation has ended, which has a time, or which state the machine is in, which has none.
_TIMES = {"ProvisioningState": "always", "PowerState": "never", "ColocationStatus": "never"}
_NUMBER_OF_COMPONENT = {"succeeded": "57001", "failed": "1"}
"""A number that components have in captures, by the state before it."""
_WELL_KNOWN = 10
"""The captures that a component has at least, to be generated in states that list no components of their own."""


class Known(NamedTuple):
    """A code known at a place: its usual level, which may be empty, its usual texts, and how often it has a time.

    `time` is `always`, `sometimes` or `never`; without evidence it is `sometimes`. `captures` is the number of captured
    documents with the code, whatever number is after the state.
    """

    code: str
    level: str
    texts: tuple[str, ...]
    time: str
    captures: int

    def status(self) -> dict[str, object]:
        """Return the status in full; its time is still pending."""
        texts = {"code": self.code, "level": self.level, "displayStatus": next(iter(self.texts), "")}
        timed = {"time": PENDING} if self.time == "always" else {}
        return {**{name: text for name, text in texts.items() if text}, **timed}


def in_order(status: dict[str, object]) -> dict[str, object]:
    """Return a status with its members in the order of documents."""
    return {name: status[name] for name in ("code", "level", "displayStatus", "message", "time") if name in status}


_ANYWHERE = (
    Known("ProvisioningState/succeeded", "Info", ("Provisioning succeeded",), "sometimes", 0),
    Known("ProvisioningState/failed", "Error", ("Provisioning failed",), "sometimes", 0),
    Known("ProvisioningState/updating", "Info", ("Updating",), "sometimes", 0),
)
"""The codes of a list of statuses for which no source shows codes: those that nearly all lists have."""


@cache
def known_codes(kind: str, element: str) -> tuple[Known, ...]:
    """Return the codes known at a place of a kind, in the order of the vocabulary; none at an element without codes.

    Where the vocabulary has no code of a list of statuses, they are those that nearly all lists have.

    >>> known_codes("vmss-vm", "vmAgent.statuses")[1]
    Known(code='ProvisioningState/Unavailable', level='Warning', texts=('Not Ready',), time='always', captures=1020)
    """
    here = categories_by_element(kind).get(element)
    if here is None:
        return _ANYWHERE if _holds_statuses(kind, element) else ()
    return tuple(
        each
        for category in here.values()
        for state in category.states.values()
        for each in _of_state(element, category.name, state)
    )


def _holds_statuses(kind: str, element: str) -> bool:
    found = element_at(tree(kind), tuple(element.split(".")))
    code = found.children.get("code") if found else None
    return code is not None and code.member.format == "status-code"


def _of_state(element: str, category: str, state: State) -> Iterator[Known]:
    if category == "ComponentStatus":
        yield from _of_component(state)
        return
    if element == "statuses":
        state = state._replace(time=state.time or _TIMES.get(category, ""))
    code = state.name if category == BARE else f"{category}/{state.name}"
    yield _known(code, state, state)
    for detail in state.details.values():
        yield _known(f"{code}/{detail.name}", detail, state)
    for number in state.numbers:
        yield _known(f"{code}/{number}", state, state)


def _of_component(state: State) -> Iterator[Known]:
    """Yield the codes of components in a state, most of them observed in captures."""
    every = tables_json()["statusCodes"]["components"].items()
    names = state.components or [name for name, captures in every if captures >= _WELL_KNOWN]
    number = _NUMBER_OF_COMPONENT[state.name.lower()]
    for name in names:
        code = f"ComponentStatus/{name}/{state.name}"
        yield _known(code, state, state)
        if state.components:
            continue
        yield _known(f"{code}/{number}", state.numbered or state, state)


def _known(code: str, state: State, whole: State) -> Known:
    time = state.time or whole.time or "sometimes"
    return Known(code, state.level or whole.level, state.texts or whole.texts, time, state.captures)


def known_status(kind: str, element: str, code: str) -> Known:
    """Return the known status of a code at a place.

    Raises KeyError for a code that is not known there.
    """
    return _by_code(kind, element)[code]


@cache
def _by_code(kind: str, element: str) -> dict[str, Known]:
    return {each.code: each for each in known_codes(kind, element)}
