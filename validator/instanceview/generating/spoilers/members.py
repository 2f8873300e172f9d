"""Faults of a member's name: misspelt, undocumented, of another api-version, missing, or repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.generating.spoilers.place import Again, Fault
from instanceview.model.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.spoilers.place import Place
    from instanceview.tables.elements import Member

_SAMPLES: dict[str, object] = {
    "object": {},
    "array": [],
    "string": "text",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "any": 1,
}
_SHORTEST = 3  # letters: half of `id` does not resemble any name


def misspelt_element(place: Place) -> Iterator[Fault]:
    """Yield names without one letter, in capitals, with a first capital, or with two letters swapped."""
    children = place.element.children
    for old in [name for name in place.members if len(name) > _SHORTEST]:
        middle = len(old) // 2
        swapped = old[: middle - 1] + old[middle] + old[middle - 1] + old[middle + 1 :]
        for new in (old[:middle] + old[middle + 1 :], old.upper(), old[0].upper() + old[1:], swapped):
            if new not in children and nearest(new, place.element.names_at(place.api_version)) == (old,):
                value = {new if name == old else name: item for name, item in place.members.items()}
                yield Fault((*place.path, new), place.path, value)


def missing_element(place: Place) -> Iterator[Fault]:
    """Yield objects that lack a required member; the finding points at the object."""
    for name, child in place.element.children.items():
        if child.member.required and name in place.members:
            yield Fault(place.path, place.path, {other: each for other, each in place.members.items() if other != name})


def status_without_code(place: Place) -> Iterator[Fault]:
    """Yield statuses that lack their code; the finding points at the status."""
    code = place.element.children.get("code")
    if code and code.member.format in {"status-code", "bare-code"} and "code" in place.members:
        yield Fault(place.path, place.path, {name: each for name, each in place.members.items() if name != "code"})


def duplicate_key(place: Place) -> Iterator[Fault]:
    """Yield objects with a member that is written twice, with the same value."""
    for name, value in place.members.items():
        yield Fault((*place.path, name), place.path, {**place.members, Again(name): value})


def later_element(place: Place) -> Iterator[Fault]:
    """Yield members of later api-versions, including those that captures have earlier."""
    for name, child in place.element.children.items():
        if place.members and child.since > place.api_version and name not in place.members:
            yield place.with_member(name, _sample(child.member))


def removed_element(place: Place) -> Iterator[Fault]:
    """Yield members of earlier api-versions."""
    for name, child in place.element.children.items():
        if place.members and child.until < place.api_version:
            yield place.with_member(name, _sample(child.member))


def page_only_element(place: Place) -> Iterator[Fault]:
    """Yield members that only the page has, at its api-version."""
    yield from _of_one_side(place, of_page=True)


def service_only_element(place: Place) -> Iterator[Fault]:
    """Yield members that the page lacks, at its api-version."""
    yield from _of_one_side(place, of_page=False)


def _of_one_side(place: Place, *, of_page: bool) -> Iterator[Fault]:
    for name in place.element.names_at(place.api_version) if place.members else ():
        member = place.element.children[name].member
        # A documented member that a conforming object may not hold is a note, and only at the api-version of the page.
        if name not in place.members and not place.may_hold(name) and ("page" in member.basis) == of_page:
            yield place.with_member(name, _sample(member))


def _sample(member: Member) -> object:
    return "2024-07-01T12:00:00Z" if member.format == "date-time" else _SAMPLES[member.type]


def undocumented_element(place: Place) -> Iterator[Fault]:
    """Yield members that no api-version documents and that resemble none."""
    names = tuple(place.element.children)
    for name in ("internalData", "x-note", "zone") if place.members else ():
        if name not in names and not nearest(name, names):
            yield place.with_member(name, {})
