"""Recognises a JSON value as an instance view, or says why it is none."""

from __future__ import annotations

from functools import cache

from instanceview.model.names import nearest
from instanceview.model.text import quote
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KIND_VALUES, KINDS, any_of

NOT_OURS = "no instance view"
"""The beginning of the reason where a JSON value is not ours to check."""

NO_BODY = f"{NOT_OURS}: no body"
"""The reason where an answer was recorded without its body."""


# Members that only instance views of other resources have, as observed in captures; they have statuses, too.
_MARKS = {
    "typeHandlerVersion": "an extension",
    "substatuses": "an extension",
    "assetId": "a dedicated host",
    "availableCapacity": "a dedicated host",
    "executionState": "a run command",
    "utilizationInfo": "a capacity reservation",
}
_HOLDERS = [kind.holder for kind in KIND_VALUES.values()]
_OTHERS = {name: holder for name, holder in _MARKS.items() if holder not in _HOLDERS}


_KINDS_NAMED = f"instance view of {any_of(_HOLDERS)}"


@cache
def _root_names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for kind in KINDS for name in tree(kind).children))


def _resembles(body: dict[str, object]) -> bool:
    """Return True if a member is documented but for its case, or more members are near a documented name than not.

    One near name says little: the `version` of many a file is near `osVersion`.
    """
    if not _folded_names().isdisjoint(name.lower() for name in body):
        return True
    return sum(2 if nearest(name, _root_names()) else 0 for name in body) > len(body)


@cache
def _folded_names() -> frozenset[str]:
    return frozenset(name.lower() for name in _root_names())


def _inside(body: dict[str, object]) -> str | None:
    """Return the place of the instance views in an answer, and what to pass; None when it seems to hold none."""
    inner, items = body.get("properties"), body.get("value")
    if "instanceView" in body or (isinstance(inner, dict) and "instanceView" in inner):
        where = "instanceView" if "instanceView" in body else "properties.instanceView"
        return f"a resource that holds one; pass the value of {where}"
    if isinstance(items, list):
        pass_on = "; pass the properties.instanceView of its items" if items else ""
        return f"a list answer with {quote(items)}{pass_on}"
    return None


def why_not(body: object) -> str | None:
    """Return the reason why a JSON value is not an instance view, None when it is one.

    An object is one when it is empty or has documented members, be they misspelt.

    >>> why_not({"statusses": []}) is None, why_not({"error": {"code": "NotFound", "message": "gone"}})
    (True, 'no instance view: an error answer, code "NotFound"')
    """
    if not isinstance(body, dict):
        return f"{NOT_OURS}: expected an object, the {_KINDS_NAMED}; found {quote(body)}"
    other = next((view for name, view in _OTHERS.items() if name in body), None)
    if other:
        return f"{NOT_OURS} of ours: it is {other}'s; expected the {_KINDS_NAMED}"
    if not body or _resembles(body):
        return None
    error = body.get("error")
    if isinstance(error, dict) and isinstance(error.get("code"), str):
        return f"{NOT_OURS}: an error answer, code {quote(error['code'])}"
    where = _inside(body)
    if where:
        return f"{NOT_OURS} by itself: {where}"
    names = ", ".join(quote(name) for name in list(body)[:3])
    return f"{NOT_OURS}: none of its members is documented in the {_KINDS_NAMED}; found {names}"
