"""One document beside those of machines -> its state: the result, by the rules that the value of its kind declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state.codes import PROVISIONING, count_of, found, parts, spelt
from instanceview.checking.machine_state.facets import Facet
from instanceview.checking.machine_state.lines import Saying
from instanceview.checking.machine_state.members import Object, Reading
from instanceview.checking.machine_state.notes import other_notes
from instanceview.checking.machine_state.patches import status_of
from instanceview.checking.machine_state.reasons import explain
from instanceview.model.text import one_line, quote
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from instanceview.checking.machine_state.facets import Status
    from instanceview.checking.machine_state.reasons import Why
    from instanceview.checking.machine_state.source import Source
    from instanceview.literals import KindName
    from instanceview.model.document import Origin
    from instanceview.tables.kind import Said

_WORDS = "ExtensionWord"
_COMPONENT = "componentstatus"
_FAILED = "failed"
_ONE_WORD = {"success": "succeeded", "error": _FAILED, "0": "succeeded"}
"""The words of codes without a category, as agents of Azure Arc write them."""
_ROOM = "room for"
_STREAMS = ("stdout", "stderr")
_MOST_OF_TEXT = 200  # characters of what a script wrote, in a line for people


class Fact(NamedTuple):
    """Something that a document says beside its result: a name, the value as it is, and its pointer."""

    name: str
    value: str | float | bool
    pointer: str


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
        return self.result if KIND_VALUES[self.kind].said.category == "PowerState" else self._of_machines()

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

    def _of_machines(self) -> Facet[str]:
        return Facet("not reported", "", ("not a machine", KIND_VALUES[self.kind].holder))

    @property
    def parts(self) -> tuple[Saying, ...]:
        """The texts of the line with the facet of each."""
        kind = KIND_VALUES[self.kind]
        detail = f" ({one_line(self.result.detail)})" if self.result.detail else ""
        shown = [fact for fact in self.facts if fact.name in {*kind.said.shown, _ROOM}]
        counted = [each for each in self.items if (each.name or "").lower() not in _STREAMS]
        return (
            Saying("result", f"{kind.subject} {one_line(self.result.word)}{detail}"),
            *(Saying("result", f"{words_of(fact.name)} {one_line(str(fact.value))}") for fact in shown),
            *([Saying("result", _counted(kind.said, counted))] if counted else ()),
            *(Saying("result", one_line(each.display_status or each.code or "no code")) for each in self.other),
        )

    @property
    def notes(self) -> tuple[Saying, ...]:
        """What a reader wants to see at once: the message of a failure, and what a script wrote."""
        message = self.result.message if self.result.word == _FAILED else None
        texts = {fact.name: str(fact.value) for fact in self.facts if fact.name in {*_STREAMS, "output", "error"}}
        failed = [each for each in self.items if each.word == _FAILED]
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


def resource_state(body: Object, source: Source) -> ResourceState:
    """Return the state of a document of a kind that is not a machine's."""
    said = KIND_VALUES[source.kind].said
    reading = Reading(body, [], [])
    facts = list(_facts(reading, said))
    result, other, items = _result(reading, body, said, "")
    if said.items:
        items = [_item(reading, said, item, at) for item, at in _objects(reading, said.items)]
        result = _of_components(items, f"/{said.items}", 0)
    facts += [*_room(body), *_streams(result, items)]
    return ResourceState(
        result, tuple(facts), tuple(items), tuple(other), ignored=tuple(reading.ignored), **source._asdict()
    )


def _facts(reading: Reading, said: Said) -> Iterator[Fact]:
    """Yield the values at the paths that the kind declares, those that are there."""
    for path in said.facts:
        holder: Any = reading.body
        *above, name = path.split(".")
        for step in above:
            holder = holder.get(step) if isinstance(holder, dict) else None
        value = holder.get(name) if isinstance(holder, dict) else None
        if isinstance(value, (str, int, float)):
            yield Fact(path, value, f"/{path.replace('.', '/')}")


def _room(body: Object) -> list[Fact]:
    """Return how many VMs of each size fit on a dedicated host, as one fact; none for what is not a host."""
    capacity = body.get("availableCapacity")
    sizes = capacity.get("allocatableVMs") if isinstance(capacity, dict) else None
    if not isinstance(sizes, list):
        return []
    room = [
        f"{each.get('count')} {each.get('vmSize')}" for each in sizes if isinstance(each, dict) and each.get("count")
    ]
    return [Fact(_ROOM, ", ".join(room) or "no VM", "/availableCapacity/allocatableVMs")]


def _objects(reading: Reading, name: str) -> Iterator[tuple[Object, str]]:
    for index, item in reading.objects_at(reading.body, name, ""):
        yield item, f"/{name}/{index}"


def _item(reading: Reading, said: Said, item: Object, pointer: str) -> Part:
    result, _, _ = _result(reading, item, said, pointer)
    return Part(reading.text_at(item, "name", pointer), result.word, result.pointer, result.why, result.message)


_Read = tuple["Facet[str]", "list[Status]", "list[Part]"]


def _result(reading: Reading, holder: Object, said: Said, pointer: str) -> _Read:
    """Return the result of an object, its statuses of other categories, and its components."""
    name = said.result
    if name == "value" and name not in holder:  # the answer of an operation of 2017 is a document by itself
        holder = reading.object_at(holder, "properties", pointer) or {}
        name, pointer = "output", f"{pointer}/properties"
    value = holder.get(name)
    at = f"{pointer}/{name}"
    if isinstance(value, str):
        return _of_word(value, said.result, at, holder), [], []
    if isinstance(value, dict):
        return _of_status(reading, value, at), [], []
    components = [*_components(reading, holder.get("substatuses"), f"{pointer}/substatuses")]
    statuses = reading.list_at(holder, name, pointer)
    if not statuses:
        why: Why = (
            ("no statuses",) if statuses is not None or not said.is_word else ("member is not there", said.result)
        )
        return Facet("unknown", at if statuses is not None else pointer, why), [], components
    codes = reading.codes_of(statuses, at)
    components = [*_components(reading, statuses, at), *components]
    others = [
        status_of(reading, status, f"{at}/{index}")
        for index, status in enumerate(statuses)
        if isinstance(status, dict) and parts(codes[index]).category not in {said.category.lower(), _COMPONENT}
    ]
    what = found(codes, said.category, _WORDS, at)
    if what is None:
        return _of_components(components, at, count_of(codes), said.category), others, components
    status: Any = statuses[what.at]
    time, message = status.get("time"), reading.message_of(status, at, what.at)
    facet: Facet[str] = Facet(
        what.word, what.pointer, what.why, what.detail, time if isinstance(time, str) else None, message
    )
    return facet, others, components


def _of_word(word: str, name: str, pointer: str, holder: Mapping[str, object]) -> Facet[str]:
    """Return the result that a member says in one word; its message is beside it."""
    message = holder.get("executionMessage")
    spelled = "".join(f" {each.lower()}" if each.isupper() else each for each in word).strip()
    return Facet(spelled, pointer, ("member", name, word), None, None, message if isinstance(message, str) else None)


def _of_status(reading: Reading, status: Object, pointer: str) -> Facet[str]:
    """Return the result of a single status, whose code may be one word."""
    code = reading.text_at(status, "code", pointer)
    time, message = reading.take_time(status, pointer), reading.text_at(status, "message", pointer)
    if not code:
        return Facet("unknown", pointer, ("member is not there", "code"), None, time, message)
    known = parts(code)
    word = known.state if known.category else _ONE_WORD.get(code.lower(), code)
    return Facet(str(spelt(_WORDS, word)), f"{pointer}/code", ("code", code), known.detail, time, message)


def _components(reading: Reading, statuses: object, pointer: str) -> Iterator[Part]:
    """Yield each component among statuses, with its word."""
    for index, status in enumerate(statuses if isinstance(statuses, list) else ()):
        code = status.get("code") if isinstance(status, dict) else None
        segments = code.split("/") if isinstance(code, str) else []
        if segments[2:] and segments[0].lower() == _COMPONENT:
            at = f"{pointer}/{index}"
            word = str(spelt(_WORDS, segments[2]))
            yield Part(segments[1], word, f"{at}/code", ("code", str(code)), reading.text_at(status, "message", at))


def _of_components(components: Sequence[Part], pointer: str, number: int, category: str = PROVISIONING) -> Facet[str]:
    """Return the result where only components say one: failed if one of them has, else what the first says."""
    if not components:
        return Facet("unknown", pointer, ("none", category, number))
    first = next((each for each in components if each.word == _FAILED), components[0])
    return Facet(first.word, first.pointer, first.why)


def _streams(result: Facet[str], items: Sequence[Part]) -> Iterator[Fact]:
    """Yield the outputs of a script: of the components StdOut and StdErr, or the two parts of one message."""
    named = {(each.name or "").lower(): each for each in items}
    for stream in _STREAMS:
        if stream in named:
            yield Fact(stream, named[stream].message or "", named[stream].pointer.removesuffix("code") + "message")
    _, mark, rest = (result.message or "").partition("[stdout]\n")
    if mark and not any(stream in named for stream in _STREAMS):
        output, _, error = rest.partition("\n[stderr]")
        pointer = result.pointer.removesuffix("code") + "message"
        yield from (Fact(name, text.strip("\n"), pointer) for name, text in zip(_STREAMS, (output, error), strict=True))
