"""Likeness to a kind: of a document whose fault removed the mark of its kind, and of one that is asked for as a kind.

A name is like a documented one in any spelling, or where it may be a misspelling of it.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from instanceview.model.misspelling import has_its_words
from instanceview.model.names import fold, nearest
from instanceview.reading.family import OF_ANYTHING, are_alike, telling_names
from instanceview.tables.elements import members, root_names
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KIND_VALUES, MACHINES
from instanceview.tables.resolve import kind_of
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.model.document import Document
    from instanceview.tables.elements import Member

_FEW = 10
"""Items of a list that are looked at."""
_MOST = 100
"""Members of an object up to which misspelt ones are looked for: four times as many as are documented anywhere."""


def most_like(value: Mapping[str, object]) -> str:
    """Return the kind beside the machine documents that an object is most like, empty where a machine is as like.

    A member that machines do not have is evidence: an object or list filled as the kind has it, with at least half of
    the members; or a name that only the kind has, with all of them.

    >>> most_like({"colocationStatus": None}), most_like({"exitCode": 1, "stdout": ""})
    ('proximity-placement-group', '')
    >>> most_like({"error": {"code": "Azure/NotFound"}})
    ''
    >>> most_like({"currentCapacity": 5, "statses": [{"code": "ProvisioningState/succeeded"}]})
    'interconnect-block'
    """
    if not 0 < len(value) <= _MOST:
        return ""
    of_machine = _number_like(tuple(root_names()), value)
    best, most = "", of_machine
    for name, kind in FAMILY.items():
        number = _number_like(_names(name), value)
        if number > most and _has_evidence(kind.model, value, is_whole=number == len(value)):
            best, most = name, number
    return best if 2 * most >= len(value) else ""


def parts_like(value: Mapping[str, object], kind: str) -> Iterator[object]:
    """Yield the values of members like those of a kind that are objects or lists of them there, and the first items.

    The kind is empty for a machine.

    >>> list(parts_like({"vmAgnt": {"statuses": []}, "osName": "Linux", "vm": {}}, ""))
    [{'statuses': []}]
    """
    rows = _rows(kind)
    for name, item in value.items():
        meant = _meant(name, tuple(rows))
        if meant and rows[meant].table:
            yield item
            yield from islice(item, _FEW) if isinstance(item, list) else ()


def may_be(value: object, kind: str, reason: str) -> bool:
    """Return True if an object that is not recognised may be of the kind that is asked for.

    It has members like those of the kind: all of them, or half where the `reason` does not say what else it is.

    >>> may_be({"assetId": True}, "dedicated-host", "no instance view"), may_be({"a": 1}, "vm", "no instance view")
    (True, False)
    """
    if not isinstance(value, dict) or not 0 < len(value) <= _MOST:
        return False
    number = _number_like(_names(kind), value)
    return number == len(value) or (2 * number >= len(value) and "this is" not in reason)


def unlike(document: Document, kind: str) -> str:
    """Return the title of the kind that a document has, or is more like, in place of the one that is asked for.

    It is empty where the document may be of the kind that is asked for. A request or a resource says a kind for sure.
    """
    if document.kind and document.kind in FAMILY and not document.is_guess:
        is_right = kind == document.kind or are_alike(kind, document.kind)
        return "" if is_right else KIND_VALUES[document.kind].title
    body = document.body if isinstance(document.body, dict) else {}
    is_marked = document.is_guess and document.kind is not None
    looks = document.kind if is_marked and document.kind else kind_of(body)
    if kind == looks or are_alike(kind, looks) or (kind in MACHINES and not is_marked):
        return ""
    documented = _names(looks) if is_marked else tuple(root_names())
    return KIND_VALUES[looks].title if _number_of(documented, body) > _number_of(_names(kind), body) else ""


@cache
def _rows(kind: str) -> Mapping[str, Member]:
    """Return the rows of the members at the root of a kind, empty for those of all machines."""
    kinds = [kind] if kind else MACHINES
    return {name: row for each in kinds for name, row in members(KIND_VALUES[each].model).items()}


@cache
def _names(kind: str) -> tuple[str, ...]:
    return tuple(members(KIND_VALUES[kind].model))


def _number_like(names: tuple[str, ...], value: Iterable[str]) -> int:
    """Return the number of members like some names."""
    return sum(bool(_meant(each, names)) for each in value)


def _meant(name: str, names: tuple[str, ...]) -> str:
    """Return the one of some names that a name is in another spelling or with a slip in a word, empty for none."""
    near = nearest(name, names)
    return next((each for each in near if fold(each) == fold(name) or has_its_words(name, each)), "")


def _number_of(names: tuple[str, ...], value: Iterable[str]) -> int:
    """Return the number of members that have one of some names, in any spelling."""
    return len(set(map(fold, names)) & set(map(fold, value)))


def _has_evidence(model: str, value: Mapping[str, object], *, is_whole: bool) -> bool:
    """Return True if a member that machines do not have shows the kind with a model."""
    rows = members(model)
    names = tuple(rows)
    for name, item in value.items():
        meant = _meant(name, names)
        if meant and meant not in root_names() | OF_ANYTHING:
            is_filled = bool(rows[meant].table) and _is_telling(rows[meant].table, item)
            if is_filled or (is_whole and meant in telling_names()):
                return True
    return False


def _is_telling(model: str, value: object) -> bool:
    """Return True if an object, or the first item of a list, has mostly members of a table, and one that is telling.

    That is a documented name of several words, or a status code.
    """
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict) or not first:
        return False
    here = [name for name in first if name in members(model)]
    code = first.get("code")
    is_code = isinstance(code, str) and parsed(code) is not None
    return 2 * len(here) >= len(first) and (is_code or any(not name.islower() for name in here))
