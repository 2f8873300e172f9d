"""The facts of a status that hold in every capture, for the rules of the family `fidelity`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.tables.vocabulary import known_state

if TYPE_CHECKING:
    from instanceview.rules.rule import Site
    from instanceview.tables.vocabulary import State


class Captured(NamedTuple):
    """A status, its code, and the entry of the vocabulary for that, which captures have."""

    status: dict[str, object]
    code: str
    state: State


def captured(site: Site) -> Captured | None:
    """Return the status of a site whose code was captured at this place; None for any other value."""
    status = site.value if isinstance(site.value, dict) else {}
    code = status.get("code")
    state = known_state(site.categories, code) if isinstance(code, str) else None
    return Captured(status, str(code), state) if state and state.captures else None


def lacks(site: Site, name: str) -> bool:
    """Return True if a status lacks a member that its table has at the api-version; null is absent."""
    child = site.element.children.get(name)
    status = site.value if isinstance(site.value, dict) else {}
    return child is not None and child.documented_at(site.scope.api_version) and status.get(name) is None
