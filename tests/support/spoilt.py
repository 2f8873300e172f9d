"""Spoil documents: one place at a time, as a careless or hostile writer would."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.tables.catalog import tables_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 1.0, 1.5, -0.0, 1e300, 5e-324),
    *(2**31, -(2**31) - 1, 2**63, 2**64 - 1, float(2**64), -float(2**70)),
    *("", " ", "7", "-7", "07", "\u0667", "Info", "info", "null", "<time>", "{name}", "x" * 300),
    *("two\nlines", "a\x00b", "\x1b[31mred", "\u202egnp.exe", "\ud800", "\udfff/\ud800", "\U0001f600", "\ufeffa"),
    *("Bearer bm90LWEtc2VjcmV0", "%s {value} {0}", "__proto__", "' OR 1=1"),
    *([], {}, [[]], [None], [{}], {"": {}}, {"a": [{"b": [1, {"c": None}]}]}, [{"code": 1}, "x", []]),
)
_CODES = (
    *(
        "PowerState",
        "/running",
        "PowerState/",
        "PowerState//running",
        " PowerState/running",
        "PowerState/running\u00a0",
    ),
    *("PowerState/running\n", "PowerState/run\x00ning", "a/b/c/d", "ComponentStatus/x", "ComponentStatus/a/b/c/d"),
    *("powerstate/RUNNING", "PowerState/runing", "PowrState/running", "PowerState/\ud800", "<code>/<state>", "/"),
)
_TIMES = (
    *("2024-07-01", "2024-07-01T12:00:00", "2024-02-30T00:00:00Z", "2024-07-01T24:00:00Z", "2024-07-01T12:00:00Z\n"),
    *("0000-01-01T00:00:00Z", "2024-07-01T12:00:00+24:00", "\u0662024-07-01T12:00:00Z", "<time>", "now", "Z"),
)
_DOCUMENTED = sorted({name for table in tables_json()["tables"].values() for name in table["members"]})
_NAMES = (
    *(
        "",
        "statuses",
        "Statuses",
        "STATUSES",
        "name",
        "code",
        "vmHealth",
        "osName",
        "patchStatus",
        "error",
        "__class__",
    ),
    *("a/b~c", "a.b", "0", "-1", "two\nlines", "\ud800", "\udfff", "\u202e", "x" * 300, "level\x00", "virtualMachine"),
)


class _Place(NamedTuple):
    """A value in a document, by the object or array that holds it."""

    holder: Any
    key: Any

    @property
    def value(self) -> Any:  # noqa: ANN401 (any JSON value)
        return self.holder[self.key]


def spoil(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return a copy of a document that differs from it in one place: a value, a name, or a member more or less."""
    root = [deepcopy(document)]
    whole = _Place(root, 0)
    below = list(_places(whole))
    ways = [_add] if not below else [_add, _drop, _rename, _replace, _replace, _replace]
    way = random.choice(ways)
    containers = [whole, *(place for place in below if isinstance(place.value, (dict, list)))]
    named = [place for place in below if isinstance(place.holder, dict)]
    way(random.choice(containers if way is _add else named if way is _rename else below), random)
    return root[0]


def _places(held: _Place) -> Iterator[_Place]:
    """Yield every place below one."""
    value = held.value
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield _Place(value, key)
        yield from _places(_Place(value, key))


def _replace(place: _Place, random: Random) -> None:
    """Put another value in place, often one that nearly fits."""
    text = place.value if isinstance(place.value, str) else ""
    near = _CODES if "/" in text else _TIMES if "T" in text.upper() and ":" in text else _JUNK
    place.holder[place.key] = deepcopy(random.choice(random.choice((near, _JUNK))))


def _drop(place: _Place, _: Random) -> None:
    del place.holder[place.key]


def _add(place: _Place, random: Random) -> None:
    """Add a member, or an item: junk, or an item that is there already."""
    if isinstance(place.value, dict):
        place.value[_new_name(place.value, random.choice(random.choice((_NAMES, _DOCUMENTED))))] = deepcopy(
            random.choice(_JUNK)
        )
    else:
        item = deepcopy(random.choice([*place.value, *_JUNK]))
        place.value.insert(random.randint(0, len(place.value)), item)


def _rename(place: _Place, random: Random) -> None:
    """Rename a member in place: another case, a letter more or less, two swapped, or an unrelated name."""
    old, at = place.key, random.randrange(len(place.key) + 1)
    swapped = old[:at] + old[at : at + 2][::-1] + old[at + 2 :]
    near = (old.upper(), old.swapcase(), old[:at] + old[at:].capitalize(), swapped, old[:at] + "s" + old[at:], old[1:])
    new = _new_name(place.holder, random.choice((*near, random.choice(_NAMES))))
    renamed = {new if name == old else name: value for name, value in place.holder.items()}
    place.holder.clear()
    place.holder.update(renamed)


def _new_name(holder: dict[str, Any], name: str) -> str:
    while name in holder:
        name += "x"
    return name
