"""Members of a document by type: one of the wrong type is absent, and what it is is noted for the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from instanceview.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from instanceview.checking.machine_state.reasons import Why

Object = dict[str, object]

_TYPES = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "an array", dict: "an object"}


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
        place = f" ({one_line(pointer)})" if pointer.count("/") > 1 else ""
        self.ignored.append(f"{name} is {_TYPES.get(type(value), type(value).__name__)}{place}")

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
            else:
                self.note("item", f"{pointer}/{name}/{index}", item)

    def codes_of(self, statuses: list[object], pointer: str) -> tuple[str, ...]:
        """Return the codes of statuses, `""` for what has none, and note their times; `pointer` is that of the list."""
        codes: list[str] = []
        for index, status in enumerate(statuses):
            if type(status) is not dict:
                self.note("status", f"{pointer}/{index}", status)
                codes.append("")
                continue
            code = status.get("code")
            if type(code) is not str:
                code = self.text_at(status, "code", f"{pointer}/{index}") or ""
            self.take_time(status, f"{pointer}/{index}")
            codes.append(code)
        return tuple(codes)

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
