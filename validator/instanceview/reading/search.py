"""Search a JSON value for instance views, and for the strings, buffers and chunks that may hold some."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.names import fold
from instanceview.reading.family import kind_of_family, kind_of_resource, places_of_kinds
from instanceview.reading.found import Elsewhere, Failed, Held, Hit
from instanceview.reading.inner_texts import text_in_list, text_in_string, text_of_buffer
from instanceview.reading.marks import may_hold_view
from instanceview.reading.recognise import KINDS_NAMED, Verdict, recognise
from instanceview.reading.requests import Around, Holder, said_by
from instanceview.reading.structures import may_be_view
from instanceview.tables.family import FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.limits import Limits
    from instanceview.places.spans import Path
    from instanceview.reading.found import Item
    from instanceview.reading.inner_texts import Inner

_VIEW = "instanceview"
_FILE_NAMES = frozenset({"_file", "_sha1", "bodyFileName"})  # of HAR and traces by Playwright, and of WireMock
HOLDERS = 3
"""Objects around a view that may say what it is of: a disk's statuses lie two below an encryption's result."""
_LONGEST_NAME = len("instance-view")


class _Found(NamedTuple):
    """What was found and not yet yielded, in order; and why something is not one of ours."""

    items: list[Item]
    reasons: list[str]
    limits: Limits


def search(value: object, around: Around | None, limits: Limits, reasons: list[str]) -> Iterator[Item]:
    """Yield the views and texts in a value that is not an instance view itself; add why something is not one of ours.

    >>> from instanceview.model.limits import DEFAULTS
    >>> [item.path for item in search({"vm": {"statuses": [{"code": "PowerState/running"}]}}, None, DEFAULTS, [])]
    [('vm',)]
    """
    yield from _by_items(value, (), around, _Found([], reasons, limits))


def _by_items(value: object, path: Path, around: Around | None, found: _Found) -> Iterator[Item]:
    """Yield what is in a value, item by item of the lists in it: that of a list of machines takes 12 times its text."""
    if isinstance(value, list) and not text_in_list(value, found.limits):
        for index, item in enumerate(value):
            if isinstance(item, (dict, list, str)):
                _search(item, (*path, index), around, found)
                yield from _taken(found)
    elif isinstance(value, dict) and not path and not text_of_buffer(value, found.limits):
        here = Around(Holder(value), around)
        for name, item in value.items():
            if isinstance(item, list):
                yield from _by_items(item, (name,), _in_member(here, name), found)
            else:
                _search_members(value, [(name, item)], (), here, found)
                yield from _taken(found)
    else:
        _search(value, path, around, found)
        yield from _taken(found)


def _taken(found: _Found) -> Iterator[Item]:
    yield from found.items
    found.items.clear()


def view_at(value: object, path: Path, around: Around | None) -> Hit | None:
    """Return the instance view that a value is: by itself, or because the request around it asks for one."""
    if not isinstance(value, dict) or not (may_be_view(value) or kind_of_family(value)):
        return None
    verdict = recognise(value)
    if not verdict.evidence or verdict.is_part:
        asked = recognise(value, asked=True)
        verdict = asked if asked.evidence and said_by(around).is_for_view else verdict
    return Hit(path, value, verdict, around) if verdict.evidence else None


def _search(value: object, path: Path, around: Around | None, found: _Found) -> None:
    """Add what is in a value to what is found."""
    if isinstance(value, dict):
        _search_object(value, path, around, found)
    elif isinstance(value, list):
        inner = text_in_list(value, found.limits)
        if inner:
            _hold(inner, path, around, found)
        for index, item in enumerate(() if inner else value):
            if isinstance(item, (dict, list, str)):
                _search(item, (*path, index), around, found)
    elif isinstance(value, str):
        inner = text_in_string(value, found.limits)
        if inner:
            _hold(inner, path, around, found)


def _hold(inner: Inner, path: Path, around: Around | None, found: _Found) -> None:
    """Add a text unless nothing in it may be an instance view, or a string beside it is the same text unpacked."""
    is_twice = around is not None and not inner.exact and inner.text.strip() in around.holder.texts
    if inner.fault or (not is_twice and may_hold_view(inner.text.encode("utf-8", "surrogatepass"))):
        found.items.append(Held(path, inner, around))


def _search_object(value: dict[str, object], path: Path, around: Around | None, found: _Found) -> None:
    view = view_at(value, path, around) if path else None
    if view:
        _add(view, found)
        return
    buffer = text_of_buffer(value, found.limits)
    if buffer:
        _hold(buffer, path, around, found)
        return
    _search_members(value, value.items(), path, Around(Holder(value), around), found)


def _search_members(
    value: dict[str, object], members: Iterable[tuple[str, object]], path: Path, here: Around, found: _Found
) -> None:
    """Add what is in some members of an object."""
    for name, item in members:
        if name in _FILE_NAMES and isinstance(item, str):
            found.items.append(Elsewhere((*path, name), item, here))
        elif name == "error" and isinstance(item, dict):
            found.items.append(Failed((*path, name), item, here))
        elif is_view_name(name) and (item is None or isinstance(item, dict)):
            _search_member(item, (*path, name), here, found)
        elif name == "properties" and isinstance(item, dict) and (held := _members_held(value, item)):
            _add(Hit((*path, name), held[1], Verdict(held[0], kind=held[0]), here), found)
        elif isinstance(item, (dict, list, str)):
            _search(item, (*path, name), _in_member(here, name), found)


def _in_member(here: Around, name: str) -> Around:
    """Return the objects around a member's value, with the name where it is a path."""
    return here._replace(name=name) if "/" in name else here


def _members_held(resource: dict[str, object], properties: dict[str, object]) -> tuple[str, dict[str, object]] | None:
    """Return the kind of a resource whose properties have its view beside others, and the view; None without one."""
    kind = kind_of_resource(resource) if isinstance(resource.get("type"), str) else ""
    held = {name: properties[name] for name in FAMILY[kind].members if name in properties} if kind else {}
    return (kind, held) if held else None


def is_view_name(name: str) -> bool:
    """Return True if a member is called `instanceView`, in any spelling.

    >>> [is_view_name(name) for name in ("instanceView", "instance_view", "InstanceView", "interconnectInstanceView")]
    [True, True, True, False]
    """
    return len(name) <= _LONGEST_NAME and fold(name) == _VIEW


def _search_member(item: dict[str, object] | None, path: Path, around: Around, found: _Found) -> None:
    """Add the value of a member that is called `instanceView`: it is meant as one, if its object is of ours."""
    if item is None:
        found.reasons.append("the instanceView of the resource is null; request it with $expand=instanceView")
        return
    is_flat = "name" in around.value
    verdict = recognise(item, asked=True, is_flat=is_flat)
    if not verdict.evidence and item:
        kind = kind_around(path, around)  # the resource says what its view is, however little that has
        verdict = Verdict("instanceView", kind=kind) if kind else verdict
    if verdict.evidence:
        _add(Hit(path, item, verdict, around), found)
    else:
        found.reasons.append(verdict.reason)
        _search(item, path, around, found)


def kind_around(path: Path, around: Around | None) -> str:
    """Return the kind of the view at a path that the path or the resource with it says, empty where none says it."""
    if path[-3:-1] in places_of_kinds():
        return places_of_kinds()[path[-3:-1]]
    depth = path[-2:].count("properties") + (bool(path) and is_view_name(str(path[-1])))
    holders = islice(around.outwards() if around else (), depth)
    return next(filter(None, (kind_of_resource(each.value) for each in holders)), "")


def _add(view: Hit, found: _Found) -> None:
    """Add a view unless it is of another thing, which the objects around it show."""
    other = _thing_around(view)
    if other:
        found.reasons.append(f"this is {other}; expected the {KINDS_NAMED}")
    else:
        found.items.append(view)


def _thing_around(view: Hit) -> str | None:
    """Return the other thing that a view is of: a resource by its type or ID, or one by members that only it has.

    A resource has its view in `instanceView`, or in `properties.instanceView`.
    """
    holders = [around.holder for around in islice(view.around.outwards() if view.around else (), HOLDERS)]
    is_member = bool(view.path) and is_view_name(str(view.path[-1]))
    depth = view.path[-2:].count("properties") + is_member
    resources = holders[:depth]
    things = (*(holder.thing for holder in holders), *(holder.other for holder in resources))
    return next(filter(None, things), None)
