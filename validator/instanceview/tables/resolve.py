"""The tables that check a document: its kind, by shape where nothing says it, and its api-version."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.model.document import Tables
from instanceview.tables.catalog import versions_of
from instanceview.tables.elements import element_at, tree
from instanceview.tables.kinds import KIND_VALUES, KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    Names = tuple[str, ...]


class _Shape(NamedTuple):
    """The shape of a kind: any member of `names`, or one at any of `paths`, and no member of `unless`.

    Names are not among the paths, since a set is compared with a document in a tenth of the time.
    """

    kind: str
    names: frozenset[str]
    paths: tuple[Names, ...]
    unless: frozenset[str]


@cache
def _shapes() -> tuple[_Shape, ...]:
    """Return the shapes in the order in which they are tried; the default kind has none."""
    return tuple(_shape_of(kind) for kind in reversed(KINDS[1:]))


def _shape_of(kind: str) -> _Shape:
    value = KIND_VALUES[kind]
    paths = [tuple(mark.split(".")) for mark in value.marks]
    own = tree(kind).children.keys() - tree(value.unlike).children.keys() if value.unlike else ()
    names = frozenset([*own, *(path[0] for path in paths if not path[1:])])
    return _Shape(kind, names, tuple(path for path in paths if path[1:]), frozenset(value.unless))


def kind_of(body: dict[str, object]) -> str:
    """Return the kind of a document by its shape, where neither an option nor a URL says it.

    >>> kind_of({"virtualMachine": {"statusesSummary": []}}), kind_of({"patchStatus": {}}), kind_of({})
    ('vmss', 'vm', 'vmss-vm')
    """
    if _first_names().isdisjoint(body):  # most documents: 0.4 instead of 1.5 microseconds
        return KINDS[0]
    for kind, names, paths, unless in _shapes():
        is_marked = not names.isdisjoint(body) or (paths and any(_has(body, path) for path in paths))
        if is_marked and unless.isdisjoint(body):
            return kind
    return KINDS[0]


@cache
def _first_names() -> frozenset[str]:
    """Return the members of a document that can mark a kind, be it by what they hold."""
    return frozenset(name for shape in _shapes() for name in (*shape.names, *(path[0] for path in shape.paths)))


def _has(value: object, path: Names) -> bool:
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    return True


def shape_within(kind: str, has: Callable[[Any, Names], bool]) -> Callable[[Any], bool]:
    """Return a predicate of views without undocumented members: True if `kind_of` returns this kind.

    `has` says whether a view has a member at a path. Paths that are not in the kind's table cannot occur, so that few
    are looked up, and none for the default kind if no other kind shares a mark with it.
    """
    place = KINDS.index(kind)
    before = [_within(kind, shape) for shape in _shapes() if KINDS.index(shape.kind) > place]
    others = [each for each in before if each[0]]
    own = _within(kind, _shape_of(kind)) if place else None
    if not others and own is None:
        return lambda _: True

    def fits(view: object, shape: tuple[list[Names], list[Names]]) -> bool:
        marks, unless = shape
        return any(has(view, path) for path in marks) and not any(has(view, path) for path in unless)

    return lambda view: not any(fits(view, each) for each in others) and (own is None or fits(view, own))


def _within(kind: str, shape: _Shape) -> tuple[list[Names], list[Names]]:
    """Return the paths of a shape that are in a kind's table: those that mark it and those that exclude it."""
    marks = [*((name,) for name in sorted(shape.names)), *shape.paths]
    unless = [(name,) for name in sorted(shape.unless)]
    root = tree(kind)
    return [path for path in marks if element_at(root, path)], [path for path in unless if element_at(root, path)]


def choose_tables(body: dict[str, object], kind: str | None, api_version: str | None, source: str) -> Tables:
    """Return the kind and api-version that check a document; `source` says where a given api-version is from.

    Without an api-version the newest one checks, or that of the documentation page if a member occurs that only the
    page has. In place of one that the kind does not have, the newest that is not later checks, or else the oldest.
    """
    kind = kind or kind_of(body)
    if api_version is not None:
        listed = _listed(kind, api_version)
        return Tables(kind, listed, source, None if listed == api_version else api_version)
    page = KIND_VALUES[kind].page_version
    if page and not _page_only(kind).isdisjoint(body):
        return Tables(kind, page, "page-only element")
    return Tables(kind, versions_of(kind)[-1], "default")


@cache
def _listed(kind: str, api_version: str) -> str:
    """Return an api-version if the kind has it, else its newest that is not later, else its oldest.

    >>> _listed("vm", "2024-07-01"), _listed("vm", "2024-08-01"), _listed("vm", "2014-12-01-preview")
    ('2024-07-01', '2024-07-01', '2015-06-15')
    """
    versions = versions_of(kind)
    return max((version for version in versions if version <= api_version), default=versions[0])


@cache
def _page_only(kind: str) -> frozenset[str]:
    return frozenset(name for name, child in tree(kind).children.items() if child.member.basis == ("page",))
