"""Values that a repeated key replaced -> those with an instance view, which no parser returns."""

from __future__ import annotations

from collections import defaultdict
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import TYPE_CHECKING

from instanceview.model.document import Unreadable
from instanceview.model.text import quote
from instanceview.places.spans import skip_space
from instanceview.reading.found import Held, Hit
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.reading.recognise import recognise
from instanceview.reading.search import Beside, search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.model.limits import Limits
    from instanceview.places.spans import Path
    from instanceview.reading.hits import Text
    from instanceview.reading.inner_texts import Inner


def replaced_views(text: Text, views: Sequence[Path]) -> Iterator[Unreadable]:
    """Yield each value of JSON with an instance view whose key occurs again in its object, with the place of the key.

    In a view, whose paths are given, a rule reports each repeated key.
    """
    inside = frozenset(views)
    keys: defaultdict[Path, set[int]] = defaultdict(set)
    for path, first, key in text.places.duplicates():
        if inside.isdisjoint(path[:size] for size in range(len(path))):
            keys[path] |= {first, key}
    for path, offsets in keys.items():
        for offset in sorted(offsets)[:-1]:
            if _has_view(_value_of(text.places.text, offset), text.limits):
                line, column = text.places.line_and_column(offset)
                origin = text.origin._replace(line=line, column=column, inside=text.places.inside(offset))
                yield Unreadable(origin, f"the key {quote(path[-1])} repeats, so that this value is lost; {_NEXT}")


_NEXT = "remove it or rename its key"


def _value_of(text: str, key: int) -> object:
    """Return the value of the member whose key is at an offset of a JSON text."""
    colon = skip_space(text, scanstring(text, key + 1)[1])
    return JSONDecoder().raw_decode(text, skip_space(text, colon + 1))[0]


def _has_view(value: object, limits: Limits) -> bool:
    """Return True if a value is an instance view, has one below it, or in a text that it holds."""
    if recognise(value).evidence:
        return True
    found = search(value, None, limits, Beside([], []))
    return any(isinstance(item, Hit) or (isinstance(item, Held) and _is_view(item.inner, limits)) for item in found)


def _is_view(inner: Inner, limits: Limits) -> bool:
    """Return True if a text that a value holds is JSON with an instance view."""
    try:
        return not inner.fault and _has_view(parse(inner.text.encode("utf-8", "surrogatepass"), limits), limits)
    except NotJSONError:
        return False
