"""Faults of a value by itself: its type, range, format, and the content of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.spoilers.place import Fault, Place

_OTHER_TYPES: dict[str, tuple[object, ...]] = {
    "string": (7, True, {}, []),
    "integer": ("two", True, 1.5),
    "number": ("two", True),
    "boolean": ("true", 1),
    "any": (),
    "object": ([], "text"),
    "array": ({}, "text"),
    "item": ("text", None, []),
}
_NO_TIMES = ("2024-07-01", "2024-07-01T12:00:00", "2024-07-01 12:00:00Z", "2024-13-01T12:00:00Z", "7/1/2024 12:00 PM")
_UNSET = ("0001-01-01T00:00:00Z", "1601-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00", "9999-12-31T23:59:59Z")
# Invented; the first and last are `not-a-secret` in Base64.
_SAMPLE_SECRETS = ("?sv=1&sig=bm90LWEtc2VjcmV0", " Bearer 0123456789abcdef", ";AccountKey=bm90LWEtc2VjcmV0")
# Members that rules compare with other members, so that another text there would be more than one fault.
_COMPARED = {"type", "typeHandlerVersion", "vmAgentVersion"}


def wrong_type(place: Place) -> Iterator[Fault]:
    """Yield values of other JSON types."""
    if place.path:
        member = place.element.member
        expected = (member.items or "item") if place.is_item else member.type
        yield from map(place.replaced, _OTHER_TYPES[expected])


def null_element(place: Place) -> Iterator[Fault]:
    """Yield null for optional members, except for a code: a status whose code is null has the fault of another rule."""
    if not place.is_item and not place.element.member.required and not place.is_code:
        yield place.replaced(None)


def out_of_range(place: Place) -> Iterator[Fault]:
    """Yield numbers beyond int32."""
    if place.element.member.format == "int32":
        yield from map(place.replaced, (2**31, -(2**31) - 1, 2**63))


def negative_number(place: Place) -> Iterator[Fault]:
    """Yield numbers below 0 where none is expected."""
    member = place.element.member
    yield from map(place.replaced, (-1, -(2**31)) if member.format == "int32" and not member.signed else ())


def value_not_allowed(place: Place) -> Iterator[Fault]:
    """Yield words that are not in a closed list."""
    if place.element.member.closed and not place.is_item:
        yield from map(place.replaced, ("Critical", place.value.lower(), ""))


def unknown_value(place: Place) -> Iterator[Fault]:
    """Yield words that are not in an open list."""
    if place.element.member.values and not place.element.member.closed and not place.is_item:
        yield from map(place.replaced, ("Other", place.value.lower(), f"{place.value}x"))


def malformed_time(place: Place) -> Iterator[Fault]:
    """Yield texts that are not a date-time."""
    if place.element.member.format == "date-time":
        yield from map(place.replaced, (*_NO_TIMES, place.value + "\n", place.value[:19]))


def unset_time(place: Place) -> Iterator[Fault]:
    """Yield times that mean "never set": the first and last days of calendars."""
    yield from map(place.replaced, _UNSET if place.element.member.format == "date-time" else ())


def placeholder(place: Place) -> Iterator[Fault]:
    """Yield `<...>` and `{...}` where a value belongs."""
    member, name = place.element.member, place.element.path.rpartition(".")[2]
    if isinstance(place.value, str) and not member.free_text and not _compared(place):
        texts = ("<code>/<state>",) if place.is_code else (f"<{name}>", f"{{{name}}}")
        yield from map(place.replaced, texts)


def secret_in_text(place: Place) -> Iterator[Fault]:
    """Yield texts with a signature, a token or a key at their end."""
    member = place.element.member
    if isinstance(place.value, str) and not (member.format or member.values or _compared(place)):
        yield from (place.replaced(place.value + secret) for secret in _SAMPLE_SECRETS)


def _compared(place: Place) -> bool:
    return place.element.path.rpartition(".")[2] in _COMPARED


def domain_as_text(place: Place) -> Iterator[Fault]:
    """Yield a number as text, where the page documents it as text."""
    if place.element.member.text_at == place.api_version:
        yield place.replaced(str(place.value))
