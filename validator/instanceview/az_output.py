"""What the az CLI makes of an answer: members that are null are kept, and `additionalProperties` is added.

Source: outputs of `az vmss get-instance-view` and `az vm get-instance-view` in public documentation and issue threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.resolve import root_names

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDED = "additionalProperties"
_NULLS = 3  # documented members of the root; a person who writes null by hand writes one or two


def is_az_output(view: dict[str, object]) -> bool:
    """Return whether an instance view was written by the az CLI: by its additions, or its many null members.

    >>> is_az_output({"additionalProperties": {}}), is_az_output({"statuses": [], "extensions": None})
    (True, False)
    """
    if sum(value is None and name in root_names() for name, value in view.items()) >= _NULLS:
        return True
    return any(ADDED in each for each in _objects(view))


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _objects(item)


def without_additions(value: object) -> object:
    """Return a JSON value without the null members and the `additionalProperties` that the az CLI adds.

    >>> without_additions({"disks": [{"name": "os", "statuses": None}], "additionalProperties": {}})
    {'disks': [{'name': 'os'}]}
    """
    if isinstance(value, dict):
        return {name: without_additions(item) for name, item in value.items() if item is not None and name != ADDED}
    return [without_additions(item) for item in value] if isinstance(value, list) else value
