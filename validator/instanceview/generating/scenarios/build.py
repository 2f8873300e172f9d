"""Builds the document of a scenario: merges its patch, keeps documented members, completes statuses, varies more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.generating.conform import unshared
from instanceview.generating.known import known_codes, known_status
from instanceview.generating.variants import expressible
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from random import Random

    from instanceview.generating.conform import Json
    from instanceview.tables.elements import Element

# Nearly every captured document has these members. Those that the state of the machine rules out are removed later.
_KEPT = {"disks", "computerName", "osName", "osVersion", "hyperVGeneration"}
_DROPPED = 0.25
"""The share of members outside the scenario that a varied document omits."""
_MOST_MORE = 2
"""The most disks, and the most extensions, that a varied document has beside those of the usual one."""


def merged(target: object, patch: object) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a JSON value with a merge patch (RFC 7386) applied: objects merge, null removes, all else replaces.

    >>> merged({"a": 1, "b": {"c": 2}}, {"a": None, "b": {"d": 3}})
    {'b': {'c': 2, 'd': 3}}
    """
    if not isinstance(patch, dict):
        return patch
    base = target if isinstance(target, dict) else {}
    both = {name: merged(base.get(name), patch[name]) if name in patch else base[name] for name in {**base, **patch}}
    return {name: value for name, value in both.items() if value is not None}


def completed(body: Json, kind: str, api_version: str) -> Json:
    """Return a document with its documented members, in the order of the table, and with the rest of each status."""
    document: Json = _completed(body, tree(kind), kind, api_version)
    return document


def _completed(value: object, element: Element, kind: str, api_version: str) -> Any:  # noqa: ANN401 (any JSON value)
    if element.member.type == "any":
        return value
    if isinstance(value, list):
        return [_completed(item, element, kind, api_version) for item in value]
    if not isinstance(value, dict):
        return value
    if "code" in value and "count" not in value and known_codes(kind, element.path):
        value = {**known_status(kind, element.path, value["code"]).status(), **value}
    return {
        name: _completed(value[name], child, kind, api_version)
        for name, child in element.children.items()
        if name in value and expressible(kind, api_version, child)
    }


def varied(body: Json, usual: Json, always: set[str], random: Random) -> Json:
    """Return a document without some members, but with those in `always`, and with more disks and extensions."""
    kept = {name for name in body if name in _KEPT | always or random.random() >= _DROPPED}
    document = unshared({name: value for name, value in body.items() if name in kept})
    for name in [name for name in ("disks", "extensions") if name in document and name in usual]:
        document[name] += [unshared(usual[name][0]) for _ in range(random.randint(0, _MOST_MORE))]
    for summary in _summaries(document):
        for item in summary:
            item["count"] *= random.randint(1, 9)
    return document


def _summaries(document: Json) -> list[list[Json]]:
    holders = [document.get("virtualMachine", {}), *document.get("extensions", ())]
    return [holder["statusesSummary"] for holder in holders if "statusesSummary" in holder]
