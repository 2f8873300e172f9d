"""From the root of a tree of elements down: the elements on a path, those below one, a walk over a document."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.places.spans import Path
    from instanceview.tables.elements import Element


def line_of(kind: str, path: str) -> tuple[Element, ...]:
    """Return the elements from the document down to a dotted path, as far as they are documented.

    >>> [element.path for element in line_of("vm", "vmAgent.noSuchMember")]
    ['', 'vmAgent']
    """
    return tuple(_down(tree(kind), path.split(".")))


def is_element(kind: str, path: str) -> bool:
    """Return whether some api-version documents an element in a kind.

    >>> is_element("vmss", "statuses.code"), is_element("vmss", "vmAgent")
    (True, False)
    """
    return line_of(kind, path)[-1].path == path


def element_at(root: Element, path: Path) -> Element | None:
    """Return the element of the value at a path in a document, None if no api-version documents it."""
    names = [step for step in path if isinstance(step, str)]
    *_, last = line = list(_down(root, names))
    return last if len(line) > len(names) else None


def _down(element: Element, names: list[str]) -> Iterator[Element]:
    yield element
    for name in names:
        if name not in element.children:
            return
        element = element.children[name]
        yield element


def walk(root: Element, api_version: str, body: object) -> Iterator[tuple[Path, Element, object]]:
    """Yield (path, element, value) of the document and of each documented member and item in it, in document order.

    The items of an array have its element. A value of another type than its element's is yielded, but not entered.
    """
    yield from _walk((), root, api_version, body)


def _walk(path: Path, element: Element, api_version: str, value: object) -> Iterator[tuple[Path, Element, object]]:
    yield path, element, value
    is_item = bool(path) and isinstance(path[-1], int)
    if isinstance(value, dict) and (is_item or element.member.type != "array"):
        for name, item in value.items():
            child = element.children.get(name)
            if child is not None and child.documented_at(api_version):
                yield from _walk((*path, name), child, api_version, item)
    elif isinstance(value, list) and element.member.type == "array" and not is_item:
        for index, item in enumerate(value):
            yield from _walk((*path, index), element, api_version, item)


def below(element: Element) -> Iterator[Element]:
    """Yield every element below an element, in document order."""
    for child in element.children.values():
        yield child
        yield from below(child)


@cache
def text_at_page(kind: str, api_version: str) -> frozenset[str]:
    """Return the paths of the numbers of a kind that a documentation page of an api-version writes as decimal text.

    >>> sorted(text_at_page("vmss", "2016-04-30-preview")), sorted(text_at_page("vmss", "2016-03-30"))
    (['extensions.statusesSummary.count', 'virtualMachine.statusesSummary.count'], [])
    """
    return frozenset(element.path for element in below(tree(kind)) if element.member.text_at == api_version)


def elements_of(kinds: Iterable[str]) -> dict[str, Element]:
    """Return the elements of some kinds by path; where several kinds have a path, the last one's element."""
    return {element.path: element for kind in kinds for element in below(tree(kind))}
