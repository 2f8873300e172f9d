"""Instance views in the body of a recorded answer where the service has none: in a string, a list or another member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import ABSENT, Document, Unreadable
from instanceview.reading.depth import documents_in
from instanceview.reading.hits import origin_below
from instanceview.reading.recognise import NOT_OURS, foreign_members, recognise
from instanceview.tables.elements import root_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.model.document import Origin
    from instanceview.places.spans import Path
    from instanceview.reading.http.answer import Answer
    from instanceview.reading.operation import Request
    from instanceview.reading.views import View


def others_in(
    answer: Answer, body: object, views: list[View], request: Request, *, may_repeat: bool
) -> list[Document | Unreadable]:
    """Return the instance views where the service has none, such as in a string, and those that a repeated key lost."""
    searched = {origin_below(answer.origin, path).entry for view in views for path in _places_of_others(view)}
    if answer.source is None or not (searched or may_repeat):
        return []
    is_view = any(not view.path and is_read(view) for view in views)  # a rule reports its repeated keys
    found = documents_in(
        body, answer.origin, answer.source, may_repeat=lambda: may_repeat, asked=False, limits=answer.limits
    )
    others: list[Document | Unreadable] = []
    for item in found if searched or not is_view else ():
        if isinstance(item, Unreadable):
            is_reported = is_view and item.origin.entry == answer.origin.entry
            others += [] if is_reported or item.reason.startswith(NOT_OURS) else [item]
        elif isinstance(item, Document) and not searched.isdisjoint(entries_around([item.origin])):
            version = item.api_version or request.api_version
            source = "url" if version else "default"
            others.append(item._replace(kind=item.kind or request.kind, api_version=version, api_version_from=source))
    return others


def _places_of_others(view: View) -> list[Path]:
    """Return the paths in an answer where an instance view may be that the service does not have there."""
    if isinstance(view.value, dict):
        if root_names().issuperset(view.value):
            return []
        verdict = recognise(view.value, asked=True)
        if not verdict.evidence:
            return [view.path]
        return [(*view.path, name) for name in foreign_members(view.value, verdict)]
    if view.value is not None and view.value is not ABSENT:
        return [view.path]
    is_resource = isinstance(view.resource, dict) and "properties" in view.resource
    return [] if is_resource else [path_of_resource(view)]


def is_read(view: View) -> bool:
    """Return True if the value of a view is one; else what is below it may be."""
    if not isinstance(view.value, dict):
        return False
    return not root_names().isdisjoint(view.value) or bool(recognise(view.value, asked=True).evidence)


def entries_around(origins: Iterable[Origin]) -> set[str | None]:
    """Return the entries of some origins, and those around them."""
    entries: set[str | None] = set()
    for origin in origins:
        entry = origin.entry
        while entry not in entries:
            entries.add(entry)
            entry = entry.rpartition("/")[0] or None if entry else None
    return entries


def path_of_resource(view: View) -> Path:
    """Return the path in an answer of the resource that has a view."""
    return view.path[:-2] if view.path[-1:] == ("instanceView",) else view.path
