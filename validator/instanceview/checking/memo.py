"""What decides for the rules of a document as a whole: of its members, those that these rules read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.rules import rules_for
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.tables.elements import Element


class _Read(NamedTuple):
    """A member that is read: whether only that it is there, whether it is a list, and what is read of what it holds."""

    name: str
    is_flag: bool
    is_array: bool
    below: tuple[_Read, ...]


def decides(document: object, kind: str) -> tuple[object, ...] | None:
    """Return what decides for the rules of a document, None where some of it is neither text nor null.

    >>> decides({"statuses": [{"code": "PowerState/running", "level": "Info"}]}, "vmss-vm")
    (None, None, None, (('PowerState/running',),))
    """
    try:
        return _decided(document, _reads(kind))
    except (AttributeError, TypeError):  # the rules look closer at what has another type
        return None


def _decided(holder: Any, reads: tuple[_Read, ...]) -> tuple[object, ...]:  # noqa: ANN401 (any JSON value)
    key: list[object] = []
    for name, is_flag, is_array, below in reads:
        item = holder.get(name)
        if item is None:
            key.append(None)
        elif below:
            key.append(tuple([_decided(each, below) for each in _list(item)]) if is_array else _decided(item, below))
        else:
            key.append(bool(_text(item)) if is_flag else _text(item))
    return tuple(key)


def _list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    raise TypeError


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


@cache
def _reads(kind: str) -> tuple[_Read, ...]:
    return _planned(tree(kind), [path for rule in rules_for("document") for path in rule.reads])


def _planned(element: Element, paths: Iterable[str]) -> tuple[_Read, ...]:
    below: dict[str, list[str]] = {}
    for path in paths:
        name, _, rest = path.partition(".")
        if name.removesuffix("?") in element.children:
            below.setdefault(name, []).extend([rest] if rest else [])
    return tuple(_read(element.children[name.removesuffix("?")], name, rests) for name, rests in below.items())


def _read(child: Element, name: str, rests: list[str]) -> _Read:
    is_array = child.member.type == "array"
    return _Read(name.removesuffix("?"), name.endswith("?"), is_array, _planned(child, rests))
