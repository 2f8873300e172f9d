"""Output of the az CLI: an answer whose null members are kept, and with `additionalProperties` added.

Source: outputs of `az vmss get-instance-view` and `az vm get-instance-view` in public documentation and issue threads,
and knack, which prints them: it sorts the members of every object by name, in JSON and in YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document

ADDED = "additionalProperties"
_NULLS = 3  # a person who writes null by hand writes one or two


def is_az_output(view: object) -> bool:
    """Return True if an instance view was written by the az CLI: by its additions, or many nulls and sorted members.

    >>> is_az_output({"additionalProperties": {}}), is_az_output({"disks": None, "extensions": None, "statuses": []})
    (True, False)
    """
    if not isinstance(view, dict):
        return False
    objects = list(_objects(view))
    if any(ADDED in each for each in objects):
        return True
    nulls = sum(value is None for each in objects for value in each.values())
    return nulls >= _NULLS and all(list(each) == sorted(each) for each in objects)


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _objects(item)


def as_az_output(document: Document) -> Document:
    """Return a document that the az CLI wrote without what the CLI added."""
    return document._replace(body=without_additions(document.body), written_by="az")


def without_additions(value: object) -> object:
    """Return a JSON value without the null members and the `additionalProperties` that the az CLI adds.

    >>> without_additions({"disks": [{"name": "os", "statuses": None}], "additionalProperties": {}})
    {'disks': [{'name': 'os'}]}
    """
    if isinstance(value, dict):
        return {name: without_additions(item) for name, item in value.items() if item is not None and name != ADDED}
    return [without_additions(item) for item in value] if isinstance(value, list) else value
