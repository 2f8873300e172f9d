"""Python values that have no end, or that JSON cannot hold, for each function that takes a value: one ValueError."""

from __future__ import annotations

import re
from collections import UserDict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import check, state
from instanceview.testing import Validator, assert_conforms, assert_state, conforms, findings

if TYPE_CHECKING:
    from collections.abc import Callable


class _Response:
    """An HTTP response that has no bytes, such as one that a test made by hand."""

    status_code = 200

    def __init__(self, value: object) -> None:
        """Keep the value of its body."""
        self._value = value

    def json(self) -> object:
        """Return the value of its body."""
        return self._value


FUNCTIONS: dict[str, Callable[[object], object]] = {
    "check": check,
    "state": state,
    "assert_conforms": assert_conforms,
    "assert_state": partial(assert_state, power="running"),
    "conforms": conforms,
    "findings": findings,
    "Validator": Validator().result,
    "findings of a response": lambda value: findings(_Response(value)),
}


class Endless(Mapping[str, object]):
    """An object whose member is made when it is read."""

    def __getitem__(self, name: str) -> object:
        """Return another one."""
        return Endless()

    def __iter__(self) -> Iterator[str]:
        """Yield the only name."""
        return iter(["a"])

    def __len__(self) -> int:
        """Return the number of names."""
        return 1


def _dict() -> object:
    view: dict[str, Any] = {"vmAgent": {}}
    view["vmAgent"]["machine"] = view
    return view


def _list() -> object:
    items: list[object] = [{"vmAgent": {}}]
    items.append(items)
    return items


def _tuple() -> object:
    items: list[object] = []
    items.append((items, 1))
    return {"disks": (items,)}


def _mapping() -> object:
    view: UserDict[str, object] = UserDict(vmAgent={})
    view["again"] = view
    return view


def _deep(wrap: Callable[[object], object]) -> object:
    value: object = 1
    for _ in range(100_000):
        value = wrap(value)
    return {"vmAgent": value}


DEEP = "nested deeper than 128 levels; limits=Limits(nesting=...) raises the limit"
STEP = "contains itself; pass a value without cycles"
VALUES: dict[str, tuple[Callable[[], object], str]] = {
    "a dict in itself": (_dict, f"/vmAgent/machine {STEP}"),
    "a list in itself": (_list, f"/1 {STEP}"),
    "a list in a tuple in itself": (_tuple, f"/disks/0/0/0 {STEP}"),
    "a mapping in itself": (_mapping, f"/again {STEP}"),
    "deep dicts": (lambda: _deep(lambda value: {"a": value}), DEEP),
    "deep lists": (lambda: _deep(lambda value: [value]), DEEP),
    "a mapping without an end": (Endless, DEEP),
    "a large number": (lambda: {"disks": [10**5000]}, "/disks/0: an integer of 16,610 bits is too large for a double"),
    "a small number": (lambda: {"disks": -(10**400)}, "/disks: an integer of 1,329 bits is too large for a double"),
    "not a number": (lambda: {"disks": float("nan")}, "/disks: nan is not a JSON number; use None or omit the member"),
}


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("name", VALUES)
def test_a_hostile_value_is_one_error_that_says_why(name: str, function: str) -> None:
    made, reason = VALUES[name]
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        FUNCTIONS[function](made())


def test_deep_tuples_do_not_end_the_process() -> None:
    with pytest.raises(ValueError, match="nested deeper than 128 levels"):
        check(_deep(lambda value: (value,)))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_large_text_and_a_large_number_of_digits_are_read(function: str) -> None:
    value = {"computerName": "x" * 1_000_000, "statuses": [{"code": "PowerState/running"}], "a": 10**300}
    if function not in {"assert_conforms", "assert_state"}:
        assert FUNCTIONS[function](value) is not None
