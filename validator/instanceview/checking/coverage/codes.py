"""The status codes of a tree as counts, which merge: by entry of the vocabulary, and those that it does not have."""

from __future__ import annotations

from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from instanceview.checking.coverage.folding import names_of
from instanceview.checking.coverage.shapes import STATUS, Place, Shape
from instanceview.model.counts import CodeCount, CodeKey
from instanceview.model.coverage import MOST_OTHERS, first_keys, merge_into
from instanceview.tables.known_codes import COMPONENT, NUMBER, vocabulary
from instanceview.tables.vocabulary import BARE, categories_by_element, parsed, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.checking.coverage.trees import Tree
    from instanceview.model.document import Origin
    from instanceview.tables.known_codes import KnownCode


def codes_of(tree: Tree, kind: str, api_version: str) -> tuple[dict[CodeKey, CodeCount], dict[CodeKey, CodeCount]]:
    """Return the counts of the codes that the vocabulary has at their place, and of the others.

    Of very many others, the first by name are kept, more than a coverage keeps.
    """
    known: dict[CodeKey, CodeCount] = {}
    others: dict[CodeKey, CodeCount] = {}
    for here in sorted(_places(tree), key=itemgetter(0)):  # the first documents are named
        path, members, found = _counted(here)
        entry = entry_of(kind, path, members["code"])
        count = found
        if entry and found.times:
            facts = _broken(_known()[kind, path, entry], members, is_timed=found.timed > 0)
            count = found._replace(breaking=dict.fromkeys(facts, found.origins[0]))
        merge_into(known if entry else others, {CodeKey(kind, api_version, path, entry or members["code"]): count})
        if len(others) > 4 * MOST_OTHERS:
            # More than the caller keeps, who notes that there were more.
            others = first_keys(others, 2 * MOST_OTHERS + 1)
    return known, others


_Here = tuple[int, str, Shape, Any, Place, bool]
"""The number of a document, the path of a status, its shape, its code, the place, and if that is the first of it."""


def _places(tree: Tree) -> Iterator[_Here]:
    """Yield each code with its first place, then with its further places."""
    for row in tree.rows:
        for shape in row.shapes.values():
            if "code" in shape.counted:
                for code, places in shape.places.items():
                    for place in places:
                        yield place.number, row.element.path, shape, code, place, place is places[0]


def _counted(here: _Here) -> tuple[str, dict[str, str], CodeCount]:
    """Return the path of a status, the members that are counted together, and the count, at the first place in full."""
    _, path, shape, code, place, is_first = here
    members = names_of(shape, code)
    if is_first:
        return path, members, _count(shape, members, shape.number(code), place.origin)
    return path, members, CodeCount(origins=(place.origin,))


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

    A number after a state belongs to the state, and another word after it is a code of its own.

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
