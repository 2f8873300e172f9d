"""The values of a state by path, such as `provisioning.detail` and `extensions.failed`: what can be expected of it.

A path begins with a facet, as JSON names it. Each path can be asked of a machine, of a scale set
and of what is neither. What one of them does not have is `not reported`, with the reason.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state.path_values import (
    UNKNOWN,
    Found,
    disks,
    extensions,
    extensions_of_set,
    fact_of,
    handlers,
    handlers_not_ready,
    is_billed,
    machines,
    newest,
    part_of,
    since,
    total,
    word_of,
)
from instanceview.checking.machine_state.values import MachineState, ScaleSetState
from instanceview.tables.catalog import tables_json
from instanceview.tables.states import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.checking.machine_state.path_values import Reader
    from instanceview.checking.machine_state.resource import ResourceState

    State = MachineState | ScaleSetState | ResourceState

NOT_REPORTED = "not reported"
_ONE_MACHINE = "this is the view of one machine; that of a scale set counts machines"
_COUNTED = {"disks": "EncryptionWord", "extensions": "ExtensionWord", "machines": "ProvisioningWord"}


class Path(NamedTuple):
    """A path: how to read it from a machine, from a scale set and from what is neither, and the name of its words.

    `read`, `read_set` and `read_resource` are None where there is nothing to read. `words` is a type of
    `instanceview.literals`, empty for a text; `choices` are the words of a path that has no such type. `is_number` is
    True for a number.
    """

    read: Reader | None
    read_set: Reader | None = None
    words: str = ""
    is_number: bool = False
    choices: tuple[str, ...] = ()
    read_resource: Reader | None = None

    def known_words(self) -> tuple[str, ...]:
        """Return the words that the vocabulary has here, none where any text is right."""
        return _words(self.words) if self.words else self.choices


def found(state: State, path: str) -> Found:
    """Return the value of a state at a path of `paths()`."""
    about = paths()[path]
    if isinstance(state, MachineState):
        return about.read(state) if about.read else Found(NOT_REPORTED, "", _ONE_MACHINE)
    if not isinstance(state, ScaleSetState):
        return about.read_resource(state) if about.read_resource else Found(NOT_REPORTED, "", state.provisioning)
    return about.read_set(state) if about.read_set else Found(NOT_REPORTED, "", state.power)


def has(state: State, path: str) -> bool:
    """Return True if the kind of a state has something at a path."""
    about = paths()[path]
    if isinstance(state, MachineState):
        return bool(about.read)
    if isinstance(state, ScaleSetState):
        return bool(about.read_set)
    return state.has_power if path == "power" else bool(about.read_resource)


@cache
def paths() -> dict[str, Path]:
    """Return every path by its name, those of one facet together.

    >>> [name for name in paths() if name.startswith("provisioning")]
    ['provisioning', 'provisioning.detail', 'provisioning.time']
    """
    return {
        "power": _word("power", "PowerWord")._replace(read_resource=word_of("power")),
        "power.since": Path(since),
        "power.isBilled": Path(is_billed, choices=("true", "false")),
        "provisioning": _word("provisioning", "ProvisioningWord"),
        "provisioning.detail": _part("provisioning", "detail", of_set=True),
        "provisioning.time": _part("provisioning", "time", of_set=True),
        "osState": _word("os_state", "OsStateWord"),
        "agent": _word("agent", "AgentWord"),
        "agent.says": _part("agent", "says")._replace(words="SaysWord"),
        "agent.version": _part("agent", "version"),
        "agent.timeIs": _part("agent", "time_is"),
        "agent.time": _part("agent", "time"),
        "agent.age": _part("agent", "age")._replace(is_number=True),
        "newest": Path(newest),
        **_counts("extensions", extensions, extensions_of_set, "other"),
        "extensions.handlerNotReady": Path(handlers_not_ready, is_number=True),
        "handlersWithoutExtension": Path(handlers, is_number=True),
        **_counts("disks", disks),
        **{name: _word(member, words) for name, (member, words) in _RARE.items()},
        **_counts("machines", None, machines),
        "total": Path(None, total, is_number=True),
        "result": Path(None, read_resource=word_of("result")),
        "result.detail": Path(None, read_resource=part_of("result", "detail")),
        "result.time": Path(None, read_resource=part_of("result", "time")),
        "result.exitCode": Path(None, read_resource=fact_of("exitCode")),
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


def _word(member: str, words: str) -> Path:
    read = word_of(member)
    return Path(read, read if member in ScaleSetState._fields else None, words)


def _part(member: str, part: str, *, of_set: bool = False) -> Path:
    read = part_of(member, part)
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
