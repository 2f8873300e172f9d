"""Search a JSON value for instance views, and for the strings, buffers and chunks that may hold some."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.compact import compact
from instanceview.reading.asking import Asked, is_asking
from instanceview.reading.family import kind_of_family
from instanceview.reading.found import Elsewhere, Failed, Held, Hit
from instanceview.reading.holders import held_members, is_of_machine, is_view_name, kind_around, thing_around
from instanceview.reading.inner_texts import text_in_list, text_in_string, text_of_buffer
from instanceview.reading.marks import has_code_of_status, may_hold_view
from instanceview.reading.recognise import KINDS_NAMED, Verdict, foreign_members, recognise
from instanceview.reading.requests import Around, Holder, said_by
from instanceview.reading.structures import is_of_script, may_be_view
from instanceview.tables.elements import root_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.limits import Limits
    from instanceview.places.spans import Path
    from instanceview.reading.found import Item
    from instanceview.reading.inner_texts import Inner

_FILE_NAMES = frozenset({"_file", "_sha1", "bodyFileName"})  # of HAR and traces by Playwright, and of WireMock


class Beside(NamedTuple):
    """What a search adds to: why something is not one of ours, and the innermost objects that ask for a view.

    Such an object has a request for an instance view, and its answer.
    """

    reasons: list[str]
    asked: list[Asked]


class _Found(NamedTuple):
    """What was found and not yet yielded, in order; the reasons and the objects of `Beside`, and the limits."""

    items: list[Item]
    reasons: list[str]
    asked: list[Asked]
    limits: Limits


def search(value: object, around: Around | None, limits: Limits, beside: Beside) -> Iterator[Item]:
    """Yield the views and texts in a value that is not an instance view itself.

    >>> from instanceview.model.limits import DEFAULTS
    >>> body = {"vm": {"statuses": [{"code": "PowerState/running"}]}}
    >>> [item.path for item in search(body, None, DEFAULTS, Beside([], []))]
    [('vm',)]
    """
    yield from _by_items(value, (), around, _Found([], *beside, limits))


def _by_items(value: object, path: Path, around: Around | None, found: _Found) -> Iterator[Item]:
    """Yield the finds in a value, item by item of its lists: those of a list of machines take 12 times its text."""
    if isinstance(value, list) and not text_in_list(value, found.limits):
        for index, item in enumerate(value):
            if isinstance(item, (dict, list, str)):
                _search(item, (*path, index), around, found)
                yield from _taken(found)
    elif isinstance(value, dict) and not path and not text_of_buffer(value, found.limits):
        here, before = Around(Holder(value, around)), len(found.asked)
        for name, item in value.items():
            if isinstance(item, list):
                yield from _by_items(item, (name,), _in_member(here, name), found)
            else:
                _search_members(value, [(name, item)], (), here, found)
                yield from _taken(found)
        _add_asking(here, path, found, before)
    else:
        _search(value, path, around, found)
        yield from _taken(found)


def _taken(found: _Found) -> Iterator[Item]:
    yield from found.items
    found.items.clear()


def view_at(value: object, path: Path, around: Around | None) -> Hit | None:
    """Return the instance view that a value is: by itself, or because the request around it asks for one.

    The statuses of a script are a list, which counts as the whole body of an answer.
    """
    if isinstance(value, list) and not path and is_of_script(value) and said_by(around).url:
        verdict = recognise(value)
        return Hit(path, {"value": value}, verdict, around) if verdict.evidence else None
    if not isinstance(value, dict) or not (may_be_view(value) or kind_of_family(value) or held_members(value, value)):
        return None
    verdict = recognise(value)
    if not verdict.evidence or verdict.is_part:
        asked = recognise(value, asked=True)
        if not asked.evidence and root_names().issuperset(value):  # nothing in it is as in the tables, but its names
            asked = asked._replace(evidence=next(iter(value)))
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
        foreign = foreign_members(value, view.verdict)
        if foreign:
            _search_members(value, foreign.items(), path, Around(Holder(value, around)), found)
        return
    buffer = text_of_buffer(value, found.limits)
    if buffer:
        _hold(buffer, path, around, found)
        return
    here, before = Around(Holder(value, around)), len(found.asked)
    _search_members(value, value.items(), path, here, found)
    _add_asking(here, path, found, before)


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
        elif name == "properties" and isinstance(item, dict) and (held := held_members(value, item)):
            found.items.append(Hit((*path, name), held[1], Verdict(held[0], kind=held[0]), here))
        elif isinstance(item, (dict, list, str)):
            _search(item, (*path, name), _in_member(here, name), found)


def _in_member(here: Around, name: str) -> Around:
    """Return the objects around a member's value, with the name where it is a path."""
    return here._replace(name=name) if "/" in name else here


def _add_asking(here: Around, path: Path, found: _Found, before: int) -> None:
    """Add an object that asks for a view unless one in it was added, so that there are no more than `before`."""
    if len(found.asked) == before and is_asking(here, path):
        found.asked.append(Asked(path, here))


def _search_member(item: dict[str, object] | None, path: Path, around: Around, found: _Found) -> None:
    """Add the value of a member that is called `instanceView`: it is meant as one, if its object is of ours."""
    if item is None:
        found.reasons.append("the instanceView of the resource is null; request it with $expand=instanceView")
        return
    is_flat = "name" in around.value
    verdict = recognise(item, asked=True, is_flat=is_flat)
    if not verdict.evidence and item:
        kind = kind_around(path, around)  # the resource says what its view is, however little that has
        is_meant = kind or (root_names().issuperset(item) and is_of_machine(path, around))
        verdict = Verdict("instanceView", kind=kind) if is_meant else verdict
    if verdict.evidence:
        _add(Hit(path, item, verdict, around), found)
        foreign = foreign_members(item, verdict)
        if foreign:
            _search_members(item, foreign.items(), path, Around(Holder(item, around)), found)
        return
    found.reasons.append(verdict.reason)
    before = len(found.items)
    _search(item, path, around, found)
    if item and len(found.items) == before and has_code_of_status((compact(item) or b"").decode()):
        _add(Hit(path, item, Verdict("instanceView"), around), found)  # its members are misspelt


def _add(view: Hit, found: _Found) -> None:
    """Add a view unless it is of another thing, which the objects around it show."""
    other = thing_around(view.path, view.around)
    if other:
        found.reasons.append(f"this is {other}; expected the {KINDS_NAMED}")
    else:
        found.items.append(view)
