"""A row of an element table in words, for reports and for `instanceview tables`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.tables.catalog import UNVERSIONED, tables_json, versions_of
from instanceview.tables.descent import line_of
from instanceview.tables.elements import NEWEST, OLDEST
from instanceview.tables.kinds import any_of
from instanceview.tables.vocabulary import categories_by_element

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.tables.elements import Element, Member
    from instanceview.tables.vocabulary import State

SEPARATOR = " · "
"""The text between two cells of a row on one line."""

_BASES = ("page", "service", "observed")


class Evidence(NamedTuple):
    """The evidence for an element at its place: the bases, and the number of captures that hold it."""

    basis: tuple[str, ...]
    captures: int


def table_row(kind: str, path: str) -> str:
    """Return an element's row of the element table on one line; for an undocumented element, the row of its holder.

    >>> print(table_row("vmss", "statuses.level"))
    statuses.level · string · Info, Warning, Error · since 2015-06-15 · service, observed in 96 captures
    >>> print(table_row("vm", "patchStatus.noSuchMember"))
    patchStatus · object · since 2020-06-01 · service
    """
    return row_text(kind, line_of(kind, path)[-1])


def row_text(kind: str, element: Element, api_version: str = NEWEST) -> str:
    """Return an element's row on one line, as it is at an api-version; by default, over all of them."""
    member = element.member
    cells = [element.path or f"{kind} document", type_text(member, api_version), values_text(member, api_version)]
    cells += ["required" if member.required else "", span_text(element), evidence_text(kind, element.path)]
    return SEPARATOR.join(cell for cell in cells if cell)


def about_text(kind: str, element: Element) -> str:
    """Return the description of an element, and for a status what is known of its place.

    That is for a code the one that most captures hold, and for a time the moment that it means.

    >>> from instanceview.tables.descent import line_of
    >>> about_text("vm", line_of("vm", "vmHealth.status.code")[-1]).rpartition("; ")[2]
    'for example `HealthState/healthy`.'
    >>> about_text("vm", line_of("vm", "statuses.time")[-1]).rpartition(". ")[2]
    'Here it is the end of the last operation.'
    """
    place, _, name = element.path.rpartition(".")
    about, here = element.member.about, categories_by_element(kind).get(place) or {}
    states = [(each.name, state) for each in here.values() for state in each.states.values()]
    if name == "code" and states and "`" not in about:
        category, usual = max(states, key=lambda named: named[1].captures)
        return f"{about.removesuffix('.')}; for example `{category}/{usual.name}`."
    moments = _moments(state for _, state in states) if name == "time" else ""
    return f"{about} Here it is {moments}." if moments else about


def _moments(states: Iterable[State]) -> str:
    """Return the moments that the times of some states mean, each with its states where they differ."""
    named: dict[str, list[str]] = {}
    for state in states:
        if state.time_of:
            named.setdefault(state.time_of, []).append(state.name)
    several = len(named) > 1
    return " or ".join(f"{moment} ({any_of(names)})" if several else moment for moment, names in named.items())


def type_text(member: Member, api_version: str = NEWEST) -> str:
    """Return a member's JSON type with its format, and whether the page has its numbers as text.

    >>> from instanceview.tables.elements import tree
    >>> type_text(tree("vm").children["disks"].member)
    'array'
    >>> type_text(tree("vmss-vm").children["platformFaultDomain"].member)
    'integer (int32; also decimal text in 2016-04-30-preview)'
    """
    shown = member.text_at and api_version in {member.text_at, NEWEST}
    text_at = f"also decimal text in {member.text_at}" if shown else ""
    notes = "; ".join(note for note in (member.format, text_at) if note)
    also = " or object" if member.type == "string" and member.table else ""
    return f"{member.type}{also} ({notes})" if notes else f"{member.type}{also}"


def values_text(member: Member, api_version: str = NEWEST) -> str:
    """Return a member's values up to an api-version, each later one with its own; an open list says so.

    >>> from instanceview.tables.elements import tree
    >>> values_text(tree("vmss").children["orchestrationServices"].children["serviceName"].member)
    'AutomaticRepairs, AutomaticZoneRebalancing (since 2025-04-01) or others'
    """
    values = (member.values or {}).items()
    shown = [f"{value} (since {since})" if since else value for value, since in values if since <= api_version]
    return ", ".join(shown) + ("" if member.closed or not shown else " or others")


def span_text(element: Element) -> str:
    """Return the api-versions that document an element, and from when captures show it earlier.

    >>> from instanceview.tables.elements import tree
    >>> span_text(tree("vmss-vm").children["osName"]), span_text(tree("vmss-vm").children["windowsConfiguration"])
    ('since 2022-11-01 (observed since 2017-12-01)', 'only in 2016-04-30-preview')
    """
    if element.since in {OLDEST, UNVERSIONED}:
        return ""
    if element.since == element.until:
        return f"only in {element.since}"
    until = f" until {element.until}" if element.until != NEWEST else ""
    early = element.member.observed_since
    return f"since {element.since}{until}" + (f" (observed since {early})" if early else "")


def captures_of(kind: str, path: str) -> int:
    """Return the number of captured documents of a kind that hold an element.

    >>> captures_of("vmss-vm", "placementGroupId")
    246
    """
    captures: int = tables_json()["captures"].get(kind, {}).get(path, 0)
    return captures


def evidence(kind: str, path: str) -> Evidence:
    """Return the evidence for an element at its place.

    One table serves several places, so the basis of a row may be that of another place. A place has a basis only if
    its holders have it too, and `observed` only if captures hold the element there, or if public queries read it.
    """
    line = line_of(kind, path)[1:]
    captures = captures_of(kind, path)
    shared = (name for name in _BASES if line and all(name in element.member.basis for element in line))
    is_counted = captures or versions_of(kind) == (UNVERSIONED,)
    return Evidence(tuple(name for name in shared if name != "observed" or is_counted), captures)


def evidence_text(kind: str, path: str) -> str:
    """Return the basis of an element at its place, with the number of captures.

    >>> evidence_text("vmss-vm", "rdpThumbPrint"), evidence_text("vm", "patchStatus.configurationStatuses.code")
    ('service, observed in 2 captures', 'service')
    """
    basis, captures = evidence(kind, path)
    observed = f"observed in {captures_text(captures)}" if captures else "observed"
    return ", ".join(observed if name == "observed" else name for name in basis)


def captures_text(captures: int) -> str:
    """Return a number of captures in words.

    >>> captures_text(1), captures_text(2863)
    ('1 capture', '2,863 captures')
    """
    return f"{captures:,} capture" + ("" if captures == 1 else "s")
