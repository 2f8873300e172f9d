"""One document beside those of machines -> its state, by what the value of its kind declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.machine_state.members import Object, Reading
from instanceview.checking.machine_state.resource import STREAMS, Part, ResourceState
from instanceview.checking.machine_state.resource_facts import Fact, facts_of, numbers_of
from instanceview.checking.machine_state.results import of_components, result_of
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.checking.machine_state.facets import Facet
    from instanceview.checking.machine_state.source import Source
    from instanceview.literals import KindName


def resource_state(body: Object, source: Source) -> ResourceState:
    """Return the state of a document of a kind that is not a machine's."""
    said = KIND_VALUES[source.kind].said
    reading = Reading(body, [], [])
    facts = list(facts_of(reading, source.kind))
    result, other, items = result_of(reading, body, source.kind, "")
    if said.items:
        items = [_item(reading, source.kind, item, at) for item, at in _objects(reading, said.items)]
        result = of_components(items, f"/{said.items}", 0)
    facts += [*numbers_of(reading, source.kind), *_streams(result, items)]
    return ResourceState(
        result, tuple(facts), tuple(items), tuple(other), ignored=tuple(reading.ignored), **source._asdict()
    )


def _objects(reading: Reading, name: str) -> Iterator[tuple[Object, str]]:
    for index, item in reading.objects_at(reading.body, name, ""):
        yield item, f"/{name}/{index}"


def _item(reading: Reading, kind: KindName, item: Object, pointer: str) -> Part:
    result, _, _ = result_of(reading, item, kind, pointer)
    return Part(reading.text_at(item, "name", pointer), result.word, result.pointer, result.why, result.message)


def _streams(result: Facet[str], items: Sequence[Part]) -> Iterator[Fact]:
    """Yield the outputs of a script: of the components StdOut and StdErr, or the two parts of one message."""
    named = {(each.name or "").lower(): each for each in items}
    for stream in STREAMS:
        if stream in named:
            yield Fact(stream, named[stream].message or "", named[stream].pointer.removesuffix("code") + "message")
    _, mark, rest = (result.message or "").partition("[stdout]\n")
    if mark and not any(stream in named for stream in STREAMS):
        output, _, error = rest.partition("\n[stderr]")
        pointer = result.pointer.removesuffix("code") + "message"
        yield from (Fact(name, text.strip("\n"), pointer) for name, text in zip(STREAMS, (output, error), strict=True))
