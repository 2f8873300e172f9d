"""Hazard documents: documents that conform, that the service sends, and that mislead the programs that read them.

A file `NAME.KIND.API-VERSION.json` is a document as written for one kind and api-version. `hazards.json` says what each
document shows, and `facts.json` how often captures show it. `readers.json` has the readers that go wrong, and
`misled.json` the answer of each reader for each document. `tests/regenerate.py hazards` writes facts and answers.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.generating.hazards.build import change, expressed, lacking, remade
from instanceview.generating.hazards.described import Hazard, Misled, hazards
from instanceview.generating.scenarios import ScenarioError
from instanceview.model.names import known
from instanceview.model.text import join_words, with_article
from instanceview.tables.catalog import version_given, versions_of
from instanceview.tables.kinds import KINDS, any_of

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName

__all__ = ["Hazard", "Misled", "able", "hazard", "hazards", "versions"]


def hazard(
    name: str, *, kind: KindName | None = None, api_version: ApiVersion | None = None, seed: int = 0
) -> dict[str, Any]:
    """Return a document that misleads readers, and conforms at this kind and api-version without error or warning.

    `kind` and `api_version` default to those that it was written for. Seed 0 gives the document as written; any other
    seed gives it other names, times and counts. Its hazard, the order of its times and their form stay. Raises
    UnknownNameError for an unknown name, ScenarioError for a kind or api-version that cannot have the hazard; both are
    ValueErrors.

    >>> [status["code"] for status in hazard("os-state-first-running", kind="vmss-vm", seed=7)["statuses"]]
    ['OSState/specialized', 'ProvisioningState/succeeded', 'PowerState/running']
    """
    about = hazards()[known("hazard", name, tuple(hazards()), "instanceview generate --list-hazards")]
    wanted = known("kind", kind or about.kind, KINDS)
    version = version_given(wanted, api_version or about.api_version)
    if version not in versions(name, wanted):
        raise ScenarioError(_why_not(about, wanted, version))
    body = expressed(_written(about), wanted, version, is_other_kind=wanted != about.kind)
    return remade(body, wanted, version, change(seed, about.api_version, version))


def able(kind: KindName | None = None, api_version: ApiVersion | None = None) -> tuple[str, ...]:
    """Return the names of the hazards that documents of a kind at an api-version can have, by default all.

    Raises ScenarioError, a ValueError, for a kind that has none.
    """
    kinds = tuple(each for each in KINDS if any(each in about.kinds for about in hazards().values()))
    if kind and kind not in kinds:
        raise ScenarioError(f"no hazard is known for {kind} documents; use {any_of(kinds)}")
    return tuple(
        name
        for name, about in hazards().items()
        if (api_version or about.api_version) in versions(name, kind or about.kind)
    )


@cache
def versions(name: str, kind: str) -> tuple[ApiVersion, ...]:
    """Return the api-versions at which a kind can have a hazard, none if it never can.

    >>> versions("boot-diagnostics-error", "vm")[0], versions("boot-diagnostics-error", "vmss")
    ('2018-04-01', ())
    """
    about = hazards()[name]
    if kind not in about.kinds:
        return ()
    document = _written(about)
    possible = (version for version in versions_of(kind) if about.only in {"", version})
    return tuple(version for version in possible if not any(lacking(document, kind, version)))


@cache
def _written(about: Hazard) -> dict[str, Any]:
    """Return the document of a hazard as written; no caller may change it, since it is cached."""
    document: dict[str, Any] = json.loads(about.file.read_bytes())
    return document


def _why_not(about: Hazard, kind: str, version: str) -> str:
    if version not in versions_of(kind):
        return f"{kind} documents are defined since {versions_of(kind)[0]}; found {version}"
    shown = versions(about.name, kind)
    if not shown:
        return f'hazard "{about.name}" cannot be shown in {with_article(kind)} document; use {any_of(about.kinds)}'
    if about.only:
        return f'hazard "{about.name}" occurs only at {about.only}; found {version}'
    needs = join_words(tuple(dict.fromkeys(lacking(_written(about), kind, version))))
    near = next((each for each in shown if each > version), shown[-1])
    return f'hazard "{about.name}" needs {needs}, which {kind} documents at {version} do not have; use {near}'
