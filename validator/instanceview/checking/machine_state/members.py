"""Members of a document by type: one of the wrong type is absent, and what it is is noted for the reasons."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from instanceview.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from instanceview.checking.machine_state.reasons import Why

Object = dict[str, object]
NO_STATUS = "\0"
"""In place of the code of what is not a status."""

_MOST = 1000
"""Notes on values that are not read: people read fewer, and a text of such values would take 200 times its size."""
_TYPES = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "an array", dict: "an object"}
_code = itemgetter("code")


class Reading(NamedTuple):
    """A document that is being read: its body, the times in it so far, and notes on values of a wrong type."""

    body: Object
    times: list[str]
    ignored: list[str]

    def note(self, name: str, pointer: str, value: object) -> None:
        """Note that the value of a member has a wrong type; `pointer` is that of the member.

        >>> reading = Reading({}, [], [])
        >>> reading.note("vmAgent", "/vmAgent", "x")
        >>> reading.note("statuses", "/disks/0/statuses", 1)
        >>> reading.ignored
        ['vmAgent is a string', 'statuses is a number (/disks/0/statuses)']
        """
        if len(self.ignored) <= _MOST:
            place = f" ({one_line(pointer)})" if pointer.count("/") > 1 else ""
            self.ignore(f"{name} is {_TYPES.get(type(value), type(value).__name__)}{place}")

    def ignore(self, text: str) -> None:
        """Note what is not read, once; after the first thousand notes, that there are more."""
        if len(self.ignored) <= _MOST and text not in self.ignored:
            self.ignored.append(text if len(self.ignored) < _MOST else f"more than {_MOST:,} values")

    def object_at(self, holder: Mapping[str, object], name: str, pointer: str) -> Object | None:
        """Return the object that a member has, None without one; `pointer` is that of the holder."""
        value = holder.get(name)
        if value is None or type(value) is dict:
            return value
        return self.note(name, f"{pointer}/{name}", value)

    def list_at(self, holder: Mapping[str, object], name: str, pointer: str) -> list[object] | None:
        """Return the array that a member has, None without one; `pointer` is that of the holder."""
        value = holder.get(name)
        if value is None or type(value) is list:
            return value
        return self.note(name, f"{pointer}/{name}", value)

    def text_at(self, holder: Mapping[str, object], name: str, pointer: str) -> str | None:
        """Return the text that a member has, None without one; `pointer` is that of the holder."""
        value = holder.get(name)
        if value is None or type(value) is str:
            return value
        return self.note(name, f"{pointer}/{name}", value)

    def objects_at(self, holder: Mapping[str, object], name: str, pointer: str) -> Iterator[tuple[int, Object]]:
        """Yield the objects of the array that a member has, with their indexes; `pointer` is that of the holder."""
        for index, item in enumerate(self.list_at(holder, name, pointer) or ()):
            if type(item) is dict:
                yield index, item
            elif item is not None:
                self.note("item", f"{pointer}/{name}/{index}", item)

    def codes_of(self, statuses: list[object], pointer: str) -> tuple[str, ...]:
        """Return the codes of statuses and note their times; `pointer` is that of the list.

        A status without a code has `""`, what is not a status `NO_STATUS`.
        """
        try:  # nearly all have one, so that none need be looked at by itself
            codes = tuple(map(_code, statuses))  # type: ignore[arg-type]
            "".join(codes)
        except (KeyError, TypeError):
            codes = tuple([self._code_of(status, f"{pointer}/{index}") for index, status in enumerate(statuses)])
        for index, status in enumerate(statuses):
            if type(status) is dict and (time := status.get("time")) is not None:
                if type(time) is str:
                    self.times.append(time)
                else:
                    self.note("time", f"{pointer}/{index}/time", time)
        return codes

    def _code_of(self, status: object, pointer: str) -> str:
        if type(status) is dict:
            return self.text_at(status, "code", pointer) or ""
        if status is not None:
            self.note("status", pointer, status)
        return NO_STATUS

    def message_of(self, status: Object, pointer: str, at: int) -> str | None:
        """Return the message of the status at a place in the list with this pointer."""
        message = status.get("message")
        if message is None or type(message) is str:
            return message
        return self.text_at(status, "message", f"{pointer}/{at}")

    def take_time(self, status: Object, pointer: str) -> str | None:
        """Return the time of a status, and count it among the times of the document."""
        time = status.get("time")
        if type(time) is str:
            self.times.append(time)
            return time
        return None if time is None else self.note("time", f"{pointer}/time", time)


class _Reasoned(Protocol):
    """A facet."""

    @property
    def why(self) -> Why: ...

    def _replace(self, *, why: Why) -> Self: ...


F = TypeVar("F", bound=_Reasoned)


def with_notes(facet: F, reading: Reading, before: int) -> F:
    """Return a facet whose reason has the notes that were taken after so many."""
    if len(reading.ignored) == before:
        return facet
    return facet._replace(why=(*facet.why, tuple(reading.ignored[before:])))
