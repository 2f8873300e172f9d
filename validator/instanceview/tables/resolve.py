"""The tables that check a document: its kind, by shape where nothing says it, and its api-version."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from instanceview.model.tables import Tables
from instanceview.tables.catalog import SCHEMA_MEMBER, UNVERSIONED, versions_of
from instanceview.tables.descent import below
from instanceview.tables.elements import members, root_names, tree
from instanceview.tables.kinds import KIND_VALUES, MACHINES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.literals import ApiVersion, KindName

_KEPT = 256  # lists of documented names that are kept: captured documents have 60
_DOCUMENTED = 2  # weight of a member at its api-version; at another api-version of the kind it has half of it


class _Fit(NamedTuple):
    """What the members at the root say for a kind: the weight of each, and the table below each, empty without one.

    Made of the rows of one table, since a tree of every element takes 1 ms of a start for each kind.
    """

    kind: str
    api_version: str
    weights: Mapping[str, int]
    tables: Mapping[str, str]


@cache
def _fits(api_version: str | None) -> tuple[_Fit, ...]:
    """Return the fit of each kind at an api-version, the newest by default, in the order of `MACHINES`."""
    return tuple(_fit(kind, _listed(kind, api_version or versions_of(kind)[-1])) for kind in MACHINES)


def _fit(kind: str, api_version: str) -> _Fit:
    rows = members(KIND_VALUES[kind].model)
    weights = {name: 1 + (row.since <= api_version <= row.until) for name, row in rows.items()}
    return _Fit(kind, api_version, weights, {name: row.table for name, row in rows.items()})


@cache
def _telling(api_version: str | None) -> frozenset[str]:
    """Return the names at the root that may say for another kind than the default one."""
    default, *others = _fits(api_version)
    weighs = {name for fit in others for name, weight in fit.weights.items() if weight > default.weights.get(name, 0)}
    differ = {name for fit in others for name, table in fit.tables.items() if table != default.tables.get(name, table)}
    return frozenset(weighs | differ)


def kind_of(body: Mapping[str, object], api_version: str | None = None) -> str:
    """Return the kind whose tables fit a document best, where neither an option nor a URL says it.

    That is the kind with most of its members at the root, then with most of those below them, then the first.

    >>> kind_of({"virtualMachine": {"statusesSummary": []}}), kind_of({"patchStatus": {}}), kind_of({})
    ('vmss', 'vm', 'vmss-vm')
    >>> kind_of({"computerName": "app"}), kind_of({"computerName": "app"}, "2018-04-01")
    ('vmss-vm', 'vm')
    """
    if _telling(api_version).isdisjoint(body):  # most documents: 0.4 instead of 3 microseconds
        return MACHINES[0]
    # Most documents of one api-version have the same names.
    best, names = (_kept if root_names().issuperset(body) else _best)(tuple(body), api_version)
    if names:
        paths = {path for name in names for path in _paths(body[name], name)}
        return min(best, key=lambda fit: -len(paths & _documented(fit.kind, fit.api_version))).kind
    return best[0].kind


def _best(names: tuple[str, ...], api_version: str | None) -> tuple[list[_Fit], list[str]]:
    """Return the kinds that fit names at the root best, and the names below which they differ."""
    fits = _fits(api_version)
    weights = [sum(fit.weights.get(name, 0) for name in names) for fit in fits]
    best = [fit for fit, weight in zip(fits, weights, strict=True) if weight == max(weights)]
    return best, [name for name in names if len({fit.tables.get(name) for fit in best}) > 1]


_kept = lru_cache(_KEPT)(_best)


@cache
def _documented(kind: str, api_version: str) -> frozenset[str]:
    """Return the dotted paths of all elements of a kind at an api-version."""
    return frozenset(each.path for each in below(tree(kind)) if each.documented_at(api_version))


def _paths(value: object, path: str) -> list[str]:
    """Return the dotted paths of all members below a value, without indices."""
    if isinstance(value, list):
        return [each for item in value for each in _paths(item, path)]
    if not isinstance(value, dict):
        return []
    names = {name: f"{path}.{name}" if path else name for name in value}
    return [each for name, below_it in names.items() for each in (below_it, *_paths(value[name], below_it))]


def shape_within(kind: str, api_version: str, has: Callable[[Any, str], bool]) -> Callable[[Any], bool]:
    """Return a predicate of views whose every member a kind documents: True only if `kind_of` returns this kind.

    `has` says whether a view has a member at its root. Such a view fits its kind wholly, so that it has another kind
    only if an earlier one fits it wholly, too.
    """
    fits = _fits(api_version)
    place = MACHINES.index(kind)
    own = [_names(fits[place]) - _names(earlier) for earlier in fits[:place]]
    return lambda view: all(any(has(view, name) for name in names) for names in own)


def _names(fit: _Fit) -> frozenset[str]:
    return frozenset(name for name, weight in fit.weights.items() if weight == _DOCUMENTED)


def choose_tables(
    body: dict[str, object], kind: str | None, api_version: str | None, source: str, *, is_fragment: bool = False
) -> Tables:
    """Return the kind and api-version that check a document; `source` says where a given api-version is from.

    A kind without api-versions has one table. Without an api-version the newest one checks; that of the
    documentation page if a member occurs that only the page has. Where all members were removed, the last one that has
    them checks. In place of one that the kind does not have, the newest that is not later checks, or else the oldest.
    """
    # Whoever gives a document a kind looked it up among the known ones.
    name = cast("KindName", kind or kind_of(body, api_version))
    if versions_of(name) == (UNVERSIONED,):
        return Tables(name, UNVERSIONED, "kind")
    if api_version is not None:
        first = _since(name, body) if is_fragment else ""
        if first > api_version:
            return Tables(name, _listed(name, first), "fragment")
        listed = _listed(name, api_version)
        return Tables(name, listed, source, None if listed == api_version else api_version)
    page = KIND_VALUES[name].page_version
    if page and not _page_only(name).isdisjoint(body):
        return Tables(name, page, "page-only element")
    ended = _ended(name)
    gone = ended.keys() & body.keys()
    if gone and body.keys() - gone <= {SCHEMA_MEMBER}:
        return Tables(name, _listed(name, max(ended[each] for each in gone)), "removed element")
    return Tables(name, versions_of(name)[-1], "default")


def _since(kind: str, body: Mapping[str, object]) -> str:
    """Return the first api-version with all members at the root of a document beside those of machines."""
    children = {} if kind in MACHINES else tree(kind).children
    return max((children[name].since for name in body if name in children), default="")


@cache
def _ended(kind: str) -> dict[str, str]:
    """Return the last api-version of each member at the root that the newest one does not have; none of a machine's."""
    children = {} if kind in MACHINES else tree(kind).children
    return {name: child.until for name, child in children.items() if child.until < versions_of(kind)[-1]}


@cache
def _listed(kind: str, api_version: str) -> ApiVersion:
    """Return an api-version if the kind has it, else its newest that is not later, else its oldest.

    >>> _listed("vm", "2024-07-01"), _listed("vm", "2024-08-01"), _listed("vm", "2014-12-01-preview")
    ('2024-07-01', '2024-07-01', '2015-06-15')
    """
    versions = versions_of(kind)
    return max((version for version in versions if version <= api_version), default=versions[0])


@cache
def _page_only(kind: str) -> frozenset[str]:
    return frozenset(name for name, child in tree(kind).children.items() if child.member.basis == ("page",))
