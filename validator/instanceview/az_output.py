"""What the az CLI makes of an answer: members that are null are kept, and `additionalProperties` is added.

Source: outputs of `az vmss get-instance-view` and `az vm get-instance-view` in public documentation and issue threads.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from instanceview.elements import tree
from instanceview.resolve import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model import Document

ADDED = "additionalProperties"
_MODELS_SINCE = "2017-12-01"  # the CLI's models have these members at least


def is_az_output(view: object) -> bool:
    """Return whether an instance view was written by the az CLI: by its additions, or since it leaves no member out.

    The CLI writes every member that its model has, null where the service has none; nobody else does.

    >>> is_az_output({"additionalProperties": {}}), is_az_output({"statuses": [], "extensions": None})
    (True, False)
    """
    if not isinstance(view, dict):
        return False
    if None in view.values() and view.keys() >= _members_of(kind_of(view)):
        return True
    return any(ADDED in each for each in _objects(view))


@cache
def _members_of(kind: str) -> frozenset[str]:
    return frozenset(tree(kind).names_at(_MODELS_SINCE))


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _objects(item)


def as_az_output(document: Document) -> Document:
    """Return a document that the az CLI wrote without what the CLI added."""
    return replace(document, body=without_additions(document.body), written_by="az")


def without_additions(value: object) -> object:
    """Return a JSON value without the null members and the `additionalProperties` that the az CLI adds.

    >>> without_additions({"disks": [{"name": "os", "statuses": None}], "additionalProperties": {}})
    {'disks': [{'name': 'os'}]}
    """
    if isinstance(value, dict):
        return {name: without_additions(item) for name, item in value.items() if item is not None and name != ADDED}
    return [without_additions(item) for item in value] if isinstance(value, list) else value
