"""Search a JSON value for instance views, and for the strings, buffers and chunks that may hold some."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.asking import Asked, is_asking
from instanceview.reading.family import kind_of_family, kind_of_resource
from instanceview.reading.holders import is_of_machine, is_view_name, kind_around, thing_around
from instanceview.reading.inner_texts import Inner, text_in_list, text_in_string, text_of_buffer
from instanceview.reading.marks import may_hold_view
from instanceview.reading.recognise import KINDS_NAMED, Verdict, recognise
from instanceview.reading.requests import Around, Holder, said_by
from instanceview.reading.structures import is_of_script, may_be_view
from instanceview.tables.elements import root_names
from instanceview.tables.family import FAMILY

if TYPE_CHECKING:
    from instanceview.places.spans import Path

_FILE_NAMES = frozenset({"_file", "_sha1", "bodyFileName"})  # of HAR and traces by Playwright, and of WireMock


class Hit(NamedTuple):
    """An instance view in a text: its path, its value, its verdict, and the objects around it."""

    path: Path
    value: dict[str, object]
    verdict: Verdict
    around: Around | None


class Held(NamedTuple):
    """A value that holds a text: its path, the text, and the objects around it."""

    path: Path
    inner: Inner
    around: Around | None


class Elsewhere(NamedTuple):
    """The name of a file beside the recording that has a body, and the objects around it."""

    path: Path
    name: str
    around: Around


class Failed(NamedTuple):
    """An error that was answered in place of what was asked for, and the objects around it."""

    path: Path
    error: dict[str, object]
    around: Around


class Found(NamedTuple):
    """What a value holds, in order: views and texts that may have some; and why something in it is not one of ours.

    `asked` are the innermost objects with a request for an instance view and its answer.
    """

    items: list[Hit | Held | Elsewhere | Failed]
    reasons: list[str]
    limits: Limits
    asked: list[Asked]


def collect(value: object, around: Around | None, limits: Limits = DEFAULTS) -> Found:
    """Return the views and texts in a value that is not an instance view itself.

    >>> [item.path for item in collect({"vm": {"statuses": [{"code": "PowerState/running"}]}}, None).items]
    [('vm',)]
    """
    found = Found([], [], limits, [])
    _search(value, (), around, found)
    return found


def view_at(value: object, path: Path, around: Around | None) -> Hit | None:
    """Return the instance view that a value is: by itself, or because the request around it asks for one.

    The statuses of a script are a list, which counts as the whole body of an answer.
    """
    if isinstance(value, list) and not path and is_of_script(value) and said_by(around).url:
        verdict = recognise(value)
        return Hit(path, {"value": value}, verdict, around) if verdict.evidence else None
    if not isinstance(value, dict) or not (may_be_view(value) or kind_of_family(value)):
        return None
    verdict = recognise(value)
    if not verdict.evidence or verdict.is_part:
        asked = recognise(value, asked=True)
        if not asked.evidence and root_names().issuperset(value):  # nothing in it is as in the tables, but its names
            asked = asked._replace(evidence=next(iter(value)))
        verdict = asked if asked.evidence and said_by(around).is_for_view else verdict
    return Hit(path, value, verdict, around) if verdict.evidence else None


def _search(value: object, path: Path, around: Around | None, found: Found) -> None:
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


def _hold(inner: Inner, path: Path, around: Around | None, found: Found) -> None:
    """Add a text unless nothing in it may be an instance view, or a string beside it is the same text unpacked."""
    is_twice = around is not None and not inner.exact and inner.text.strip() in around.holder.texts
    if inner.fault or (not is_twice and may_hold_view(inner.text.encode("utf-8", "surrogatepass"))):
        found.items.append(Held(path, inner, around))


def _search_object(value: dict[str, object], path: Path, around: Around | None, found: Found) -> None:
    view = view_at(value, path, around) if path else None
    if view:
        _add(view, found)
        return
    buffer = text_of_buffer(value, found.limits)
    if buffer:
        _hold(buffer, path, around, found)
        return
    here = Around(Holder(value), around)
    before = len(found.asked)
    for name, item in value.items():
        if name in _FILE_NAMES and isinstance(item, str):
            found.items.append(Elsewhere((*path, name), item, here))
        elif name == "error" and isinstance(item, dict):
            found.items.append(Failed((*path, name), item, here))
        elif is_view_name(name) and (item is None or isinstance(item, dict)):
            _search_member(item, (*path, name), here, found)
        elif name == "properties" and isinstance(item, dict) and (held := _members_held(value, item)):
            _add(Hit((*path, name), held[1], Verdict(held[0], kind=held[0]), here), found)
        elif isinstance(item, (dict, list, str)):
            _search(item, (*path, name), here._replace(name=name) if "/" in name else here, found)
    if len(found.asked) == before and is_asking(here, path):
        found.asked.append(Asked(path, here))


def _members_held(resource: dict[str, object], properties: dict[str, object]) -> tuple[str, dict[str, object]] | None:
    """Return the kind of a resource whose properties have its view beside others, and the view; None without one."""
    kind = kind_of_resource(resource) if isinstance(resource.get("type"), str) else ""
    held = {name: properties[name] for name in FAMILY[kind].members if name in properties} if kind else {}
    return (kind, held) if held else None


def _search_member(item: dict[str, object] | None, path: Path, around: Around, found: Found) -> None:
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
    else:
        found.reasons.append(verdict.reason)
        _search(item, path, around, found)


def _add(view: Hit, found: Found) -> None:
    """Add a view unless it is of another thing, which the objects around it show."""
    other = thing_around(view.path, view.around)
    if other:
        found.reasons.append(f"this is {other}; expected the {KINDS_NAMED}")
    else:
        found.items.append(view)
