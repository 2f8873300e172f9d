"""Faults of a status: its code, and the level and text beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from instanceview.tables.vocabulary import BARE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.spoilers.place import Fault, Place
    from instanceview.tables.vocabulary import State

_LEVELS = ("Info", "Warning", "Error")
_ELSEWHERE = ("PowerState/running", "EncryptionState/encrypted", "HealthState/healthy", "ComponentStatus/Log/succeeded")
_UNKNOWN = ("PowrState/running", "VmState/running", "Provisioning/succeeded")


def malformed_status_code(place: Place) -> Iterator[Fault]:
    """Yield malformed codes: with a segment missing, empty or too many, with white space or a control character."""
    text = place.value
    if place.is_code:
        yield from map(place.replaced, (f"{text}/", f"/{text}", f" {text}", f"{text} ", f"{text}\n", f"{text}/a/b/c"))
        yield from map(place.replaced, (f"{text[:-1]}\x07", f"{text}//x", ""))
    if place.element.member.format == "status-code":  # a bare code has one word, so that this is not a fault of it
        yield place.replaced(text.partition("/")[0])


def unknown_category(place: Place) -> Iterator[Fault]:
    """Yield codes of a category that does not occur at any place."""
    yield from map(place.replaced, _UNKNOWN if place.is_code else ())


def misplaced_category(place: Place) -> Iterator[Fault]:
    """Yield codes of a category that occurs only at other places."""
    for code in _ELSEWHERE if place.is_code and place.codes else ():
        if code.partition("/")[0].lower() not in place.codes:
            yield place.replaced(code)


def unknown_state(place: Place) -> Iterator[Fault]:
    """Yield codes of a state that their category lacks."""
    code = place.code() if place.is_code else None
    if code and place.state():
        yield from (place.replaced(str(replace(code, state=state))) for state in ("unheardOf", f"{code.state}x"))


def status_code_case(place: Place) -> Iterator[Fault]:
    """Yield codes in another case."""
    code = place.code() if place.is_code else None
    if code and place.state():
        changed = (replace(code, category=code.category.lower()), replace(code, state=code.state.swapcase()))
        yield from (place.replaced(str(each)) for each in changed if each != code)  # a number has no case


def level_contradicts_code(place: Place) -> Iterator[Fault]:
    """Yield levels that contradict the code."""
    state = place.state() if "level" in place.members else None
    if state and state.level:
        levels = (level for level in _LEVELS if level not in {place.members["level"], state.level})
        yield from (place.with_member("level", level) for level in levels)


def display_status_contradicts_code(place: Place) -> Iterator[Fault]:
    """Yield the usual texts of other states."""
    state = place.state() if "displayStatus" in place.members else None
    if not state:
        return
    own = {text.lower() for text in _display_texts(state)}
    others = chain.from_iterable(category.states.values() for name, category in place.codes.items() if name != BARE)
    for text in dict.fromkeys(chain.from_iterable(map(_display_texts, others))):
        if text.lower() not in own:
            yield place.with_member("displayStatus", text)


def _display_texts(state: State) -> tuple[str, ...]:
    return (*state.texts, *chain.from_iterable(detail.texts for detail in state.details.values()))
