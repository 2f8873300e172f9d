"""The status codes of a tree as counts, which merge: by entry of the vocabulary, and those that it does not have."""

from __future__ import annotations

from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from instanceview.checking.coverage.folding import with_names
from instanceview.checking.coverage.shapes import STATUS
from instanceview.model.counts import CodeCount, CodeKey
from instanceview.model.coverage import merge_into
from instanceview.tables.known_codes import COMPONENT, NUMBER, vocabulary
from instanceview.tables.vocabulary import BARE, categories_by_element, parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.checking.coverage.shapes import Shape
    from instanceview.checking.coverage.trees import Tree
    from instanceview.model.document import Origin
    from instanceview.tables.known_codes import KnownCode


def codes_of(tree: Tree, kind: str, api_version: str) -> tuple[dict[CodeKey, CodeCount], dict[CodeKey, CodeCount]]:
    """Return the counts of the codes that the vocabulary has at their place, and of the others."""
    known: dict[CodeKey, CodeCount] = {}
    others: dict[CodeKey, CodeCount] = {}
    for _, path, members, found in sorted(_counts(tree), key=itemgetter(0)):  # the first documents are named
        entry = entry_of(kind, path, members["code"])
        count = found
        if entry and found.times:
            facts = _broken(_known()[kind, path, entry], members, is_timed=found.timed > 0)
            count = found._replace(breaking=dict.fromkeys(facts, found.origins[0]))
        merge_into(known if entry else others, {CodeKey(kind, api_version, path, entry or members["code"]): count})
    return known, others


def _counts(tree: Tree) -> Iterator[tuple[int, str, dict[str, str], CodeCount]]:
    """Yield the count of each code with its texts, then its further places.

    Each has the number of its document, the path of the status, and the members that are counted together.
    """
    shapes = ((row, shape) for row in tree.rows for shape in row.shapes.values() if "code" in shape.counted)
    for row, shape in shapes:
        for members, number, places in with_names(shape):
            yield places[0].number, row.element.path, members, _count(shape, members, number, places[0].origin)
            for place in places[1:]:
                yield place.number, row.element.path, members, CodeCount(origins=(place.origin,))


def _count(shape: Shape, members: dict[str, str], number: int, first: Origin) -> CodeCount:
    _, level, text = (members.get(name) for name in STATUS)
    return CodeCount(
        number,
        0 if shape.zones is None else number,
        {} if level is None else {level: number},
        {} if text is None else {text: number},
        (first,),
    )


def _broken(known: KnownCode, members: Mapping[str, str], *, is_timed: bool) -> Iterator[str]:
    """Yield the members of a status about which the vocabulary has a fact that the status breaks."""
    if known.time in {"always", "never"} and is_timed != (known.time == "always"):
        yield "time"
    if known.level and members.get("level") != known.level:
        yield "level"
    if known.display_texts:
        text = members.get("displayStatus", "").lower()
        if all(text != each.lower() for each in known.display_texts):
            yield "displayStatus"


@cache
def _known() -> dict[tuple[str, str, str], KnownCode]:
    return {(kind, each.place, each.code): each for each in vocabulary() for kind in each.kinds}


@lru_cache(maxsize=1 << 12)  # codes repeat
def entry_of(kind: str, place: str, text: str) -> str:
    """Return the entry of the vocabulary for a code at a place, as `vocabulary` spells it; empty without one.

    A number behind a state belongs to the state, and another word behind it is a code of its own.

    >>> entry_of("vm", "statuses", "powerstate/running"), entry_of("vm", "statuses", "PowerState/flying")
    ('PowerState/running', '')
    >>> entry_of("vm", "extensions.substatuses", "ComponentStatus/StdOut/succeeded")
    'ComponentStatus/<component>/succeeded'
    """
    places = categories_by_element(kind).get(place) or {}
    code = parsed(text)
    if code is None:
        bare = places[BARE.lower()].states.get(text.lower()) if BARE.lower() in places else None
        return bare.name if bare else ""
    state = state_of(places, code)
    if state is None:
        return ""
    detail = state.details.get((code.detail or "").lower())
    is_number = (code.detail or "").lstrip("-").isdecimal()
    if code.detail and not (detail or is_number):
        return ""
    component = COMPONENT if code.component else None
    number = NUMBER if is_number and state.numbered else None
    parts = (places[code.category.lower()].name, component, state.name, detail.name if detail else number)
    return "/".join(part for part in parts if part)
