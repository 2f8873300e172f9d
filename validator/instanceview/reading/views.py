"""Views in the body of an answer whose request is known, and what makes a document of any view."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import ABSENT, Document, Origin, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.dialects import as_client_output
from instanceview.reading.json_texts.plain import from_python
from instanceview.reading.recognise import NOT_OURS, Verdict, recognise
from instanceview.tables.kinds import KIND_VALUES, MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.places.spans import Path

_EMBEDDED: Path = ("properties", "instanceView")
_INNER = ("resources", "extensions", "hosts", "virtualMachines")
"""Lists of the resources in a resource, at its root or in its properties."""


class View(NamedTuple):
    """An instance view in an answer: its path there, its value (ABSENT where there is none), and the resource it is of.

    A body that is a view itself is the resource, too. `kind` is that of a resource inside the one that was requested.
    """

    path: Path
    value: object
    resource: object
    kind: str = ""


def views_in(body: object, *, embedded: bool, kind: str | None = None) -> Iterator[View]:
    """Yield the instance views in the body of an answer: of each item of a list, of the resource that it is, or itself.

    `embedded` is True if a resource was requested, which has its view in `properties.instanceView`, or for some `kind`
    in other members of the properties; that view may be ABSENT.

    >>> [view.path for view in views_in({"value": [{"properties": {"instanceView": {}}}, {}]}, embedded=True)]
    [('value', 0, 'properties', 'instanceView'), ('value', 1, 'properties', 'instanceView')]
    """
    own = _embedded(body, (), kind) if embedded and not _is_bare(body, kind) else View((), body, body)
    items = body.get("value") if isinstance(body, dict) else None
    if isinstance(items, list) and not _is_view(own, embedded=embedded):
        for index, item in enumerate(items):
            yield _embedded(item, ("value", index), kind)
            yield from _inside(item, ("value", index))
    else:
        yield own
        yield from _inside(body, ())


def _is_bare(body: object, kind: str | None) -> bool:
    """Return True if a body surely is a view of a kind itself, as the service writes it: no resource has it."""
    if not isinstance(body, dict) or "properties" in body:
        return False
    verdict = recognise(body)
    is_own = verdict.kind == kind if verdict.kind else kind in MACHINES
    return bool(verdict.evidence) and is_own and not (verdict.printed or verdict.is_part)


def _inside(resource: object, path: Path) -> Iterator[View]:
    """Yield the views of the resources in a resource, such as the extensions of a machine or the machines of a host."""
    if not isinstance(resource, dict):
        return
    for at, holder in ((path, resource), ((*path, "properties"), resource.get("properties"))):
        lists = [(name, holder.get(name)) for name in _INNER] if isinstance(holder, dict) else []
        for name, items in lists:
            for index, item in enumerate(items if isinstance(items, list) else ()):
                view = _embedded(item, (*at, name, index))
                if isinstance(view.value, dict):
                    from instanceview.reading.holders import kind_of_any_resource  # a resource seldom has one

                    yield view._replace(kind=kind_of_any_resource(item) if isinstance(item, dict) else "")


def _is_view(own: View, *, embedded: bool) -> bool:
    """Return True if a body surely is a view or has one of its own: a foreign `value` in it does not make it a list."""
    return isinstance(own.value, dict) and (embedded or bool(recognise(own.value, asked=True).evidence))


def _embedded(resource: object, path: Path, kind: str | None = None) -> View:
    """Return the instance view of a resource, as the service answers it."""
    properties = resource.get("properties") if isinstance(resource, dict) else None
    members = KIND_VALUES[kind].members if kind else ()
    if members and isinstance(properties, dict):
        held = {name: properties[name] for name in members if name in properties}
        return View((*path, "properties"), held or ABSENT, resource)
    value = properties.get("instanceView", ABSENT) if isinstance(properties, dict) else ABSENT
    return View((*path, *_EMBEDDED), value, resource)


def resource_of(value: object) -> str | None:
    """Return the ID or name that an object around a view says, with a client's spelling too; None where it says none.

    A machine of a scale set has its set in the ID alone, and a part of a machine the machine.

    >>> resource_of({"id": "/x/virtualMachines/APP", "name": "app"}), resource_of({"Name": "app"}), resource_of([])
    ('app', 'app', None)
    >>> resource_of({"id": "/providers/Microsoft.Compute/virtualMachines/app/extensions/setup", "name": "setup"})
    '/providers/Microsoft.Compute/virtualMachines/app/extensions/setup'
    """
    if not isinstance(value, dict):
        return None
    name, own_id = value.get("name", value.get("Name")), value.get("id", value.get("Id"))
    is_named = isinstance(name, str) and bool(name)
    if isinstance(own_id, str) and "/" in own_id and (not is_named or _has_outer(own_id, str(name))):
        return own_id
    return str(name) if is_named else None


def _has_outer(resource_id: str, name: str) -> bool:
    """Return True if an ID has the name of another resource before the own name, which may have any characters."""
    _, _, path = resource_id.removesuffix(name).lower().rpartition("/providers/")
    return "scalesets/" in path or path.count("/") >= _OF_PART


_OF_PART = 4
"""Slashes after the provider of a part: a type and a name of what it is a part of, and its own."""


def document_of(value: object, origin: Origin, limits: Limits = DEFAULTS) -> Document | Unreadable:
    """Return a Python value as a document without a text, or the reason why it is none.

    Raises TypeError and ValueError for what JSON cannot hold.
    """
    body = from_python(value, limits)
    verdict = recognise(body, asked=True)
    if verdict.evidence:
        return finished(Document(body, origin, resource=resource_of(body)), verdict)
    return Unreadable(origin, f"{NOT_OURS}: {why_none(body, verdict)}")


def finished(document: Document, verdict: Verdict) -> Document:
    """Return a document as it is checked: its statuses alone where it is but a part, and with the service's names."""
    if verdict.printed:
        document = as_client_output(document, verdict.printed)
    if verdict.is_part and isinstance(document.body, dict):
        part = {"statuses": document.body["statuses"]}
        whole = document.body if verdict.is_meant else None
        document = document._replace(body=part, data=None, may_repeat_keys=False, whole=whole)
    if not verdict.kind:
        return document
    from instanceview.reading.family import kind_here  # nearly all documents are a machine's

    kind = kind_here(verdict.kind, document.kind, document.origin.url, document.api_version)
    return document._replace(kind=kind, is_guess=kind != document.kind and not verdict.is_sure)


def why_none(body: object, verdict: Verdict, reasons: Sequence[str] = ()) -> str:
    """Return the reason why a value has no instance view: what it looks like, or what is in it, or its verdict."""
    from instanceview.reading.other_parts import where_inside  # most values are instance views
    from instanceview.reading.other_values import looks_like

    return looks_like(body) or next(iter(reasons), None) or where_inside(body) or verdict.reason
