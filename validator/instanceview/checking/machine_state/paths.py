"""The values of a state by path, such as `provisioning.detail` and `extensions.failed`: what can be expected of it.

A path begins with a facet, as JSON names it. Each path can be asked of a machine and of a scale set. What one of them
does not have is `not reported`, with the reason.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from instanceview.checking.machine_state.values import MachineState, ScaleSetState
from instanceview.model.text import one_line
from instanceview.tables.catalog import tables_json
from instanceview.tables.states import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

State = MachineState | ScaleSetState
if TYPE_CHECKING:
    Reader = Callable[[Any], "Found"]

UNKNOWN = "unknown"
NOT_REPORTED = "not reported"
_FIRST = ("failed", "transitioning", "no status", "succeeded")
"""The states of extensions that have a number of their own; all others are counted as `other` too."""
_ONE_MACHINE = "this is the view of one machine; that of a scale set counts machines"
_COUNTED = {"disks": "EncryptionWord", "extensions": "ExtensionWord", "machines": "ProvisioningWord"}


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
    def reason(self) -> str:
        """The reason for the value, which is made when it is asked for."""
        return self.about if isinstance(self.about, str) else self.about.reason


class Path(NamedTuple):
    """A path: how to read it from a machine and from a scale set, and the name of its words.

    `read` and `read_set` are None where there is nothing to read. `words` is a type of `instanceview.literals`, empty
    for a text; `is_number` is True for a number.
    """

    read: Reader | None
    read_set: Reader | None = None
    words: str = ""
    is_number: bool = False

    def known_words(self) -> tuple[str, ...]:
        """Return the words that the vocabulary has here, none where any text is right."""
        return _words(self.words) if self.words else ()


def found(state: State, path: str) -> Found:
    """Return the value of a state at a path of `paths()`."""
    about = paths()[path]
    if isinstance(state, MachineState):
        return about.read(state) if about.read else Found(NOT_REPORTED, "", _ONE_MACHINE)
    return about.read_set(state) if about.read_set else Found(NOT_REPORTED, "", state.power)


def has(state: State, path: str) -> bool:
    """Return True if the kind of a state has something at a path."""
    about = paths()[path]
    return bool(about.read if isinstance(state, MachineState) else about.read_set)


@cache
def paths() -> dict[str, Path]:
    """Return every path by its name, those of one facet together.

    >>> [name for name in paths() if name.startswith("provisioning")]
    ['provisioning', 'provisioning.detail', 'provisioning.time']
    """
    return {
        "power": _word("power", "PowerWord"),
        "power.since": Path(_since),
        "provisioning": _word("provisioning", "ProvisioningWord", of_set=True),
        "provisioning.detail": _part("provisioning", "detail", of_set=True),
        "provisioning.time": _part("provisioning", "time", of_set=True),
        "osState": _word("os_state", "OsStateWord"),
        "agent": _word("agent", "AgentWord"),
        "agent.says": _part("agent", "says")._replace(words="SaysWord"),
        "agent.version": _part("agent", "version"),
        "agent.timeIs": _part("agent", "time_is"),
        "agent.time": _part("agent", "time"),
        "agent.age": _part("agent", "age")._replace(is_number=True),
        "newest": Path(_newest),
        **_counts("extensions", _extensions, _extensions_of_set, "other"),
        "handlersWithoutExtension": Path(_handlers, is_number=True),
        **_counts("disks", _disks),
        **{name: _word(member, words) for name, (member, words) in _RARE.items()},
        **_counts("machines", None, _machines),
        "total": Path(None, _total, is_number=True),
    }


_RARE = {
    "health": ("health", "HealthWord"),
    "maintenance": ("maintenance", "MaintenanceWord"),
    "colocation": ("colocation", "ColocationWord"),
    "hibernation": ("hibernation", "HibernationWord"),
    "migration": ("migration", "MigrationWord"),
    "patch": ("patch", "PatchWord"),
    "bootDiagnostics": ("boot_diagnostics", ""),
}


@cache
def _words(name: str) -> tuple[str, ...]:
    return words_of(tables_json())[name].all()


def camel(word: str) -> str:
    """Return a word as a name in a path.

    >>> camel("not reported"), camel("failed")
    ('notReported', 'failed')
    """
    first, *others = word.split()
    return first + "".join(each.capitalize() for each in others)


def _word(member: str, words: str, *, of_set: bool = False) -> Path:
    def read(state: Any) -> Found:  # noqa: ANN401 (a machine or a scale set)
        facet = getattr(state, member)
        return Found(facet.word, facet.pointer, facet)

    has_it = of_set or member in ScaleSetState._fields
    return Path(read, read if has_it else None, words)


def _part(member: str, part: str, *, of_set: bool = False) -> Path:
    def read(state: Any) -> Found:  # noqa: ANN401 (as above)
        facet = getattr(state, member)
        return Found(UNKNOWN if facet.word == UNKNOWN else getattr(facet, part), facet.pointer, facet)

    return Path(read, read if of_set else None)


def _counts(
    facet: str,
    read: Callable[[Any, str], Found] | None,
    read_set: Callable[[Any, str], Found] | None = None,
    *others: str,
) -> dict[str, Path]:
    """Return the paths of a facet that counts things: one for each word, and the `others`."""
    words = _words(_COUNTED[facet])
    every = [word for word in words if word != UNKNOWN or facet != "machines"]
    return {
        f"{facet}.{camel(word)}": Path(_bound(read, word), _bound(read_set, word), is_number=True)
        for word in (*every, *others)
    }


def _bound(read: Callable[[Any, str], Found] | None, word: str) -> Reader | None:
    """Return the reader of the number for a word."""
    if read is None:
        return None
    of_word = read  # a nested function does not know that it is not None
    return lambda state: of_word(state, word)


def _since(state: MachineState) -> Found:
    since = state.power.since
    return Found(since and since.time, since.pointer if since else state.power.pointer, state.power)


def _newest(state: MachineState) -> Found:
    newest = state.newest
    return Found(newest and newest.time, newest.pointer if newest else "", "" if newest else "no time")


def _extensions(state: MachineState, word: str) -> Found:
    return _unread(state, "extensions") or _number("extensions", state.extensions, word)


def _disks(state: MachineState, word: str) -> Found:
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


def _handlers(state: MachineState) -> Found:
    types = ", ".join(one_line(each.type or each.pointer) for each in state.handlers_without_extension)
    return Found(len(state.handlers_without_extension), "/vmAgent/extensionHandlers", types)


def _extensions_of_set(state: ScaleSetState, word: str) -> Found:
    unread = _unread(state, "extensions")
    if unread:
        return unread
    counts: Counter[str] = Counter()
    for each in state.extension_summaries:
        counts.update(dict(each.counts))
    counts["other"] = counts.total() - sum(counts[each] for each in _FIRST)
    return Found(counts[word], "/extensions", "")


def _machines(state: ScaleSetState, word: str) -> Found:
    number = UNKNOWN if state.total is None else state.machines.get(word, 0)
    return _unread(state, "virtualMachine") or Found(number, state.summary.pointer, state.summary)


def _total(state: ScaleSetState) -> Found:
    number = UNKNOWN if state.total is None else state.total
    return _unread(state, "virtualMachine") or Found(number, state.summary.pointer, state.summary)
