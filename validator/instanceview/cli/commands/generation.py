"""The options of `generate` -> the documents that they ask for, as texts: of a scenario, of one hazard or of all."""

from __future__ import annotations

import json
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from instanceview.generating.hazards import able, hazard, hazards
from instanceview.generating.scenarios import ALL, ScenarioError, scenario
from instanceview.generating.spoiling import CannotSpoilError, scopes, spoil
from instanceview.tables.catalog import version_of
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.generating.hazards import Hazard
    from instanceview.literals import ApiVersion, KindName


class Subject(NamedTuple):
    """A scenario or hazard that documents show, with their kind and api-version; `make` returns that of a seed.

    `note` is the rule that notes the documents, empty without one.
    """

    make: Callable[..., dict[str, Any]]
    name: str | None
    kind: KindName
    api_version: ApiVersion
    note: str = ""

    def text(self, seed: int, fault: str | None) -> str:
        """Return the document of a seed as indented JSON, with a fault if there is one.

        Raises UsageError for choices that do not go together.
        """
        if fault and self.note:
            message = f'hazard "{self.name}" has the note {self.note} beside any fault; use another hazard'
            raise click.UsageError(message)
        try:
            document = self.make(self.name, kind=self.kind, api_version=self.api_version, seed=seed)
            if fault is None:
                return json.dumps(document, indent=1)
            return spoil(document, fault, Random(seed), kind=self.kind, api_version=self.api_version).text  # noqa: S311 (no cipher)
        except (ScenarioError, CannotSpoilError) as error:
            raise click.UsageError(str(error)) from None


def of_scenario(name: str | None, kind: KindName | None, api_version: ApiVersion | None, *, vary: bool) -> Subject:
    """Return the subject of a scenario, which is by default the usual one."""
    return Subject(partial(scenario, vary=vary), name, kind or KINDS[0], version_of(kind or KINDS[0], api_version))


def of_hazards(name: str, kind: KindName | None, api_version: ApiVersion | None, fault: str | None) -> list[Subject]:
    """Return the subject of each hazard that is asked for, by default at the kind and api-version of its document."""
    return [
        Subject(hazard, each.name, kind or each.kind, api_version or each.api_version, each.note)
        for each in hazards_asked(name, kind, api_version, fault)
    ]


def hazards_asked(
    name: str, kind: KindName | None, api_version: ApiVersion | None, fault: str | None = None
) -> list[Hazard]:
    """Return one hazard, or for `all` each that the kind and the api-version can have, if possible with the fault.

    Raises UsageError for a hazard that the kind or the api-version cannot have.
    """
    try:
        if name != ALL:
            hazard(name, kind=kind, api_version=api_version)
            return [hazards()[name]]
        shown = [hazards()[each] for each in able(kind, api_version)]
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    if fault is None:
        return shown
    places = set(scopes(fault))
    scoped = [(each, (kind or each.kind, api_version or each.api_version)) for each in shown]
    return [each for each, scope in scoped if scope in places and not each.note] or shown
