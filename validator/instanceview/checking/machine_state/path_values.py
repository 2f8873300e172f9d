"""The readers of the values of a state: words, texts, and numbers of things by their words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from instanceview.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from instanceview.checking.machine_state.values import MachineState, ScaleSetState

    State = MachineState | ScaleSetState
    Reader = Callable[[Any], "Found"]

UNKNOWN = "unknown"
_FIRST = ("failed", "transitioning", "no status", "succeeded")
"""The states of extensions that have a number of their own; all others are counted as `other` too."""


class _Reasoned(Protocol):
    @property
    def reason(self) -> str:
        """The reason for a word."""


class Found(NamedTuple):
    """What a state has at a path: a word, a text, a number or None, with the pointer and what has the reason."""

    value: str | int | None
    pointer: str
    about: _Reasoned | str

    @property
    def is_unknown(self) -> bool:
        """True for an unknown word, and for a part of an unknown facet that the document does not have."""
        word = getattr(self.about, "word", None) if self.value is None else self.value
        return isinstance(word, str) and word.casefold() == UNKNOWN

    @property
    def reason(self) -> str:
        """The reason for the value, which is made when it is asked for."""
        return self.about if isinstance(self.about, str) else self.about.reason


def word_of(member: str) -> Reader:
    """Return the reader of the word of a facet."""

    def read(state: Any) -> Found:  # noqa: ANN401 (a machine or a scale set)
        facet = getattr(state, member)
        return Found(facet.word, facet.pointer, facet)

    return read


def fact_of(name: str) -> Reader:
    """Return the reader of a fact of what is not a machine, as text."""

    def read(state: Any) -> Found:  # noqa: ANN401 (a state with facts)
        fact = next((each for each in state.facts if each.name == name), None)
        return Found(str(fact.value), fact.pointer, fact.name) if fact else Found(None, "", f"no {name}")

    return read


def part_of(member: str, part: str) -> Reader:
    """Return the reader of another member of a facet."""

    def read(state: Any) -> Found:  # noqa: ANN401 (as above)
        facet = getattr(state, member)
        return Found(getattr(facet, part), facet.pointer, facet)

    return read


def since(state: MachineState) -> Found:
    """Return the time since when a machine is deallocated."""
    since = state.power.since
    return Found(since and since.time, since.pointer if since else state.power.pointer, state.power)


def newest(state: MachineState) -> Found:
    """Return the newest time of a machine."""
    newest = state.newest
    return Found(newest and newest.time, newest.pointer if newest else "", "" if newest else "no time")


def extensions(state: MachineState, word: str) -> Found:
    """Return the number of extensions of a word."""
    return _unread(state, "extensions") or _number("extensions", state.extensions, word)


def disks(state: MachineState, word: str) -> Found:
    """Return the number of disks of a word."""
    return _unread(state, "disks") or _number("disks", state.disks, word)


def _unread(state: State, member: str) -> Found | None:
    """Return `unknown` where a value at or below a member has a wrong type: what was not read is not counted."""
    texts = (each for each in state.ignored if each.startswith(f"{member} is ") or f"(/{member}/" in each)
    text = next(texts, None)
    return Found(UNKNOWN, f"/{member}", text) if text else None


def _number(facet: str, items: Iterable[Any], word: str) -> Found:
    """Return the number of items of a word, or `unknown` with the reason of the first one that is unknown."""
    unknown = next((each for each in items if each.word == UNKNOWN), None)
    if unknown and word != UNKNOWN:
        return Found(UNKNOWN, unknown.pointer, unknown)
    counts = Counter(each.word for each in items)
    counts["other"] = counts.total() - sum(counts[each] for each in _FIRST)
    which = ", ".join(one_line(each.name or each.pointer) for each in items if each.word == word)
    return Found(counts[word], f"/{facet}", f"{word}: {which}" if which else "")


def handlers(state: MachineState) -> Found:
    """Return the number of handlers without an extension."""
    types = ", ".join(one_line(each.type or each.pointer) for each in state.handlers_without_extension)
    return Found(len(state.handlers_without_extension), "/vmAgent/extensionHandlers", types)


def handlers_not_ready(state: MachineState) -> Found:
    """Return the number of extensions whose handler is there and not ready, whatever the extension's own word is."""
    unread = _unread(state, "extensions") or _unread(state, "extensionHandlers") or _unread(state, "vmAgent")
    if unread:
        return unread
    found = [(each.name, each.handler) for each in state.extensions if each.handler]
    unknown = next((handler for _, handler in found if handler.word == UNKNOWN), None)
    if unknown:
        return Found(UNKNOWN, unknown.pointer, unknown)
    waiting = [(name, handler) for name, handler in found if handler.word != "succeeded"]
    which = ", ".join(f"{one_line(name or 'without a name')} {one_line(handler.text)}" for name, handler in waiting)
    return Found(len(waiting), waiting[0][1].pointer if waiting else "/vmAgent/extensionHandlers", which)


def is_billed(state: MachineState) -> Found:
    """Return `true` or `false`, None where it is not known if the machine is billed."""
    billed = None if state.is_billed is None else str(state.is_billed).lower()
    return Found(billed, state.power.pointer, state.power)


def extensions_of_set(state: ScaleSetState, word: str) -> Found:
    """Return the number of machines by the state of their extensions, all extensions together."""
    unread = _unread(state, "extensions")
    if unread:
        return unread
    counts: Counter[str] = Counter()
    for each in state.extension_summaries:
        counts.update(dict(each.counts))
    counts["other"] = counts.total() - sum(counts[each] for each in _FIRST)
    return Found(counts[word], "/extensions", "")


def machines(state: ScaleSetState, word: str) -> Found:
    """Return the number of machines of a scale set in a state."""
    number = UNKNOWN if state.total is None else state.machines.get(word, 0)
    return _unread(state, "virtualMachine") or Found(number, state.summary.pointer, state.summary)


def total(state: ScaleSetState) -> Found:
    """Return the number of machines of a scale set."""
    number = UNKNOWN if state.total is None else state.total
    return _unread(state, "virtualMachine") or Found(number, state.summary.pointer, state.summary)
