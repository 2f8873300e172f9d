"""Python values under the policy of JSON texts: the same values, the same limits, and plain types alone."""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections import OrderedDict, UserDict, namedtuple
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import check
from instanceview.checking.engines import ENGINES, engine
from instanceview.model.document import Origin
from instanceview.model.limits import DEFAULTS
from instanceview.reading.json_texts.parse import parse
from instanceview.reading.json_texts.plain import from_python
from instanceview.reading.python_values import read_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Word(enum.StrEnum):
    """Texts of an enumeration, such as SDKs have."""

    INFO = "Info"


class Domain(enum.IntEnum):
    """Numbers of an enumeration."""

    TWO = 2


class Text(str):
    """Text with a type of its own, such as numpy has."""

    __slots__ = ()

    def __str__(self) -> str:
        return "another text"


class Whole(int):
    """A whole number with a type of its own."""


class Real(float):
    """A number with a type of its own, such as numpy has."""


def nested(levels: int, innermost: object) -> object:
    value = innermost
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


Disk = namedtuple("Disk", "name size")  # noqa: PYI024 (the untyped kind occurs, too)
SAME: tuple[object, ...] = (None, True, False, 0, -1, 1.0, -0.0, "", "\ud800", [], {}, {"a": [1, {"b": None}]})
CHANGED: tuple[tuple[Any, object], ...] = (
    ((), []),
    ((1, (2,)), [1, [2]]),
    ({"disks": ({"name": "os"},)}, {"disks": [{"name": "os"}]}),
    (Disk("os", 1), ["os", 1]),
    (OrderedDict(b=1, a=OrderedDict()), {"b": 1, "a": {}}),
    (2**63, 2**63),
    (2**64 - 1, 2**64 - 1),
    (2**64, 18446744073709551616.0),
    (-(2**63), -(2**63)),
    (-(2**63) - 1, -9223372036854775808.0),
    (10**308, 1e308),
    (Word.INFO, "Info"),
    (Domain.TWO, 2),
    (Text("text"), "text"),
    (Whole(-7), -7),
    (Whole(2**64), 18446744073709551616.0),
    (Real(1.5), 1.5),
    ({Text("a"): [Whole(1)], Word.INFO: Real(0)}, {"a": [1], "Info": 0.0}),
)
NO_VALUE = "{} is not a JSON type; use dict, list, str, int, float, bool or None"
NO_NAME = "a member name has the type {}; use str"
NO_NUMBER = "{} is not a JSON number; use None or omit the member"
DEPTH = "nested deeper than 128 levels; --max-nesting raises the limit"
REFUSED: tuple[tuple[object, type[Exception], str], ...] = (
    (dt.datetime(2024, 7, 1, tzinfo=dt.UTC), TypeError, NO_VALUE.format("datetime")),
    ([{"a": b"bytes"}], TypeError, NO_VALUE.format("bytes")),
    ({"a"}, TypeError, NO_VALUE.format("set")),
    (1j, TypeError, NO_VALUE.format("complex")),
    (iter(()), TypeError, NO_VALUE.format("tuple_iterator")),
    ({1: "a"}, TypeError, NO_NAME.format("int")),
    ({None: "a"}, TypeError, NO_NAME.format("NoneType")),
    ([{("a",): 1}], TypeError, NO_NAME.format("tuple")),
    ({b"a": 1}, TypeError, NO_NAME.format("bytes")),
    ([float("nan")], ValueError, NO_NUMBER.format("nan")),
    ({"a": float("inf")}, ValueError, NO_NUMBER.format("inf")),
    (Real("-inf"), ValueError, NO_NUMBER.format("-inf")),
    (nested(DEFAULTS.nesting, []), ValueError, DEPTH),
    (nested(DEFAULTS.nesting, {}), ValueError, DEPTH),
    (nested(DEFAULTS.nesting + 1, 1), ValueError, DEPTH),
    (nested(100_000, None), ValueError, DEPTH),
)


@pytest.mark.parametrize("value", SAME, ids=repr)
def test_a_json_value_stays_as_it_is(value: object) -> None:
    assert repr(from_python(value)) == repr(value)


@pytest.mark.parametrize(("value", "expected"), CHANGED, ids=[repr(each[0])[:40] for each in CHANGED])
def test_a_value_becomes_exactly_this_plain_json_value(value: object, expected: object) -> None:
    result = from_python(value)
    # repr shows the types, also of what is held.
    assert repr(result) == repr(expected)
    assert type(result) is type(expected)


@pytest.mark.parametrize(("value", "error", "reason"), REFUSED, ids=[each[2] for each in REFUSED])
def test_what_json_cannot_hold_is_refused_with_its_reason(value: object, error: type[Exception], reason: str) -> None:
    with pytest.raises(error) as caught:
        from_python(value)
    assert (type(caught.value), str(caught.value)) == (error, reason)


PLACED: tuple[tuple[object, str], ...] = (
    (object(), ""),
    ({1, 2}, ""),
    ({1: 2}, ""),
    ({"a": {1: 2}}, "/a: "),
    ({"a": [1, {"b": object()}]}, "/a/1/b: "),
    ({"a": (1, (object(),))}, "/a/1/0: "),
    ({"a": UserDict({"b": float("nan")})}, "/a/b: "),
    ({"a": 1, "b": float("inf"), "c": object()}, "/b: "),
    ({"a/b": [object()]}, "/a~1b/0: "),
)


@pytest.mark.parametrize(("value", "place"), PLACED, ids=range(len(PLACED)))
def test_what_json_cannot_hold_has_its_pointer(value: object, place: str) -> None:
    with pytest.raises((TypeError, ValueError)) as plain:
        from_python(value)
    with pytest.raises(type(plain.value)) as caught:
        read_value(value, Origin("a"))
    assert str(caught.value) == f"{place}{plain.value}"


@pytest.mark.parametrize(("levels", "place"), [(3, "/a/0/a: "), (4, "")])
def test_a_pointer_is_as_deep_as_a_document_may_be(levels: int, place: str) -> None:
    limits = DEFAULTS._replace(nesting=4)
    with pytest.raises((TypeError, ValueError)) as caught:
        read_value(nested(levels, {1, 2}), Origin("a"), limits)
    assert str(caught.value).startswith(f"{place}set is not a JSON type")


def test_an_integer_beyond_a_double_is_refused_in_few_words() -> None:
    with pytest.raises(ValueError, match="too large for a double") as caught:
        from_python([10**5000])
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("innermost", [[], {}, 1], ids=repr)
def test_texts_and_values_may_be_nested_equally_deep(innermost: object) -> None:
    levels = DEFAULTS.nesting if innermost == 1 else DEFAULTS.nesting - 1
    deepest = nested(levels, innermost)
    assert from_python(deepest) == deepest == parse(json.dumps(deepest).encode())


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(("value", "expected"), CHANGED, ids=[repr(each[0])[:40] for each in CHANGED])
def test_engines_take_whatever_was_accepted(value: object, expected: object, name: str) -> None:
    run = engine(name, "vm", "2024-07-01")
    bodies = ({"platformFaultDomain": from_python(value)}, {"platformFaultDomain": expected})
    assert list(run(bodies[0])) == list(run(bodies[1]))


@pytest.mark.parametrize("kind", [MappingProxyType, UserDict], ids=lambda kind: kind.__name__)
def test_any_mapping_is_an_object(kind: Callable[[dict[str, object]], Mapping[str, object]]) -> None:
    """`check` promises a mapping."""
    report = check(kind({"vmAgent": kind({"vmAgentVersion": 1})}))
    assert [(finding.rule, finding.pointer) for finding in report.findings] == [
        ("wrong-type", "/vmAgent/vmAgentVersion")
    ]
