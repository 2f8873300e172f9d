"""The items of one array or object in a JSON text, one at a time, with what is beside it. The names at its top."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.json_texts.faults import TRAILING_COMMA
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.json_texts.text_item import TextItem
from instanceview.reading.json_texts.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def items(blocks: Iterable[bytes], path: tuple[str, ...], limits: Limits = DEFAULTS) -> Iterator[TextItem]:
    """Yield the items of the array at a path of member names, the root array for an empty path.

    The values beside the array are yielded with their path.
    Raises NotJSONError where the text around the items is broken or cut off, after the items before that place.
    """
    window = Window(blocks, limits)
    yield from _inside(window, path)
    if window.skip_space():
        raise window.unexpected("the end")


def members(blocks: Iterable[bytes], limits: Limits = DEFAULTS) -> Iterator[tuple[str, TextItem]]:
    """Yield the name and the value of each member of the object that a text is; raises NotJSONError as above."""
    window = Window(blocks, limits)
    if window.skip_space() != b"{":
        raise window.unexpected("an object")
    for name in _names(window):
        text = str(name.value())
        if not window.skip_space():
            raise window.unexpected("a value")
        yield text, window.item(name.number)
    if window.skip_space():
        raise window.unexpected("the end")


def _inside(window: Window, path: tuple[str, ...], above: tuple[str, ...] = ()) -> Iterator[TextItem]:
    """Yield the items below a value whose path is `above`, and what is beside them, and go to its end."""
    opening = window.skip_space()
    if not path and opening == b"[":
        yield from _items_in_array(window)
    elif path and opening == b"{":
        yield from _items_in_object(window, path, above)
    else:
        yield _beside(window, above)


def _items_in_array(window: Window) -> Iterator[TextItem]:
    window.at += 1
    index = 0
    if window.skip_space() == b"]":
        window.at += 1
        return
    while True:
        if not window.skip_space():
            raise window.unexpected("a value")
        yield window.item(index)
        index += 1
        if _ends(window, b"]"):
            return


def _items_in_object(window: Window, path: tuple[str, ...], above: tuple[str, ...]) -> Iterator[TextItem]:
    wanted = f'"{path[0]}"'.encode()
    for name in _names(window):
        if name.data == wanted:
            yield from _inside(window, path[1:], (*above, path[0]))
        else:
            yield _beside(window, (*above, str(name.value())))


def _names(window: Window) -> Iterator[TextItem]:
    """Yield the name of each member of the object that begins here, whose value must be passed before the next."""
    window.at += 1
    if window.skip_space() == b"}":
        window.at += 1
        return
    for number in count():
        window.skip_space()
        place = window.place()
        name = window.name()
        if name is None:
            raise window.no_name()
        yield TextItem(number, b'"%b"' % name, *place)
        if _ends(window, b"}"):
            return


def _beside(window: Window, path: tuple[str, ...]) -> TextItem:
    """Return a value that is not an item; raises NotJSONError where it is not JSON, and not too large to see that."""
    window.skip_space()
    item = window.item()
    if not item.is_beyond:
        item.value()
    window.is_cut = False  # a number could be cut and still be one
    return item._replace(beside=path)


def _ends(window: Window, closing: bytes) -> bool:
    """Pass the comma or the closing bracket that comes next; return True if it is the bracket, or is missing."""
    found = window.skip_space()
    if window.is_cut:
        return True
    if found not in {b",", closing}:
        raise window.unexpected("a comma")
    place = window.place()
    window.at += 1
    if found == b"," and window.skip_space() in {b"]", b"}"}:
        raise NotJSONError(TRAILING_COMMA, *place)
    return found == closing


@lru_cache(maxsize=1)  # each format sniffs the same beginning
def top_names(head: bytes) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the members of a JSON object of which this is the beginning, and the names within each.

    A value that the beginning cuts off has the names that can be seen; so has the object.

    >>> top_names(b'{"log": {"entries": [{"a')
    {'log': ('entries',)}
    """
    window = Window([head])
    return {name: tuple(_names_of_object(Window([window.data[window.at :]]))) for name in _names_of_object(window)}


def _names_of_object(window: Window) -> Iterator[str]:
    """Yield the names of the object that begins here, none where something else does; its value comes next then."""
    if window.skip_space() != b"{":
        return
    window.at += 1
    while window.skip_space() == b'"' and (name := window.name()):
        yield name.decode("utf-8", "replace")
        window.skip_space()
        if not window.holds_value():
            return
        window.value()
        if window.skip_space() != b",":
            return
        window.at += 1
