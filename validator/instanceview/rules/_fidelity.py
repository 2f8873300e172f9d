"""Parts that the rules of the family `fidelity` share: the facts of a status that hold in every capture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.severity import Severity
from instanceview.rules.rule import Found, Rule
from instanceview.tables.vocabulary import known_state

if TYPE_CHECKING:
    from instanceview.places.spans import Path
    from instanceview.rules.site import Site
    from instanceview.tables.vocabulary import State

of_family = partial(Rule, severity=Severity.WARNING, basis=("observed",), hooks=("fidelity",))
"""Make a rule of the family: a warning, whose evidence is the captures."""


class Captured(NamedTuple):
    """A status with its path, its code, and the entry of the vocabulary for that code, which captures have."""

    status: dict[str, object]
    path: Path
    code: str
    state: State


def captured(site: Site) -> Captured | None:
    """Return the status of a site whose code was captured at this place; None for any other value."""
    status = site.value if isinstance(site.value, dict) else {}
    code = status.get("code")
    state = known_state(site.categories, code) if isinstance(code, str) else None
    return Captured(status, site.path, str(code), state) if state and state.captures else None


def lacking(site: Site, name: str) -> Captured | None:
    """Return the captured status that lacks a documented member, None for any other value; null counts as absent."""
    found = captured(site)
    child = site.element.children.get(name)
    is_documented = child is not None and child.documented_at(site.scope.api_version)
    return found if found and is_documented and found.status.get(name) is None else None


def missing(found: Captured, name: str, template: str, allowed: tuple[str, ...] = (), hint: str | None = None) -> Found:
    """Return the finding that a captured status lacks a member; `allowed` are its values in captures."""
    return Found((*found.path, name), template, allowed=allowed, facts={"code": found.code}, hint=hint, spot="object")
