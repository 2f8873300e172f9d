"""The words of states for people: names of facets, the first line in parts, and how much a word matters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.checking.machine_state.path_values import UNKNOWN
from instanceview.checking.machine_state.paths import found, has, paths
from instanceview.model.document import place
from instanceview.model.pointer import pointer
from instanceview.model.text import beginning, one_line
from instanceview.places.compact import may_repeat_keys
from instanceview.reporting.states import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.checking.machine_state.counts import Counted
    from instanceview.checking.machine_state.paths import State
    from instanceview.model.document import Document
    from instanceview.places.spans import Path
    from instanceview.reporting.states import Layout, Shown

FACETS = tuple(dict.fromkeys([*(path.partition(".")[0] for path in paths()), "other", "orchestrationServices"]))
"""Every facet, as JSON names it."""

_BAD = frozenset({"failed", "unhealthy"})
_DOUBTFUL = frozenset(
    {
        "unknown",
        "not reporting",
        "no status",
        "transitioning",
        "creating",
        "updating",
        "deleting",
        "migrating",
        "NotReady",
        "handlerNotReady",
        "Unresponsive",
        "RetryLater",
        "MaintenanceAborted",
        "CompletedWithWarnings",
    }
)
_PASSING = frozenset({"starting", "stopping", "deallocating", "stopped", "deallocated", "generalized", "Hibernated"})


def severity(word: str) -> str:
    """Return the severity of a word, as findings have severities; empty where it does not matter.

    >>> severity("failed"), severity("not reporting"), severity("running")
    ('error', 'warning', '')
    """
    if word.casefold() in _BAD:
        return "error"
    return "warning" if word in _DOUBTFUL else "note" if word in _PASSING else ""


def label(facet: str) -> str:
    """Return the name of a facet in words.

    >>> label("osState"), label("handlersWithoutExtension"), label("power")
    ('OS state', 'handlers without extension', 'power')
    """
    words = re.sub("(?<=[a-z])([A-Z])", lambda match: f" {match[1].lower()}", facet)
    return words.replace("os state", "OS state")


def title(document: Document, state: State) -> tuple[str, str]:
    """Return the name of a machine or scale set and its mark, or its place and no mark where it has no name."""
    return (beginning(one_line(state.name)), MARK) if state.name else (place(document.origin), "")


def parts(state: State, facets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts in the line of a state with their severities: of these facets, or without any, of all."""
    if not facets:
        for facet, text in state.parts:
            yield text, _severity_of(state, facet)
        return
    for facet in facets:
        own = [each.text for each in state.parts if each.facet == facet]
        text = "; ".join(own) or short(state, facet) or f"{label(facet)} not reported"
        yield text, _severity_of(state, facet)


def notes(shown: Shown, layout: Layout) -> Iterator[str]:
    """Yield why a word of the line is unknown, then what most readers miss, for the facets that are shown."""
    state = shown.state
    yield from map(_repeated, _duplicates(shown.document))
    for facet in ("power", "provisioning", "agent", "machines", "result"):
        path = "total" if facet == "machines" else facet
        if facet == "result" and has(state, "power") and layout.shows("power"):
            continue  # the result is the power state
        if layout.shows(facet) and has(state, path) and found(state, path).value == UNKNOWN:
            yield f"{label(facet)} unknown: {found(state, path).reason}"
    yield from (note.text for note in state.notes if layout.shows(note.facet))


def _duplicates(document: Document) -> Iterable[Path]:
    """Return the paths of repeated keys, whose last value is read; nearly all documents have none."""
    if not (document.may_repeat_keys and document.source):
        return ()
    if document.data and not document.written_by and not may_repeat_keys(document.data, document.body):
        return ()
    return dict.fromkeys(each.path for each in document.source.duplicates())


def _repeated(path: Path) -> str:
    return f"{one_line(pointer(path))} is repeated; the last one is read"


def _severity_of(state: State, facet: str) -> str:
    if facet in paths():
        return severity(str(found(state, facet).value))
    there = [part for part in parts_of(facet) if has(state, f"{facet}.{part}")]
    counted = {part: found(state, f"{facet}.{part}").value for part in there}
    severities = [severity(part) for part, number in counted.items() if number]
    return next((each for each in ("error", "warning", "note") if each in severities), "")


def parts_of(facet: str) -> tuple[str, ...]:
    """Return the words that a facet counts, as names in a path."""
    return tuple(path.partition(".")[2] for path in paths() if path.startswith(f"{facet}."))


def short(state: State, facet: str) -> str:
    """Return a facet in a few words, empty where the kind of the state does not have it.

    A facet that counts things lists the numbers that are not 0.
    """
    if facet == "other":
        return f"other: {', '.join(one_line(each.code or 'no code') for each in state.other) or 'none'}"
    if facet == "orchestrationServices":
        services = getattr(state, "services", ())
        return "; ".join(f"{one_line(each.name or 'a service')}: {one_line(each.word)}" for each in services)
    if facet in paths():
        detail = found(state, f"{facet}.detail").value if f"{facet}.detail" in paths() else None
        more = f" ({_text(detail)})" if detail else ""
        return f"{label(facet)} {_text(found(state, facet).value)}{more}" if has(state, facet) else ""
    there = [part for part in parts_of(facet) if has(state, f"{facet}.{part}")]
    counts = [(found(state, f"{facet}.{part}").value, part) for part in there]
    if not counts:
        return f"{label(facet)} {_text(getattr(state, facet).word)}" if hasattr(state, facet) else ""
    if isinstance(counts[0][0], str):
        return f"{label(facet)} {counts[0][0]}"
    # `other` counts machines that another word counts too.
    listed = ", ".join(f"{number} {label(part)}" for number, part in counts if number and part != "other")
    return f"{label(facet)}: {listed or 'none'}"


def _text(value: object) -> str:
    return "none" if value is None else one_line(str(value))


def number_by_word(summary: Counted) -> str:
    """Return the numbers of a summary in words, `unknown` without any."""
    return ", ".join(f"{number} {one_line(state)}" for state, number in summary.counts) or summary.word
