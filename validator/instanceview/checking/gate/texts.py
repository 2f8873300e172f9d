"""What no type can say of a document's texts and times, each by itself: a function for each kind and api-version.

It is asked where the scan of the whole text leaves a doubt, or there is no text. It is written as text and compiled, as
in `clean_check`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, json

from instanceview.checking.gate.ask import Asker
from instanceview.checking.gate.types import full_type
from instanceview.checking.scope import hook_of_text, scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.tables.elements import Element


@cache
def clean_texts(kind: str, api_version: str) -> Callable[[bytes], bool]:
    """Return what says of the JSON text of a document whether it is sure that no rule has to say of texts and times.

    Texts that decide for other rules, such as codes, are left to `clean_check`. Raises msgspec.MsgspecError for a text
    that is no document with these types.

    >>> is_clean = clean_texts("vm", "2024-07-01")
    >>> is_clean(b'{"computerName": "a=b"}'), is_clean(b'{"osName": "<os>"}')
    (True, False)
    """
    scope = scope_of(kind, api_version)
    lines = ["def gather(v0, texts, times):", *(f" {line}" for line in _object(scope.root, api_version, 0))]
    names: dict[str, Any] = {"UNSET": UNSET}
    exec("\n".join(lines), names)  # noqa: S102 (its names are those of the element tables, no input's)
    asker = Asker(scope)
    elements = {each.path: each for each in _below(scope.root)}
    of_texts, of_times = asker.texts(elements), asker.times(elements)
    read = json.Decoder(full_type(scope.root, api_version)).decode

    def has_nothing(text: bytes) -> bool:
        texts: list[tuple[str, Any]] = []
        times: list[tuple[str, Any]] = []
        names["gather"](read(text), texts, times)
        return of_texts([each for each in texts if each[1] is not UNSET]) and of_times(
            [each for each in times if each[1] is not UNSET]
        )

    return has_nothing


def _below(element: Element) -> Iterator[Element]:
    for child in element.children.values():
        yield child
        yield from _below(child)


def _list(element: Element) -> str | None:
    """Return the list that the texts of an element are gathered in, None for those that are not."""
    hook = hook_of_text(element.member) if element.member.type == "string" else None
    return {"text": "texts", "time": "times"}.get(hook or "")


def _object(element: Element, api_version: str, depth: int) -> Iterator[str]:
    """Yield the lines that gather the texts of an object, which is called `v` and its depth, and of what it holds."""
    for name in element.names_at(api_version):
        child = element.children[name]
        if _list(child):
            yield f"{_list(child)}.append(({child.path!r}, v{depth}.{name}))"
        below = [f" {line}" for line in _object(child, api_version, depth + 1)]
        if below and child.member.type == "array":
            yield f"for v{depth + 1} in v{depth}.{name} or ():"
            yield from below
        elif below:
            yield f"v{depth + 1} = v{depth}.{name}"
            yield f"if v{depth + 1} is not UNSET:"
            yield from below
